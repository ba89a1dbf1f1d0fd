import type { EntryView } from "@vitrine/core/model/entry";
import { type Daypart, daypart } from "@vitrine/core/model/schedule";
import type { BatchHandle } from "@vitrine/db/database";
import {
  assets,
  dayparts,
  deviceGroups,
  devices,
  entryDayparts,
  entryDevices,
  entryGroups,
  entryTags,
  layouts,
  playlistItems,
  playlists,
  scheduleEntries,
} from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { THUMBNAIL_TYPE } from "../assets/asset-view.ts";
import { entryColumns, toFields } from "./entry-row.ts";

/** Address of a file for the one who asks. */
export type FileUrl = (file: { sha256: string; mediaType: string }) => string;

/** Entries with all that people see of them. Add `where`, `orderBy` and `limit`. */
export function selectEntries(q: BatchHandle, { organizationId }: OrganizationScope) {
  return q
    .select({ ...entryColumns, ...viewColumns })
    .from(scheduleEntries)
    .leftJoin(assets, and(eq(assets.organizationId, organizationId), eq(assets.id, scheduleEntries.assetId)))
    .leftJoin(
      playlists,
      and(eq(playlists.organizationId, organizationId), eq(playlists.id, scheduleEntries.playlistId)),
    )
    .leftJoin(
      layouts,
      and(eq(layouts.organizationId, organizationId), eq(layouts.id, scheduleEntries.layoutId)),
    )
    .leftJoin(sql`app.list_people() people`, sql`people.user_id = ${scheduleEntries.createdBy}`)
    .$dynamic();
}

const viewColumns = {
  id: scheduleEntries.id,
  isEverywhere: scheduleEntries.isEverywhere,
  isActive: scheduleEntries.isActive,
  endsAt: scheduleEntries.endsAt,
  createdAt: scheduleEntries.createdAt,
  updatedAt: scheduleEntries.updatedAt,
  createdByName: sql<string | null>`people.name`,
  shownName: sql<string | null>`coalesce(${assets.name}, ${playlists.name}, ${layouts.name})`,
  isPresent: sql<boolean>`coalesce(${assets.isActive}, ${playlists.isActive}, ${layouts.isActive}, true)`,
  thumbnailSha256: sql<string | null>`coalesce(${assets.thumbnailSha256}, (
    select thumbnail.sha256 from ${playlistItems} as item cross join lateral (
      select first.thumbnail_sha256 as sha256 from tenant.assets as first
      where first.organization_id = item.organization_id and first.id = item.asset_id
        and first.is_active and first.thumbnail_sha256 is not null offset 0
    ) as thumbnail
    where item.organization_id = ${scheduleEntries.organizationId} and item.playlist_id = ${scheduleEntries.playlistId}
      and item.is_enabled order by item.position, item.id limit 1))`,
  devices: sql<unknown>`(
    select coalesce(json_agg(json_build_object('id', ${devices.id}, 'name', ${devices.name})
      order by ${devices.name}, ${devices.id}), '[]')
    from ${entryDevices} join ${devices} on ${devices.organizationId} = ${entryDevices.organizationId}
      and ${devices.id} = ${entryDevices.deviceId}
    where ${entryDevices.organizationId} = ${scheduleEntries.organizationId}
      and ${entryDevices.entryId} = ${scheduleEntries.id})`,
  groups: sql<unknown>`(
    select coalesce(json_agg(json_build_object('id', ${deviceGroups.id}, 'name', ${deviceGroups.name})
      order by ${deviceGroups.name}, ${deviceGroups.id}), '[]')
    from ${entryGroups} join ${deviceGroups} on ${deviceGroups.organizationId} = ${entryGroups.organizationId}
      and ${deviceGroups.id} = ${entryGroups.groupId}
    where ${entryGroups.organizationId} = ${scheduleEntries.organizationId}
      and ${entryGroups.entryId} = ${scheduleEntries.id})`,
  tags: sql<string[]>`(
    select coalesce(json_agg(${entryTags.tag} order by ${entryTags.tag}), '[]') from ${entryTags}
    where ${entryTags.organizationId} = ${scheduleEntries.organizationId} and ${entryTags.entryId} = ${scheduleEntries.id})`,
  dayparts: sql<unknown>`(
    select coalesce(json_agg(json_build_object('id', ${entryDayparts.daypartId}, 'known', case when ${dayparts.isActive} then
      json_build_object('id', ${dayparts.id}, 'name', ${dayparts.name}, 'windows', ${dayparts.windows},
        'exceptDates', ${dayparts.exceptDates}) end) order by ${entryDayparts.daypartId}), '[]')
    from ${entryDayparts} join ${dayparts} on ${dayparts.organizationId} = ${entryDayparts.organizationId}
      and ${dayparts.id} = ${entryDayparts.daypartId}
    where ${entryDayparts.organizationId} = ${scheduleEntries.organizationId}
      and ${entryDayparts.entryId} = ${scheduleEntries.id})`,
};

export type EntryRow = Awaited<ReturnType<typeof selectEntries>>[number];

const named = z.array(z.strictObject({ id: z.uuid(), name: z.string() }));
const waits = z.array(z.strictObject({ id: z.uuid(), known: daypart.nullable() }));

/** The dayparts of an entry that are present. */
export function daypartsOf(row: EntryRow): Daypart[] {
  return waits.parse(row.dayparts).flatMap(({ known }) => known ?? []);
}

/** An entry as people see it. */
export function toEntryView(row: EntryRow, fileUrl: FileUrl): EntryView {
  const { thumbnailSha256 } = row;
  return {
    ...toFields(row),
    id: row.id,
    daypartIds: waits.parse(row.dayparts).map(({ id }) => id),
    shown: {
      name: row.shownName ?? "",
      isHidden: row.shownName === null,
      isPresent: row.isPresent,
      thumbnailUrl:
        thumbnailSha256 === null ? null : fileUrl({ sha256: thumbnailSha256, mediaType: THUMBNAIL_TYPE }),
    },
    targets: {
      isEverywhere: row.isEverywhere,
      devices: named.parse(row.devices),
      groups: named.parse(row.groups),
      tags: row.tags,
    },
    isActive: row.isActive,
    endsAt: row.endsAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    createdByName: row.createdByName,
  };
}
