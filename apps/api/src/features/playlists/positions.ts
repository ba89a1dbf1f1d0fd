import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { playlistItems } from "@vitrine/db/schema";
import { arrayOf } from "@vitrine/db/values";
import { and, asc, desc, eq, lt, ne, sql } from "drizzle-orm";
import { generateNKeysBetween } from "fractional-indexing";

/** A place in a playlist: before an item, or (null) at the end; as if `without` were not there. */
export type Place = { playlistId: string; beforeItemId: string | null; without?: string };

/** Keys grow where one place is used again and again; past this length all items are spread anew. */
const MAX_LENGTH = 48;

/**
 * Positions for `count` items at a place of a locked playlist, in order. May give every item of the playlist a new,
 * shorter position, in the same order. NOT_FOUND when `beforeItemId` is not an item of the playlist.
 */
export async function openPositions(
  tx: OrganizationTransaction,
  place: Place,
  count: number,
): Promise<string[]> {
  const positions = await between(tx, place, count);
  if (positions.every((one) => one.length <= MAX_LENGTH)) return positions;
  await spreadPositions(tx, place.playlistId);
  return between(tx, place, count);
}

/** The first positions of a playlist that has no items. */
export function firstPositions(count: number): string[] {
  return generateNKeysBetween(null, null, count);
}

async function between(tx: OrganizationTransaction, place: Place, count: number): Promise<string[]> {
  const { playlistId, beforeItemId, without } = place;
  const ofPlaylist = and(
    eq(playlistItems.organizationId, tx.scope.organizationId),
    eq(playlistItems.playlistId, playlistId),
  );
  const following = beforeItemId === null ? undefined : await positionOf(beforeItemId);
  const preceding = await tx
    .select({ position: playlistItems.position })
    .from(playlistItems)
    .where(
      and(
        ofPlaylist,
        following === undefined ? undefined : lt(playlistItems.position, following),
        without === undefined ? undefined : ne(playlistItems.id, without),
      ),
    )
    .orderBy(desc(playlistItems.position))
    .limit(1);
  return generateNKeysBetween(preceding[0]?.position ?? null, following ?? null, count);

  async function positionOf(itemId: string): Promise<string> {
    const rows = await tx
      .select({ position: playlistItems.position })
      .from(playlistItems)
      .where(and(ofPlaylist, eq(playlistItems.id, itemId)));
    const row = rows[0];
    if (!row) throw appError("NOT_FOUND");
    return row.position;
  }
}

async function spreadPositions(tx: OrganizationTransaction, playlistId: string): Promise<void> {
  const { organizationId } = tx.scope;
  const items = await tx
    .select({ id: playlistItems.id })
    .from(playlistItems)
    .where(and(eq(playlistItems.organizationId, organizationId), eq(playlistItems.playlistId, playlistId)))
    .orderBy(asc(playlistItems.position), asc(playlistItems.id));
  const ids = items.map(({ id }) => id);
  await tx.execute(sql`
    update ${playlistItems} set position = fresh.position
    from unnest(${arrayOf("uuid", ids)}, ${arrayOf("text", firstPositions(ids.length))}) as fresh (id, position)
    where ${playlistItems.organizationId} = ${organizationId} and ${playlistItems.id} = fresh.id`);
}
