import {
  assets,
  blobs,
  dayparts,
  entryDayparts,
  itemDayparts,
  layouts,
  layoutZones,
  organizations,
  playlistItems,
  playlists,
  scheduleEntries,
} from "@vitrine/db/schema";
import { type SQL, sql } from "drizzle-orm";
import { assetDurationMs, isPlayableAsset } from "./playable.ts";

const organizationId = sql.placeholder("organizationId");

/**
 * Adds all that a head of one row names: its entries, their layouts, and the playlists of all these with those within
 * them. One statement sees one state of the database. Rows of the next table are looked up by an array of keys, which
 * every plan does by index: joins, which a planner without statistics makes quadratic, are left to `toContent`.
 */
export function withContent(head: SQL): SQL {
  return sql`
    with recursive head as materialized (${head}),
    ${entries},
    ${canvases},
    ${lists},
    ${lines},
    ${shown}
    select head.*,
      (select coalesce(json_agg(entry.said), '[]') from entry) as "entries",
      (select coalesce(json_agg(json_build_object(
          'id', ${layouts.id}, 'name', ${layouts.name}, 'mainZoneId', ${layouts.mainZoneId},
          'durationMs', ${layouts.durationMs})), '[]')
        from ${layouts} where ${layouts.organizationId} = ${organizationId}::uuid and ${layouts.isActive}
          and ${layouts.id} = any(array(select layout_id from entry))) as "layouts",
      (select coalesce(json_agg(json_build_object(
          'id', ${dayparts.id}, 'name', ${dayparts.name}, 'windows', ${dayparts.windows},
          'exceptDates', ${dayparts.exceptDates})), '[]')
        from ${dayparts} where ${dayparts.organizationId} = ${organizationId}::uuid and ${dayparts.isActive}
          and ${dayparts.id} = any(array(select daypart_id from wait))) as "dayparts",
      (select coalesce(json_agg(json_build_array(whole.id, whole.parts)), '[]') from (
          select layout_id as id, json_agg(said order by place) as parts from zone group by layout_id
        ) as whole) as "zones",
      (select coalesce(json_agg(json_build_object('id', chosen.id, 'name', chosen.name, 'order', chosen."order",
          'fadeMs', chosen.fade_ms)), '[]')
        from chosen where chosen.is_active) as "playlists",
      (select coalesce(json_agg(json_build_array(whole.id, whole.parts)), '[]') from (
          select playlist_id as id, json_agg(said order by position, id) as parts
          from item where is_enabled group by playlist_id
        ) as whole) as "items",
      (select coalesce(json_agg(asset.said), '[]') from asset) as "assets",
      (select coalesce(json_agg(json_build_object(
          'sha256', ${blobs.sha256}, 'sizeBytes', ${blobs.sizeBytes},
          'mediaType', ${blobs.mediaType}, 'chunksSha256', ${blobs.chunksSha256})), '[]')
        from ${blobs} where ${blobs.organizationId} = ${organizationId}::uuid
          and ${blobs.sha256} = any(array(select blob_sha256 from asset))) as "files",
      (select coalesce(json_agg(json_build_array(item_wait.item_id, item_wait.daypart_id)
          order by item_wait.item_id, item_wait.daypart_id), '[]') from item_wait) as "itemWaits",
      (select coalesce(json_agg(distinct used.id), '[]') from (
          select asset_id as id from item union all select asset_id from entry
          union all select id from entry union all select layout_id from entry
          union all select daypart_id from wait union all select id from list
          union all select "brandLogoAssetId" from head
        ) as used where used.id is not null) as "subjectIds"
    from head`;
}

const entries = sql`
    entry as materialized (
      select ${scheduleEntries.id} as id, ${scheduleEntries.assetId} as asset_id,
        ${scheduleEntries.playlistId} as playlist_id, ${scheduleEntries.layoutId} as layout_id,
        json_build_object(
          'id', ${scheduleEntries.id}, 'name', ${scheduleEntries.name}, 'kind', ${scheduleEntries.kind},
          'assetId', ${scheduleEntries.assetId}, 'playlistId', ${scheduleEntries.playlistId},
          'layoutId', ${scheduleEntries.layoutId}, 'priority', ${scheduleEntries.priority},
          'createdAt', ${scheduleEntries.createdAt}, 'timeZone', ${scheduleEntries.timeZone},
          'start', ${scheduleEntries.localStart}, 'end', ${scheduleEntries.localEnd},
          'recurrence', ${scheduleEntries.recurrence}, 'exceptDates', ${scheduleEntries.exceptDates},
          'extraDates', ${scheduleEntries.extraDates}, 'validFrom', ${scheduleEntries.validFrom},
          'validUntil', ${scheduleEntries.validUntil}, 'startsExactly', ${scheduleEntries.startsExactly},
          'sharePercent', ${scheduleEntries.sharePercent}, 'zoneName', ${scheduleEntries.zoneName},
          'daypartIds', (
            select coalesce(json_agg(${entryDayparts.daypartId} order by ${entryDayparts.daypartId}), '[]')
            from ${entryDayparts} where ${entryDayparts.organizationId} = ${organizationId}::uuid
              and ${entryDayparts.entryId} = ${scheduleEntries.id})
        ) as said
      from ${scheduleEntries}
      where ${scheduleEntries.organizationId} = ${organizationId}::uuid
        and ${scheduleEntries.id} = any(array(select unnest("entryIds") from head)))`;

