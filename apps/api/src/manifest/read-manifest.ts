import { rotation } from "@vitrine/core/model/device";
import { defineBatch } from "@vitrine/db/batch";
import type { Database } from "@vitrine/db/database";
import { assets, blobs, devices, organizations, playlistItems, playlists } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type ManifestContent, storedContent, toContent } from "./manifest-content.ts";
import { assetDurationMs, isPlayableAsset } from "./playable.ts";

const head = z.object({
  organizationName: z.string(),
  organizationTimeZone: z.string(),
  revision: z.int(),
  deviceName: z.string(),
  timeZone: z.string(),
  rotation,
  /** The playlists that are chosen, removed or not. */
  playlistId: z.uuid().nullable(),
  defaultPlaylistId: z.uuid().nullable(),
});
/** Whom a manifest is for, and which playlists they were given, as of one content revision. */
export type ManifestHead = z.infer<typeof head>;

export type ManifestSource = { head: ManifestHead; content: ManifestContent };

/** The head alone; undefined when there is no such present screen. */
export async function findManifestHead(
  database: Database,
  scope: OrganizationScope,
  deviceId: string,
): Promise<ManifestHead | undefined> {
  const [rows] = await database.run(scope, headBatch, { deviceId });
  return rows[0] && head.parse(rows[0]);
}

/** Head and content of one moment, in one statement. */
export async function findManifestSource(
  database: Database,
  scope: OrganizationScope,
  deviceId: string,
): Promise<ManifestSource | undefined> {
  const [rows] = await database.run(scope, sourceBatch, { deviceId });
  return rows[0] && toSource(rows[0]);
}

/** The same for an imagined screen that plays one playlist and has no default; undefined without that playlist. */
export async function findPlaylistSource(
  database: Database,
  scope: OrganizationScope,
  playlistId: string,
): Promise<ManifestSource | undefined> {
  const [rows] = await database.run(scope, playlistBatch, { playlistId });
  return rows[0] && toSource(rows[0]);
}

function toSource(row: Row): ManifestSource {
  return { head: head.parse(row), content: toContent(storedContent.parse(row)) };
}

const organizationId = sql.placeholder("organizationId");

const ofScreen = sql`
  select ${organizations.name} as "organizationName", ${organizations.timeZone} as "organizationTimeZone",
    ${organizations.contentRevision} as "revision", ${devices.name} as "deviceName",
    ${devices.timeZone} as "timeZone", ${devices.rotation} as "rotation",
    ${devices.playlistId} as "playlistId", ${organizations.defaultPlaylistId} as "defaultPlaylistId"
  from ${devices} join ${organizations} on ${organizations.organizationId} = ${devices.organizationId}
  where ${devices.organizationId} = ${organizationId}::uuid and ${devices.id} = ${sql.placeholder("deviceId")}::uuid
    and ${devices.isActive} and ${organizations.isActive}`;

const ofPlaylist = sql`
  select ${organizations.name} as "organizationName", ${organizations.timeZone} as "organizationTimeZone",
    ${organizations.contentRevision} as "revision", ${playlists.name} as "deviceName",
    ${organizations.timeZone} as "timeZone", 0 as "rotation",
    ${playlists.id} as "playlistId", null::uuid as "defaultPlaylistId"
  from ${playlists} join ${organizations} on ${organizations.organizationId} = ${playlists.organizationId}
  where ${playlists.organizationId} = ${organizationId}::uuid
    and ${playlists.id} = ${sql.placeholder("playlistId")}::uuid`;

const headBatch = defineBatch<{ deviceId: string }>()((q) => [q.execute<Row>(ofScreen)]);
const sourceBatch = defineBatch<{ deviceId: string }>()((q) => [q.execute<Row>(withContent(ofScreen))]);
const playlistBatch = defineBatch<{ playlistId: string }>()((q) => [q.execute<Row>(withContent(ofPlaylist))]);

type Row = Record<string, unknown>;

/**
 * Adds the content of the playlists that a head of one row names. One statement sees one state of the database. Rows
 * of the next table are looked up by an array of keys, which every plan does by index: joins, which a planner without
 * statistics makes quadratic, are left to `toContent`.
 */
function withContent(heads: SQL): SQL {
  return sql`
    with head as materialized (${heads}),
    chosen as materialized (
      select ${playlists.id} as id, ${playlists.name} as name from ${playlists}
      where ${playlists.organizationId} = ${organizationId}::uuid and ${playlists.isActive} and ${playlists.id} = any(array(
        select unnest(array[head."playlistId", head."defaultPlaylistId"]) from head))),
    item as materialized (
      select ${playlistItems.playlistId} as playlist_id, ${playlistItems.assetId} as asset_id,
        ${playlistItems.isEnabled} as is_enabled, ${playlistItems.position} as position, ${playlistItems.id} as id,
        json_build_object(
          'id', ${playlistItems.id}, 'assetId', ${playlistItems.assetId}, 'durationMs', ${playlistItems.durationMs}
        ) as entry
      from ${playlistItems}
      where ${playlistItems.organizationId} = ${organizationId}::uuid and ${playlistItems.playlistId} = any(array(
        select unnest(array[head."playlistId", head."defaultPlaylistId"]) from head))),
    asset as materialized (
      select ${assets.id} as id, ${assets.blobSha256} as blob_sha256, json_build_object(
          'id', ${assets.id}, 'name', ${assets.name}, 'kind', ${assets.kind}, 'durationMs', ${assetDurationMs},
          'width', ${assets.width}, 'height', ${assets.height}, 'blobSha256', ${assets.blobSha256},
          'url', ${assets.url}, 'reloadSeconds', coalesce(${assets.reloadSeconds}, 0)
        ) as entry
      from ${assets} join ${organizations} on ${organizations.organizationId} = ${assets.organizationId}
      where ${assets.organizationId} = ${organizationId}::uuid and ${isPlayableAsset}
        and ${assets.id} = any(array(select asset_id from item where is_enabled)))
    select head.*,
      (select coalesce(json_agg(json_build_object('id', chosen.id, 'name', chosen.name, 'items', (
          select coalesce(json_agg(item.entry order by item.position, item.id), '[]')
          from item where item.playlist_id = chosen.id and item.is_enabled))), '[]')
        from chosen) as "playlists",
      (select coalesce(json_agg(asset.entry), '[]') from asset) as "assets",
      (select coalesce(json_agg(json_build_object(
          'sha256', ${blobs.sha256}, 'sizeBytes', ${blobs.sizeBytes},
          'mediaType', ${blobs.mediaType}, 'chunksSha256', ${blobs.chunksSha256})), '[]')
        from ${blobs} where ${blobs.organizationId} = ${organizationId}::uuid
          and ${blobs.sha256} = any(array(select blob_sha256 from asset))) as "files",
      (select coalesce(json_agg(distinct item.asset_id), '[]') from item) as "assetIds"
    from head`;
}
