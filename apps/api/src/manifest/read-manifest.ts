import { rotation } from "@vitrine/core/model/device";
import { manifestAsset, manifestPlaylist } from "@vitrine/core/model/manifest";
import { defineBatch } from "@vitrine/db/batch";
import type { Database } from "@vitrine/db/database";
import { assets, blobs, devices, organizations, playlistItems, playlists } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { assetDurationMs, isPlayable } from "./playable.ts";

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

const content = z.object({
  playlists: z.array(manifestPlaylist),
  assets: z.array(manifestAsset),
  /** Every asset that an item names, playable or not: a change of it may change the manifest. */
  assetIds: z.array(z.uuid()),
});
/** What the chosen playlists hold that plays: present playlists and assets, by id. */
export type ManifestContent = z.infer<typeof content>;

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
): Promise<{ head: ManifestHead; content: ManifestContent } | undefined> {
  const [rows] = await database.run(scope, sourceBatch, { deviceId });
  return rows[0] && { head: head.parse(rows[0]), content: content.parse(rows[0]) };
}

/** The same for an imagined screen that plays one playlist and has no default; undefined without that playlist. */
export async function findPlaylistSource(
  database: Database,
  scope: OrganizationScope,
  playlistId: string,
): Promise<{ head: ManifestHead; content: ManifestContent } | undefined> {
  const [rows] = await database.run(scope, playlistBatch, { playlistId });
  return rows[0] && { head: head.parse(rows[0]), content: content.parse(rows[0]) };
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

/** Adds the content of the playlists that a head of one row names. One statement sees one state of the database. */
function withContent(heads: SQL): SQL {
  const isChosen = sql`in (head."playlistId", head."defaultPlaylistId")`;
  const itemOfChosen = sql`${playlistItems.organizationId} = ${organizationId}::uuid
    and ${playlistItems.playlistId} ${isChosen}`;
  return sql`
    with head as materialized (${heads})
    select head.*,
      (select coalesce(json_agg(json_build_object(
          'id', ${playlists.id},
          'name', ${playlists.name},
          'items', (
            select coalesce(json_agg(json_build_object(
                'id', ${playlistItems.id}, 'assetId', ${assets.id}, 'durationMs', ${playlistItems.durationMs}
              ) order by ${playlistItems.position}, ${playlistItems.id}), '[]')
            from ${playlistItems} join ${assets} on ${assets.organizationId} = ${playlistItems.organizationId}
              and ${assets.id} = ${playlistItems.assetId}
            where ${playlistItems.organizationId} = ${playlists.organizationId}
              and ${playlistItems.playlistId} = ${playlists.id} and ${isPlayable})
        ) order by ${playlists.id}), '[]')
        from ${playlists}
        where ${playlists.organizationId} = ${organizationId}::uuid
          and ${playlists.id} ${isChosen} and ${playlists.isActive}) as "playlists",
      (select coalesce(json_agg(json_build_object(
          'id', ${assets.id}, 'name', ${assets.name}, 'kind', ${assets.kind},
          'durationMs', ${assetDurationMs}, 'width', ${assets.width}, 'height', ${assets.height},
          'file', case when ${assets.kind} <> 'web' then json_build_object(
            'sha256', ${blobs.sha256}, 'sizeBytes', ${blobs.sizeBytes},
            'mediaType', ${blobs.mediaType}, 'chunksSha256', ${blobs.chunksSha256}) end,
          'url', ${assets.url}, 'reloadSeconds', coalesce(${assets.reloadSeconds}, 0)
        ) order by ${assets.id}), '[]')
        from ${assets}
        join ${organizations} on ${organizations.organizationId} = ${assets.organizationId}
        left join ${blobs} on ${blobs.organizationId} = ${assets.organizationId}
          and ${blobs.sha256} = ${assets.blobSha256}
        where ${assets.organizationId} = ${organizationId}::uuid and exists (
          select from ${playlistItems}
          join ${playlists} on ${playlists.organizationId} = ${playlistItems.organizationId}
            and ${playlists.id} = ${playlistItems.playlistId}
          where ${itemOfChosen} and ${playlistItems.assetId} = ${assets.id}
            and ${playlists.isActive} and ${isPlayable})) as "assets",
      (select coalesce(json_agg(distinct ${playlistItems.assetId}), '[]')
        from ${playlistItems} where ${itemOfChosen}) as "assetIds"
    from head`;
}
