import { appError } from "@vitrine/core/model/errors";
import { MAX_PLAYLIST_ITEMS } from "@vitrine/core/model/playlist";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { assets, playlistItems } from "@vitrine/db/schema";
import { arrayOf, isAnyOf } from "@vitrine/db/values";
import { and, count, eq, sql } from "drizzle-orm";

export type NewItem = {
  id: string;
  assetId: string;
  position: string;
  durationMs: number | null;
  isEnabled: boolean;
};

/** Writes items of a playlist in one statement, however many. */
export async function insertItems(
  tx: OrganizationTransaction,
  playlistId: string,
  items: readonly NewItem[],
): Promise<void> {
  if (items.length === 0) return;
  await tx.execute(sql`
    insert into ${playlistItems} (organization_id, playlist_id, id, asset_id, position, duration_ms, is_enabled)
    select ${tx.scope.organizationId}::uuid, ${playlistId}::uuid, one.* from unnest(
      ${arrayOf(
        "uuid",
        items.map((item) => item.id),
      )},
      ${arrayOf(
        "uuid",
        items.map((item) => item.assetId),
      )},
      ${arrayOf(
        "text",
        items.map((item) => item.position),
      )},
      ${arrayOf(
        "integer",
        items.map((item) => item.durationMs),
      )},
      ${arrayOf(
        "boolean",
        items.map((item) => item.isEnabled),
      )}) as one`);
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
