import type { ApiKeyView, updateApiKeyInput } from "@vitrine/core/model/api-key";
import { expandGrants, lackingForGrants } from "@vitrine/core/model/permissions";
import { apiKeys } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { runCommand } from "../../trpc/command.ts";
import type { MaybeDangerous } from "../../trpc/procedures.ts";
import { requireVerified } from "../account/require-verified.ts";
import { toApiKeyView } from "./queries.ts";
import {
  type ApiKeyContext,
  type ApiKeyRow,
  describeApiKey,
  lockApiKey,
  requireOwnGrants,
} from "./store-api-key.ts";

/**
 * Changes what a key is called, may do, and where it may be used from; its secret stays. Errors: NOT_FOUND,
 * PERMISSION_MISSING where the key may or would do more than the caller; and what is asked for a new key where it comes to
 * do more, or to be good from elsewhere: STEP_UP_REQUIRED, PEOPLE_ONLY, EMAIL_UNVERIFIED.
 */
export async function updateApiKey(
  ctx: ApiKeyContext & MaybeDangerous,
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
    if (isWider(before, after)) {
      requireVerified(ctx.actor);
      ctx.requireSteppedUp();
    }
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

type Reach = Pick<ApiKeyRow, "grants" | "networks">;

/** Whether a key may do something that it might not before, or from a network that was not listed. */
function isWider(before: Reach, after: Reach): boolean {
  const held = new Set(expandGrants(before.grants));
  if (lackingForGrants(after.grants, held) !== undefined) return true;
  if (before.networks.length === 0) return false;
  return after.networks.length === 0 || after.networks.some((network) => !before.networks.includes(network));
}
