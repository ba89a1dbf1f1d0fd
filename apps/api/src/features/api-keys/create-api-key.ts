import { appError } from "@vitrine/core/model/errors";
import type { createApiKeyInput, createdApiKey } from "@vitrine/core/model/organization";
import { expandGrants } from "@vitrine/core/model/permissions";
import { apiKeys } from "@vitrine/db/schema";
import type * as z from "zod";
import { apiKeyPrefix, hashApiKey, makeApiKeySecret } from "../../auth/api-keys.ts";
import type { PrincipalOrganization } from "../../auth/principal.ts";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { toApiKeyView } from "./queries.ts";

/** Makes an API key with at most the caller's own permissions. Errors: PERMISSION_MISSING names the first beyond them. */
export async function createApiKey(
  ctx: CommandContext & { organization: PrincipalOrganization },
  input: z.infer<typeof createApiKeyInput>,
): Promise<z.infer<typeof createdApiKey>> {
  const beyond = expandGrants(input.grants).find((one) => !ctx.organization.permissions.has(one));
  if (beyond !== undefined) throw appError("PERMISSION_MISSING", { permission: beyond });
  const secret = makeApiKeySecret();
  const row: typeof apiKeys.$inferSelect = {
    organizationId: ctx.scope.organizationId,
    id: ctx.services.newId(),
    name: input.name,
    prefix: apiKeyPrefix(secret),
    secretHash: hashApiKey(secret),
    grants: input.grants,
    expiresAt: input.expiresAt === null ? null : new Date(input.expiresAt),
    lastUsedAt: null,
    isActive: true,
    createdBy: ctx.actor.id,
    createdAt: ctx.services.clock.now(),
  };
  await runCommand(ctx, async (tx, record) => {
    await tx.insert(apiKeys).values(row);
    record.audit({
      action: "apiKeys.create",
      subject: "apiKey",
      subjectId: row.id,
      after: { name: row.name, prefix: row.prefix, grants: row.grants, expiresAt: input.expiresAt },
    });
    record.changed("apiKey", [row.id], "created");
  });
  return { key: toApiKeyView(row), secret };
}
