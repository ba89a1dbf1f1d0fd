import { appError } from "@vitrine/core/model/errors";
import type { Page } from "@vitrine/core/model/paging";
import type { listPlaylistsInput, PlaylistSummary, PlaylistView } from "@vitrine/core/model/playlist";
import type { Database } from "@vitrine/db/database";
import { assets, blobs, itemDayparts, organizations, playlistItems, playlists } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, asc, count, desc, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { assetDurationMs } from "../../manifest/playable.ts";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import { isOfBusiness } from "../businesses/belonging.ts";
import { toPlaylistItemView } from "./item-view.ts";
import { type FileUrl, inOrganizationOfPlaylist, summaryColumns, toPlaylistSummary } from "./summary.ts";

/** What reading playlists needs: whose they are, and how the one who asks reaches files. */
export type PlaylistReader = { database: Database; scope: OrganizationScope; fileUrl: FileUrl };

const byTime = z.tuple([z.literal("newest"), z.iso.datetime({ precision: 3 }), z.uuid()]);
const byName = z.tuple([z.literal("name"), z.string().max(200), z.uuid()]);

/** Playlists by time (newest first) or by name; `search` finds a part of the name, whatever its case. */
export async function listPlaylists(
  { database, scope, fileUrl }: PlaylistReader,
  { cursor, limit, search, businessId, removed, sort }: z.infer<typeof listPlaylistsInput>,
): Promise<Page<PlaylistSummary>> {
  const { organizationId } = scope;
  const found = and(
    eq(playlists.organizationId, organizationId),
    eq(playlists.isActive, !removed),
    isOfBusiness(playlists, businessId),
    search === undefined ? undefined : sql`${playlists.id} in (select app.search_playlists(${search}))`,
  );
  const order =
    sort === "name"
      ? [asc(playlists.isActive), asc(playlists.name), asc(playlists.id)]
      : [desc(playlists.isActive), desc(playlists.createdAt), desc(playlists.id)];
  const [rows, counted] = await database.batch(scope, (q) => [
    q
      .select(summaryColumns)
      .from(playlists)
      .innerJoin(organizations, inOrganizationOfPlaylist)
      .where(and(found, behindCursor(sort, cursor)))
      .orderBy(...order)
      .limit(limit + 1),
    q.select({ total: count() }).from(playlists).where(found),
  ]);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const key = last && [sort, sort === "name" ? last.name : last.createdAt.toISOString(), last.id];
  return {
    rows: shown.map((row) => toPlaylistSummary(row, fileUrl)),
    nextCursor: key ? encodeCursor(key) : null,
    total: counted[0]?.total ?? 0,
  };
}

/** One playlist, removed or not, with all its items in order. NOT_FOUND. */
export async function getPlaylist(
  { database, scope, fileUrl }: PlaylistReader,
  id: string,
): Promise<PlaylistView> {
  const { organizationId } = scope;
  const isItem = and(eq(playlistItems.organizationId, organizationId), eq(playlistItems.playlistId, id));
  const isShown = and(
    eq(assets.organizationId, organizationId),
    sql`${assets.id} = any(array(select ${playlistItems.assetId} from ${playlistItems} where ${isItem}))`,
  );
  const isWithin = and(
    eq(playlists.organizationId, organizationId),
    sql`${playlists.id} = any(array(select ${playlistItems.nestedPlaylistId} from ${playlistItems} where ${isItem}))`,
  );
  const [summaries, items, shown, files, within] = await database.batch(scope, (q) => [
    q
      .select(summaryColumns)
      .from(playlists)
      .innerJoin(organizations, inOrganizationOfPlaylist)
      .where(and(eq(playlists.organizationId, organizationId), eq(playlists.id, id))),
    q
      .select({
        id: playlistItems.id,
        assetId: playlistItems.assetId,
        playlistId: playlistItems.nestedPlaylistId,
        durationMs: playlistItems.durationMs,
        isEnabled: playlistItems.isEnabled,
        take: playlistItems.take,
        weight: playlistItems.weight,
        daypartIds: daypartsOfItem,
      })
      .from(playlistItems)
      .where(isItem)
      .orderBy(asc(playlistItems.position), asc(playlistItems.id)),
    q
      .select(assetColumns)
      .from(assets)
      .innerJoin(organizations, eq(organizations.organizationId, organizationId))
      .where(isShown),
    q
      .select({ sha256: blobs.sha256, mediaType: blobs.mediaType })
      .from(blobs)
      .where(
        and(
          eq(blobs.organizationId, organizationId),
          sql`${blobs.sha256} = any(array(
            select unnest(array[${assets.blobSha256}, ${assets.thumbnailSha256}]) from ${assets} where ${isShown}))`,
        ),
      ),
    q
      .select({
        id: playlists.id,
        name: playlists.name,
        isActive: playlists.isActive,
        itemCount: summaryColumns.itemCount,
        durationMs: summaryColumns.totalDurationMs,
      })
      .from(playlists)
      .innerJoin(organizations, inOrganizationOfPlaylist)
      .where(isWithin),
  ]);
  const summary = summaries[0];
  if (!summary) throw appError("NOT_FOUND");
  const urls = new Map(files.map((file) => [file.sha256, fileUrl(file)]));
  const byId = new Map(shown.map((asset) => [asset.id, asset]));
  const listsById = new Map(within.map((list) => [list.id, list]));
  return {
    ...toPlaylistSummary(summary, fileUrl),
    version: summary.version,
    items: items.map((item) => {
      const asset = item.assetId === null ? undefined : byId.get(item.assetId);
      const playlist = item.playlistId === null ? undefined : listsById.get(item.playlistId);
      return toPlaylistItemView(item, { asset, playlist }, urls);
    }),
  };
}

const daypartsOfItem = sql<string[]>`(
  select coalesce(json_agg(${itemDayparts.daypartId} order by ${itemDayparts.daypartId}), '[]') from ${itemDayparts}
  where ${itemDayparts.organizationId} = ${playlistItems.organizationId} and ${itemDayparts.itemId} = ${playlistItems.id})`;

const assetColumns = {
  id: assets.id,
  name: assets.name,
  kind: assets.kind,
  state: assets.state,
  isEnabled: assets.isEnabled,
  isActive: assets.isActive,
  width: assets.width,
  height: assets.height,
  url: assets.url,
  durationMs: assetDurationMs,
  blobSha256: assets.blobSha256,
  thumbnailSha256: assets.thumbnailSha256,
};

function behindCursor(sort: "newest" | "name", cursor: string | undefined) {
  if (sort === "name") {
    const after = decodeCursor(cursor, byName);
    return after && sql`(${playlists.name}, ${playlists.id}) > (${after[1]}, ${after[2]}::uuid)`;
  }
  const after = decodeCursor(cursor, byTime);
  return (
    after && sql`(${playlists.createdAt}, ${playlists.id}) < (${after[1]}::timestamptz, ${after[2]}::uuid)`
  );
}
