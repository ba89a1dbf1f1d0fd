import type { UsedBy } from "@vitrine/core/model/asset";
import { appError } from "@vitrine/core/model/errors";
import { PAGE_LIMIT } from "@vitrine/core/model/paging";
import type { BatchHandle, Database, OrganizationTransaction } from "@vitrine/db/database";
import {
  assets,
  dayparts,
  deviceGroups,
  devices,
  entryDayparts,
  entryGroups,
  itemDayparts,
  layouts,
  layoutZones,
  organizations,
  playlistItems,
  playlists,
  scheduleEntries,
} from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { isAnyOf } from "@vitrine/db/values";
import { type AnyColumn, and, asc, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** What may be in use. */
export type UsedThing = keyof typeof TABLES;
const TABLES = {
  asset: assets,
  playlist: playlists,
  layout: layouts,
  daypart: dayparts,
  group: deviceGroups,
};

/** What uses one thing, by name: the first 200 of each kind. NOT_FOUND. */
export async function getUsedBy(
  database: Database,
  scope: OrganizationScope,
  thing: UsedThing,
  id: string,
): Promise<UsedBy> {
  const table = TABLES[thing];
  const [found, ...uses] = await database.batch(scope, (q) => [
    q
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.organizationId, scope.organizationId), eq(table.id, id))),
    ...selectUses(q, scope, thing, [id]),
  ]);
  if (found.length === 0) throw appError("NOT_FOUND");
  return toUsedBy(uses);
}

/** The same for several things together, inside a transaction. */
export async function findUsedBy(
  tx: OrganizationTransaction,
  thing: UsedThing,
  ids: readonly string[],
): Promise<UsedBy> {
  return toUsedBy(await Promise.all(selectUses(tx, tx.scope, thing, ids)));
}

/** Whether anything uses it. */
export function isUsed(usedBy: UsedBy): boolean {
  const { playlists: lists, layouts: canvases, entries, devices: screens } = usedBy;
  return (
    usedBy.isOrganizationDefault ||
    usedBy.isBrandLogo ||
    [lists, canvases, entries, screens].some((one) => one.length > 0)
  );
}

type Named = { id: string; name: string };
type Uses = [
  lists: Named[],
  canvases: Named[],
  entries: Named[],
  screens: Named[],
  defaults: unknown[],
  logos: unknown[],
];

function toUsedBy([lists, canvases, entries, screens, defaults, logos]: Uses): UsedBy {
  return {
    playlists: lists,
    layouts: canvases,
    entries,
    devices: screens,
    isOrganizationDefault: defaults.length > 0,
    isBrandLogo: logos.length > 0,
  };
}

function selectUses(q: BatchHandle, scope: OrganizationScope, thing: UsedThing, ids: readonly string[]) {
  const { organizationId } = scope;
  const uses = usesOf(thing, organizationId, ids);
  const select = (
    table: typeof playlists | typeof layouts | typeof scheduleEntries | typeof devices,
    use: SQL,
  ) =>
    q
      .select({ id: table.id, name: table.name })
      .from(table)
      .where(and(eq(table.organizationId, organizationId), eq(table.isActive, true), use))
      .orderBy(asc(table.name), asc(table.id))
      .limit(PAGE_LIMIT);
  return [
    select(playlists, uses.playlists ?? NEVER),
    select(layouts, uses.layouts ?? NEVER),
    select(scheduleEntries, uses.entries ?? NEVER),
    select(devices, uses.devices ?? NEVER),
    q
      .select({ id: organizations.defaultPlaylistId })
      .from(organizations)
      .where(and(eq(organizations.organizationId, organizationId), uses.organization ?? NEVER)),
    q
      .select({ id: organizations.brandLogoAssetId })
      .from(organizations)
      .where(and(eq(organizations.organizationId, organizationId), uses.brand ?? NEVER)),
  ] as const;
}

const NEVER = sql`false`;

type Conditions = Partial<
  Record<"playlists" | "layouts" | "entries" | "devices" | "organization" | "brand", SQL>
>;

/** Which rows of each table use one of the things. */
function usesOf(thing: UsedThing, organizationId: string, ids: readonly string[]): Conditions {
  const isOne = (column: AnyColumn) => isAnyOf(column, "uuid", ids);
  const holds = (column: SQLWrapper, key: AnyColumn, table: SQLWrapper, owner: AnyColumn, name: AnyColumn) =>
    sql`${column} in (select ${key} from ${table} where ${owner} = ${organizationId} and ${isOne(name)})`;
  const holdsAsset = (column: AnyColumn) =>
    holds(
      column,
      playlistItems.playlistId,
      playlistItems,
      playlistItems.organizationId,
      playlistItems.assetId,
    );
  switch (thing) {
    case "asset":
      return {
        playlists: holdsAsset(playlists.id),
        entries: isOne(scheduleEntries.assetId),
        devices: holdsAsset(devices.playlistId),
        organization: holdsAsset(organizations.defaultPlaylistId),
        brand: isOne(organizations.brandLogoAssetId),
      };
    case "playlist":
      return {
        playlists: holds(
          playlists.id,
          playlistItems.playlistId,
          playlistItems,
          playlistItems.organizationId,
          playlistItems.nestedPlaylistId,
        ),
        layouts: holds(
          layouts.id,
          layoutZones.layoutId,
          layoutZones,
          layoutZones.organizationId,
          layoutZones.playlistId,
        ),
        entries: isOne(scheduleEntries.playlistId),
        devices: isOne(devices.playlistId),
        organization: isOne(organizations.defaultPlaylistId),
      };
    case "layout":
      return { entries: isOne(scheduleEntries.layoutId) };
    case "daypart":
      return {
        playlists: sql`${playlists.id} in (select ${playlistItems.playlistId} from ${playlistItems}
          where ${playlistItems.organizationId} = ${organizationId} and ${holds(
            playlistItems.id,
            itemDayparts.itemId,
            itemDayparts,
            itemDayparts.organizationId,
            itemDayparts.daypartId,
          )})`,
        entries: holds(
          scheduleEntries.id,
          entryDayparts.entryId,
          entryDayparts,
          entryDayparts.organizationId,
          entryDayparts.daypartId,
        ),
      };
    case "group":
      return {
        entries: holds(
          scheduleEntries.id,
          entryGroups.entryId,
          entryGroups,
          entryGroups.organizationId,
          entryGroups.groupId,
        ),
      };
  }
}