const canvases = sql`
    zone as materialized (
      select ${layoutZones.layoutId} as layout_id, ${layoutZones.playlistId} as playlist_id,
        ${layoutZones.place} as place, json_build_object(
          'id', ${layoutZones.id}, 'name', ${layoutZones.name}, 'left', ${layoutZones.left}, 'top', ${layoutZones.top},
          'width', ${layoutZones.width}, 'height', ${layoutZones.height}, 'z', ${layoutZones.z},
          'playlistId', ${layoutZones.playlistId}) as said
      from ${layoutZones}
      where ${layoutZones.organizationId} = ${organizationId}::uuid
        and ${layoutZones.layoutId} = any(array(select layout_id from entry)))`;

/** Playlists by id: those chosen and, level by level, those within them. Writing a cycle is refused, and `union` ends at one. */
const lists = sql`
    list as (
      select chosen_id as id from (
        select unnest(array[head."playlistId", head."defaultPlaylistId"]) as chosen_id from head
        union select playlist_id from entry
        union select playlist_id from zone) as first where chosen_id is not null
      union
      select ${playlistItems.nestedPlaylistId} from list join ${playlistItems}
        on ${playlistItems.organizationId} = ${organizationId}::uuid and ${playlistItems.playlistId} = list.id
      where ${playlistItems.nestedPlaylistId} is not null),
    chosen as materialized (
      select ${playlists.id} as id, ${playlists.name} as name, ${playlists.order} as "order",
        ${playlists.fadeMs} as fade_ms, ${playlists.isActive} as is_active
      from ${playlists}
      where ${playlists.organizationId} = ${organizationId}::uuid and ${playlists.id} = any(array(select id from list)))`;

const lines = sql`
    item as materialized (
      select ${playlistItems.playlistId} as playlist_id, ${playlistItems.assetId} as asset_id,
        ${playlistItems.isEnabled} as is_enabled, ${playlistItems.position} as position, ${playlistItems.id} as id,
        json_build_object(
          'id', ${playlistItems.id}, 'assetId', ${playlistItems.assetId},
          'playlistId', ${playlistItems.nestedPlaylistId}, 'durationMs', ${playlistItems.durationMs},
          'take', ${playlistItems.take}, 'weight', ${playlistItems.weight}
        ) as said
      from ${playlistItems}
      where ${playlistItems.organizationId} = ${organizationId}::uuid
        and ${playlistItems.playlistId} = any(array(select id from list))),
    item_wait as materialized (
      select ${itemDayparts.itemId} as item_id, ${itemDayparts.daypartId} as daypart_id
      from ${itemDayparts} where ${itemDayparts.organizationId} = ${organizationId}::uuid
        and ${itemDayparts.itemId} = any(array(select id from item where is_enabled))),
    wait as (
      select daypart_id from item_wait
      union
      select ${entryDayparts.daypartId} from ${entryDayparts}
      where ${entryDayparts.organizationId} = ${organizationId}::uuid
        and ${entryDayparts.entryId} = any(array(select id from entry)))`;

const shown = sql`
    asset as materialized (
      select ${assets.id} as id, ${assets.blobSha256} as blob_sha256, json_build_object(
          'id', ${assets.id}, 'name', ${assets.name}, 'kind', ${assets.kind}, 'durationMs', ${assetDurationMs},
          'width', ${assets.width}, 'height', ${assets.height}, 'blobSha256', ${assets.blobSha256},
          'url', ${assets.url}, 'reloadSeconds', coalesce(${assets.reloadSeconds}, 0),
          'fit', ${assets.fit}, 'loudness', ${assets.loudness},
          'availableFrom', ${assets.availableFrom}, 'availableUntil', ${assets.availableUntil}
        ) as said
      from ${assets} join ${organizations} on ${organizations.organizationId} = ${assets.organizationId}
      where ${assets.organizationId} = ${organizationId}::uuid and ${isPlayableAsset}
        and ${assets.id} = any(array(
          select asset_id from item where is_enabled union all select asset_id from entry)))`;
