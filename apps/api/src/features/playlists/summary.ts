import type { PlaylistSummary } from "@vitrine/core/model/playlist";
import { assets, blobs, devices, organizations, playlistItems, playlists } from "@vitrine/db/schema";
import { and, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { isPlayableAsset, itemDurationMs } from "../../manifest/playable.ts";

/** Address of a file for the one who asks. */
export type FileUrl = (file: { sha256: string; mediaType: string }) => string;

const THUMBNAILS = 4;

/**
 * Columns of a playlist's summary, for queries over `playlists` joined with their `organizations` row by
 * `inOrganizationOfPlaylist`. Counts are sub-queries by index, made only for the rows that a page shows.
 */
export const summaryColumns = {
  id: playlists.id,
  businessId: playlists.businessId,
  name: playlists.name,
  order: playlists.order,
  fadeMs: playlists.fadeMs,
  version: playlists.version,
  isActive: playlists.isActive,
  createdAt: playlists.createdAt,
  updatedAt: playlists.updatedAt,
  isDefault: sql<boolean>`${organizations.defaultPlaylistId} is not distinct from ${playlists.id}`,
  itemCount: sql<number>`(select count(*) from ${playlistItems} where ${ofPlaylist()})`,
  // Of a playlist within, as often as it comes, and the part that `take` takes of it on average.
  totalDurationMs: sql<number>`(
    with recursive part (id, times) as (
      select ${playlists.id}, 1::float8
      union all
      select inside.nested_playlist_id, part.times * inside.weight * coalesce(least(1, inside.take::float8 / nullif((
          select count(*) from ${playlistItems} as inner_item where inner_item.organization_id = ${playlists.organizationId}
            and inner_item.playlist_id = inside.nested_playlist_id and inner_item.is_enabled), 0)), 1)
      from part join ${playlistItems} as inside on inside.organization_id = ${playlists.organizationId}
        and inside.playlist_id = part.id and inside.nested_playlist_id is not null and inside.is_enabled
    )
    select coalesce(round(sum(part.times * ${playlistItems.weight} * (
      select ${itemDurationMs} from ${assets} where ${isAssetOfItem()} and ${isPlayableAsset}
    ))), 0)::float8 from part join ${playlistItems} on ${playlistItems.organizationId} = ${playlists.organizationId}
      and ${playlistItems.playlistId} = part.id and ${playlistItems.isEnabled})`,
  deviceCount: sql<number>`(
    select count(*) from ${devices} where ${devices.organizationId} = ${playlists.organizationId}
    and ${devices.isActive} and (
      ${devices.playlistId} = ${playlists.id}
      or (${devices.playlistId} is null and ${organizations.defaultPlaylistId} = ${playlists.id})
    ))`,
  // `offset 0` keeps the look-up of an asset a look-up by its whole key, also for a planner without statistics.
  thumbnails: sql<unknown>`(
    select coalesce(json_agg(json_build_object('sha256', one.sha256, 'mediaType', one.media_type)), '[]')
    from (
      select thumbnail.* from ${playlistItems} cross join lateral (
        select ${blobs.sha256} as sha256, ${blobs.mediaType} as media_type from ${assets}
        join ${blobs} on ${blobs.organizationId} = ${assets.organizationId}
          and ${blobs.sha256} = ${assets.thumbnailSha256}
        where ${isAssetOfItem()} and ${isPlayableAsset} offset 0
      ) as thumbnail
      where ${ofPlaylist()} and ${playlistItems.isEnabled}
      order by ${playlistItems.position}, ${playlistItems.id} limit ${sql.raw(`${THUMBNAILS}`)}
    ) as one)`,
};

export const inOrganizationOfPlaylist = eq(organizations.organizationId, playlists.organizationId);

type SummaryRow = {
  id: string;
  businessId: string | null;
  name: string;
  order: PlaylistSummary["order"];
  fadeMs: number;
  isActive: boolean;
  updatedAt: Date;
  isDefault: boolean;
  itemCount: number;
  totalDurationMs: number;
  deviceCount: number;
  thumbnails: unknown;
};

/** A summary as people see it. */
export function toPlaylistSummary(row: SummaryRow, fileUrl: FileUrl): PlaylistSummary {
  return {
    id: row.id,
    businessId: row.businessId,
    name: row.name,
    order: row.order,
    fadeMs: row.fadeMs,
    itemCount: row.itemCount,
    totalDurationMs: row.totalDurationMs,
    isDefault: row.isDefault,
    isActive: row.isActive,
    deviceCount: row.deviceCount,
    thumbnailUrls: thumbnailFiles.parse(row.thumbnails).map((file) => fileUrl(file)),
    updatedAt: row.updatedAt.toISOString(),
  };
}

const thumbnailFiles = z.array(z.strictObject({ sha256: z.string(), mediaType: z.string() }));

function ofPlaylist() {
  return and(
    eq(playlistItems.organizationId, playlists.organizationId),
    eq(playlistItems.playlistId, playlists.id),
  );
}

function isAssetOfItem() {
  return and(eq(assets.organizationId, playlistItems.organizationId), eq(assets.id, playlistItems.assetId));
}
