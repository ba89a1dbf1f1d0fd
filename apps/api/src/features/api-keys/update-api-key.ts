import type { ApiKeyView, updateApiKeyInput } from "@vitrine/core/model/api-key";
import { apiKeys } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { runCommand } from "../../trpc/command.ts";
import { toApiKeyView } from "./queries.ts";
import { type ApiKeyContext, describeApiKey, lockApiKey, requireOwnGrants } from "./store-api-key.ts";

/**
 * Changes what a key is called, may do, and where it may be used from; its secret stays. Errors: NOT_FOUND, and
 * PERMISSION_MISSING where the key may or would do more than the caller.
 */
export async function updateApiKey(
  ctx: ApiKeyContext,
  { id, ...input }: z.infer<typeof updateApiKeyInput>,
): Promise<ApiKeyView> {
  return runCommand(ctx, async (tx, record) => {
    const before = await lockApiKey(tx, ctx.scope, id);
    const after = {
      ...before,
      name: input.name ?? before.name,
      grants: input.grants ?? before.grants,
      networks: input.networks ?? before.networks,
    };
    requireOwnGrants(ctx, [...before.grants, ...after.grants]);
    const { name, grants, networks } = after;
    await tx
      .update(apiKeys)
      .set({ name, grants, networks })
      .where(and(eq(apiKeys.organizationId, ctx.scope.organizationId), eq(apiKeys.id, id)));
    record.audit({
      action: "apiKeys.update",
      subject: "apiKey",
      subjectId: id,
      before: describeApiKey(before),
      after: describeApiKey(after),
    });
    record.changed("apiKey", [id], "updated");
    return toApiKeyView(after);
  });
}
