import type { ApiKeyView } from "@vitrine/core/model/api-key";
import type { Page } from "@vitrine/core/model/paging";
import type { Database } from "@vitrine/db/database";
import { apiKeys } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, count, desc, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";

const cursorKey = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()]);

/** API keys that were not revoked, newest first; at most `limit` after the cursor. */
export async function listApiKeys(
  database: Database,
  scope: OrganizationScope,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<ApiKeyView>> {
  const after = decodeCursor(cursor, cursorKey);
  const live = isLive(scope);
  const [rows, counted] = await database.batch(scope, (q) => [
    q
      .select()
      .from(apiKeys)
      .where(
        and(
          live,
          after && sql`(${apiKeys.createdAt}, ${apiKeys.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
      .limit(limit + 1),
    q.select({ total: count() }).from(apiKeys).where(live),
  ]);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map(toApiKeyView),
    nextCursor: last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
    total: counted[0]?.total ?? 0,
  };
}

/** Not revoked, and not one that was replaced and has ended since. */
export function isLive({ organizationId }: OrganizationScope): SQL | undefined {
  return and(
    eq(apiKeys.organizationId, organizationId),
    eq(apiKeys.isActive, true),
    or(isNull(apiKeys.replacedBy), isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)),
  );
}

/** What people may see of a key. */
export function toApiKeyView(row: typeof apiKeys.$inferSelect): ApiKeyView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    grants: row.grants,
    networks: row.networks,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastUsedFrom: row.lastUsedFrom,
    isReplaced: row.replacedBy !== null,
  };
}
