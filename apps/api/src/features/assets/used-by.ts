import type { UsedBy } from "@vitrine/core/model/asset";
import { appError } from "@vitrine/core/model/errors";
import { PAGE_LIMIT } from "@vitrine/core/model/paging";
import type { BatchHandle, Database, OrganizationTransaction } from "@vitrine/db/database";
import { assets, devices, organizations, playlistItems, playlists } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { isAnyOf } from "@vitrine/db/values";
import { and, asc, eq, type SQL, sql } from "drizzle-orm";

/** The playlists that hold an asset and the screens that play them, the first 200 of each by name. NOT_FOUND. */
export async function getUsedBy(database: Database, scope: OrganizationScope, id: string): Promise<UsedBy> {
  const [found, lists, screens, defaults] = await database.batch(scope, (q) => [
    q
      .select({ id: assets.id })
      .from(assets)
      .where(and(eq(assets.organizationId, scope.organizationId), eq(assets.id, id))),
    selectPlaylists(q, scope, [id]),
    selectScreens(q, scope, [id]),
    selectDefault(q, scope, [id]),
  ]);
  if (found.length === 0) throw appError("NOT_FOUND");
  return { playlists: lists, devices: screens, isOrganizationDefault: defaults.length > 0 };
}

/** The same for several assets together, inside a transaction. */
export async function findUsedBy(tx: OrganizationTransaction, ids: readonly string[]): Promise<UsedBy> {
  const [lists, screens, defaults] = await Promise.all([
    selectPlaylists(tx, tx.scope, ids),
    selectScreens(tx, tx.scope, ids),
    selectDefault(tx, tx.scope, ids),
  ]);
  return { playlists: lists, devices: screens, isOrganizationDefault: defaults.length > 0 };
}

function selectPlaylists(q: BatchHandle, { organizationId }: OrganizationScope, ids: readonly string[]) {
  return q
    .select({ id: playlists.id, name: playlists.name })
    .from(playlists)
    .where(
      and(
        eq(playlists.organizationId, organizationId),
        eq(playlists.isActive, true),
        holdsOneOf(playlists.id, organizationId, ids),
      ),
    )
    .orderBy(asc(playlists.name), asc(playlists.id))
    .limit(PAGE_LIMIT);
}

function selectScreens(q: BatchHandle, { organizationId }: OrganizationScope, ids: readonly string[]) {
  return q
    .select({ id: devices.id, name: devices.name })
    .from(devices)
    .where(
      and(
        eq(devices.organizationId, organizationId),
        eq(devices.isActive, true),
        holdsOneOf(devices.playlistId, organizationId, ids),
      ),
    )
    .orderBy(asc(devices.name), asc(devices.id))
    .limit(PAGE_LIMIT);
}

function selectDefault(q: BatchHandle, { organizationId }: OrganizationScope, ids: readonly string[]) {
  return q
    .select({ id: organizations.defaultPlaylistId })
    .from(organizations)
    .where(
      and(
        eq(organizations.organizationId, organizationId),
        holdsOneOf(organizations.defaultPlaylistId, organizationId, ids),
      ),
    );
}

/** The condition that a column names a playlist with an item of one of these assets. */
function holdsOneOf(column: unknown, organizationId: string, ids: readonly string[]): SQL {
  return sql`${column} in (select ${playlistItems.playlistId} from ${playlistItems}
    where ${playlistItems.organizationId} = ${organizationId} and ${isAnyOf(playlistItems.assetId, "uuid", ids)})`;
}
