import { type createdApiKey, MAX_API_KEYS } from "@vitrine/core/model/api-key";
import { appError } from "@vitrine/core/model/errors";
import { expandGrants, type Grant } from "@vitrine/core/model/permissions";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { apiKeys } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, count, eq } from "drizzle-orm";
import type * as z from "zod";
import { apiKeyPrefix, hashApiKey, makeApiKeySecret } from "../../auth/api-keys.ts";
import type { PrincipalOrganization } from "../../auth/principal.ts";
import type { CommandContext } from "../../trpc/command.ts";
import { requireFeature } from "../plan/room.ts";
import { takeTurn } from "../take-turn.ts";
import { isLive, toApiKeyView } from "./queries.ts";

/** A command about API keys is given what its caller may do: nobody makes or changes a key that may do more. */
export type ApiKeyContext = CommandContext & { organization: PrincipalOrganization };

export type ApiKeyRow = typeof apiKeys.$inferSelect;

/** Errors: PERMISSION_MISSING names the first permission that the caller lacks. */
export function requireOwnGrants({ organization }: ApiKeyContext, grants: readonly Grant[]): void {
  const beyond = expandGrants(grants).find((one) => !organization.permissions.has(one));
  if (beyond !== undefined) throw appError("PERMISSION_MISSING", { permission: beyond });
}

/** Writes a new key with a new secret. Errors: TOO_MANY, PLAN_FEATURE. */
export async function storeApiKey(
  tx: OrganizationTransaction,
  ctx: ApiKeyContext,
  wanted: Pick<ApiKeyRow, "name" | "grants" | "networks" | "expiresAt">,
): Promise<z.infer<typeof createdApiKey>> {
  const { organizationId } = ctx.scope;
  await requireFeature(tx, "apiKeys");
  await takeTurn(tx, "apiKeys");
  const [{ use } = { use: 0 }] = await tx.select({ use: count() }).from(apiKeys).where(isLive(ctx.scope));
  if (use >= MAX_API_KEYS) throw appError("TOO_MANY", { what: "apiKeys", limit: MAX_API_KEYS, use });
  const secret = makeApiKeySecret();
  const row: ApiKeyRow = {
    ...wanted,
    organizationId,
    id: ctx.services.newId(),
    prefix: apiKeyPrefix(secret),
    secretHash: hashApiKey(secret),
    lastUsedAt: null,
    lastUsedFrom: null,
    replacedBy: null,
    isActive: true,
    createdBy: ctx.actor.id,
    createdAt: ctx.services.clock.now(),
  };
  await tx.insert(apiKeys).values(row);
  return { key: toApiKeyView(row), secret };
}

/** A key that has not been revoked, locked for a change. Errors: NOT_FOUND. */
export async function lockApiKey(
  tx: OrganizationTransaction,
  { organizationId }: OrganizationScope,
  id: string,
): Promise<ApiKeyRow> {
  const rows = await tx
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.organizationId, organizationId), eq(apiKeys.id, id), eq(apiKeys.isActive, true)))
    .for("update");
  const key = rows[0];
  if (!key) throw appError("NOT_FOUND");
  return key;
}

/** What a key is, for the audit. */
export function describeApiKey({ name, prefix, grants, networks, expiresAt }: ApiKeyRow) {
  return { name, prefix, grants, networks, expiresAt: expiresAt?.toISOString() ?? null };
}
