import { appError } from "@vitrine/core/model/errors";
import { MAX_PLAYLIST_ITEMS } from "@vitrine/core/model/playlist";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { assets, playlistItems } from "@vitrine/db/schema";
import { arrayOf, isAnyOf } from "@vitrine/db/values";
import { and, count, eq, sql } from "drizzle-orm";

/** A line as it is stored, but for what every line of the playlist has. */
export type NewItem = Omit<typeof playlistItems.$inferSelect, "organizationId" | "playlistId">;

/** Lines of assets, then of playlists, each as it comes: enabled, once a cycle, for as long as its content lasts. */
export function newItems(
  newId: () => string,
  { assetIds, playlistIds }: { assetIds: readonly string[]; playlistIds: readonly string[] },
  positions: readonly string[],
): NewItem[] {
  const contents = [
    ...assetIds.map((assetId) => ({ assetId, nestedPlaylistId: null })),
    ...playlistIds.map((nestedPlaylistId) => ({ assetId: null, nestedPlaylistId })),
  ];
  return contents.flatMap((content, place) => {
    const position = positions[place];
    if (position === undefined) return [];
    return [{ id: newId(), ...content, position, durationMs: null, take: null, weight: 1, isEnabled: true }];
  });
}

/** Writes items of a playlist in one statement, however many. */
export async function insertItems(
  tx: OrganizationTransaction,
  playlistId: string,
  items: readonly NewItem[],
): Promise<void> {
  if (items.length === 0) return;
  const { organizationId } = tx.scope;
  const columns = [
    arrayOf(
      "uuid",
      items.map(({ id }) => id),
    ),
    arrayOf(
      "uuid",
      items.map(({ assetId }) => assetId),
    ),
    arrayOf(
      "uuid",
      items.map(({ nestedPlaylistId }) => nestedPlaylistId),
    ),
    arrayOf(
      "text",
      items.map(({ position }) => position),
    ),
    arrayOf(
      "integer",
      items.map(({ durationMs }) => durationMs),
    ),
    arrayOf(
      "integer",
      items.map(({ take }) => take),
    ),
    arrayOf(
      "integer",
      items.map(({ weight }) => weight),
    ),
    arrayOf(
      "boolean",
      items.map(({ isEnabled }) => isEnabled),
    ),
  ];
  await tx.execute(sql`
    insert into ${playlistItems} (organization_id, playlist_id, id, asset_id, nested_playlist_id, position,
      duration_ms, take, weight, is_enabled)
    select ${organizationId}::uuid, ${playlistId}::uuid, one.* from unnest(${sql.join(columns, sql`, `)}) as one`);
}

/** Throws PLAYLIST_FULL, with the limit and the use, when `added` more items would not fit. */
export async function requireRoom(
  tx: OrganizationTransaction,
  playlistId: string,
  added: number,
): Promise<void> {
  const counted = await tx
    .select({ use: count() })
    .from(playlistItems)
    .where(
      and(
        eq(playlistItems.organizationId, tx.scope.organizationId),
        eq(playlistItems.playlistId, playlistId),
      ),
    );
  const use = counted[0]?.use ?? 0;
  if (use + added > MAX_PLAYLIST_ITEMS) throw appError("PLAYLIST_FULL", { limit: MAX_PLAYLIST_ITEMS, use });
}

/** Throws NOT_FOUND unless every id is a present asset. One that is removed meanwhile just does not play. */
export async function requireAssets(tx: OrganizationTransaction, ids: readonly string[]): Promise<void> {
  const distinct = [...new Set(ids)];
  const found = await tx
    .select({ id: assets.id })
    .from(assets)
    .where(
      and(
        eq(assets.organizationId, tx.scope.organizationId),
        eq(assets.isActive, true),
        isAnyOf(assets.id, "uuid", distinct),
      ),
    );
  if (found.length !== distinct.length) throw appError("NOT_FOUND");
}
