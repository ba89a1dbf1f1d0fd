import { rotation, volumePercent } from "@vitrine/core/model/device";
import { manifestFile } from "@vitrine/core/model/manifest";
import { defineBatch } from "@vitrine/db/batch";
import type { Database } from "@vitrine/db/database";
import { assets, blobs, devices, organizations, playlists, scheduleEntries } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { sql } from "drizzle-orm";
import * as z from "zod";
import { type ManifestContent, storedContent, toContent } from "./manifest-content.ts";
import { isPlayableAsset } from "./playable.ts";
import { endedBefore, entriesForDevice, isOfBusinessOfDevice } from "./targeting.ts";
import { withContent } from "./with-content.ts";

const head = z.object({
  organizationName: z.string(),
  organizationTimeZone: z.string(),
  revision: z.int(),
  graceMs: z.int(),
  deviceName: z.string(),
  timeZone: z.string(),
  rotation,
  volumePercent: volumePercent.nullable(),
  privateHosts: z.array(z.string()),
  brandColor: z.string().nullable(),
  /** Null also while the picture chosen cannot be shown. */
  brandLogo: manifestFile.nullable(),
  /** The playlists that are chosen, removed or not. */
  playlistId: z.uuid().nullable(),
  defaultPlaylistId: z.uuid().nullable(),
  /** Stands for the entries that are for the screen: a digest of their ids in order; empty: none. */
  entriesDigest: z.string(),
});
/** Whom a manifest is for, and what was chosen for them, as of one content revision. */
export type ManifestHead = z.infer<typeof head>;

export type ManifestSource = { head: ManifestHead; content: ManifestContent };

/** The head alone; undefined when there is no such present screen. */
export async function findManifestHead(
  database: Database,
  scope: OrganizationScope,
  deviceId: string,
  nowMs: number,
): Promise<ManifestHead | undefined> {
  const [rows] = await database.run(scope, headBatch, { deviceId, endedBefore: endedBefore(nowMs) });
  return rows[0] && head.parse(rows[0]);
}

/** Head and content of one moment, in one statement. */
export async function findManifestSource(
  database: Database,
  scope: OrganizationScope,
  deviceId: string,
  nowMs: number,
): Promise<ManifestSource | undefined> {
  const [rows] = await database.run(scope, sourceBatch, { deviceId, endedBefore: endedBefore(nowMs) });
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
const deviceId = sql.placeholder("deviceId");

/** Ids of the entries that are for the screen, in order; those long over are left out. */
const entryIds = sql`array(
  select distinct ${scheduleEntries.id} from ${scheduleEntries}
  where ${scheduleEntries.organizationId} = ${organizationId}::uuid
    and ${scheduleEntries.id} = any(array(${entriesForDevice(organizationId, deviceId)}))
    and ${isOfBusinessOfDevice(organizationId, deviceId)}
    and ${scheduleEntries.isActive} and ${scheduleEntries.isEnabled}
    and (${scheduleEntries.endsAt} is null
      or ${scheduleEntries.endsAt} > ${sql.placeholder("endedBefore")}::timestamptz)
  order by 1)`;

const brand = sql`
  ${organizations.brandColor} as "brandColor", ${organizations.brandLogoAssetId} as "brandLogoAssetId", (
    select json_build_object('sha256', ${blobs.sha256}, 'sizeBytes', ${blobs.sizeBytes},
      'mediaType', ${blobs.mediaType}, 'chunksSha256', ${blobs.chunksSha256})
    from ${assets} join ${blobs} on ${blobs.organizationId} = ${assets.organizationId}
      and ${blobs.sha256} = ${assets.blobSha256}
    where ${assets.organizationId} = ${organizationId}::uuid and ${assets.id} = ${organizations.brandLogoAssetId}
      and ${isPlayableAsset}) as "brandLogo"`;

const ofScreen = sql`
  select one.*, md5(array_to_string(one."entryIds", ' ')) as "entriesDigest" from (
    select ${organizations.name} as "organizationName", ${organizations.timeZone} as "organizationTimeZone",
      ${organizations.contentRevision} as "revision", ${organizations.graceMs} as "graceMs",
      ${devices.name} as "deviceName", ${devices.timeZone} as "timeZone", ${devices.rotation} as "rotation",
      ${devices.volumePercent} as "volumePercent", to_json(${devices.privateHosts}) as "privateHosts", ${brand},
      ${devices.playlistId} as "playlistId", ${organizations.defaultPlaylistId} as "defaultPlaylistId",
      ${entryIds} as "entryIds"
    from ${devices} join ${organizations} on ${organizations.organizationId} = ${devices.organizationId}
    where ${devices.organizationId} = ${organizationId}::uuid and ${devices.id} = ${deviceId}::uuid
      and ${devices.isActive} and ${organizations.isActive}) as one`;

const ofPlaylist = sql`
  select ${organizations.name} as "organizationName", ${organizations.timeZone} as "organizationTimeZone",
    ${organizations.contentRevision} as "revision", ${organizations.graceMs} as "graceMs",
    ${playlists.name} as "deviceName", ${organizations.timeZone} as "timeZone", 0 as "rotation",
    null::int as "volumePercent", json_build_array() as "privateHosts", ${brand},
    ${playlists.id} as "playlistId", null::uuid as "defaultPlaylistId",
    array[]::uuid[] as "entryIds", '' as "entriesDigest"
  from ${playlists} join ${organizations} on ${organizations.organizationId} = ${playlists.organizationId}
  where ${playlists.organizationId} = ${organizationId}::uuid
    and ${playlists.id} = ${sql.placeholder("playlistId")}::uuid`;

type OfScreen = { deviceId: string; endedBefore: Date };
const headBatch = defineBatch<OfScreen>()((q) => [
  q.execute<Row>(sql`select head.*, null as "entryIds" from (${ofScreen}) as head`),
]);
const sourceBatch = defineBatch<OfScreen>()((q) => [q.execute<Row>(withContent(ofScreen))]);
const playlistBatch = defineBatch<{ playlistId: string }>()((q) => [q.execute<Row>(withContent(ofPlaylist))]);

type Row = Record<string, unknown>;
