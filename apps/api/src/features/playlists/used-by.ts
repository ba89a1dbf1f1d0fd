import type { UsedBy } from "@vitrine/core/model/asset";
import { appError } from "@vitrine/core/model/errors";
import { PAGE_LIMIT } from "@vitrine/core/model/paging";
import type { BatchHandle, Database, OrganizationTransaction } from "@vitrine/db/database";
import { devices, organizations, playlists } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { isAnyOf } from "@vitrine/db/values";
import { and, asc, eq } from "drizzle-orm";

/** What plays a playlist by name: the first 200 screens, and whether it is the organization's default. NOT_FOUND. */
export async function getUsedBy(database: Database, scope: OrganizationScope, id: string): Promise<UsedBy> {
  const { organizationId } = scope;
  const [found, screens, defaults] = await database.batch(scope, (q) => [
    q
      .select({ id: playlists.id })
      .from(playlists)
      .where(and(eq(playlists.organizationId, organizationId), eq(playlists.id, id))),
    selectScreens(q, scope, [id]),
    selectDefault(q, scope, [id]),
  ]);
  if (found.length === 0) throw appError("NOT_FOUND");
  return { playlists: [], devices: screens, isOrganizationDefault: defaults.length > 0 };
}

/** The same for several playlists together, inside a transaction. */
export async function findUsedBy(tx: OrganizationTransaction, ids: readonly string[]): Promise<UsedBy> {
  const [screens, defaults] = await Promise.all([
    selectScreens(tx, tx.scope, ids),
    selectDefault(tx, tx.scope, ids),
  ]);
  return { playlists: [], devices: screens, isOrganizationDefault: defaults.length > 0 };
}

function selectScreens(q: BatchHandle, { organizationId }: OrganizationScope, ids: readonly string[]) {
  return q
    .select({ id: devices.id, name: devices.name })
    .from(devices)
    .where(
      and(
        eq(devices.organizationId, organizationId),
        eq(devices.isActive, true),
        isAnyOf(devices.playlistId, "uuid", ids),
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
        isAnyOf(organizations.defaultPlaylistId, "uuid", ids),
      ),
    );
}
