import type { UsedBy } from "@vitrine/core/model/asset";
import { appError } from "@vitrine/core/model/errors";
import { PAGE_LIMIT } from "@vitrine/core/model/paging";
import type { BatchHandle, Database } from "@vitrine/db/database";
import { assets, playlistItems, playlists } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { isAnyOf } from "@vitrine/db/values";
import { and, asc, eq, sql } from "drizzle-orm";

/** Which present playlists hold an asset, by name, the first 200. NOT_FOUND. */
export async function getUsedBy(database: Database, scope: OrganizationScope, id: string): Promise<UsedBy> {
  const [found, holders] = await database.batch(scope, (q) => [
    q
      .select({ id: assets.id })
      .from(assets)
      .where(and(eq(assets.organizationId, scope.organizationId), eq(assets.id, id))),
    selectPlaylists(q, scope, [id]),
  ]);
  if (found.length === 0) throw appError("NOT_FOUND");
  return { playlists: holders, devices: [], isOrganizationDefault: false };
}

/** The present playlists that hold any of the assets, by name, the first 200. */
export function selectPlaylists(
  q: BatchHandle,
  { organizationId }: OrganizationScope,
  assetIds: readonly string[],
) {
  return q
    .select({ id: playlists.id, name: playlists.name })
    .from(playlists)
    .where(
      and(
        eq(playlists.organizationId, organizationId),
        eq(playlists.isActive, true),
        sql`exists (select from ${playlistItems} where ${playlistItems.organizationId} = ${playlists.organizationId}
          and ${playlistItems.playlistId} = ${playlists.id} and ${isAnyOf(playlistItems.assetId, "uuid", assetIds)})`,
      ),
    )
    .orderBy(asc(playlists.name), asc(playlists.id))
    .limit(PAGE_LIMIT);
}
