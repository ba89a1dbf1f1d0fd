import { appError } from "@vitrine/core/model/errors";
import { MAX_NESTING } from "@vitrine/core/schedule";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { playlists } from "@vitrine/db/schema";
import { arrayOf, isAnyOf } from "@vitrine/db/values";
import { and, eq, sql } from "drizzle-orm";
import { takeTurn } from "../take-turn.ts";

/**
 * Lets playlists lie within another: throws NOT_FOUND unless each is present, PLAYLIST_CYCLE (with the way round, by
 * name; what the caller does not see has none) and PLAYLISTS_TOO_DEEP. Whoever nests in the organization meanwhile waits for the end of the transaction.
 */
export async function requireNestable(
  tx: OrganizationTransaction,
  playlistId: string,
  nestedIds: readonly string[],
): Promise<void> {
  const nested = [...new Set(nestedIds)];
  if (nested.length === 0) return;
  await requirePresent(tx, nested);
  await takeTurn(tx, "nested playlists");
  const parents = new Map(nested.map((id) => [id, playlistId]));
  const below = await walk(tx, nested, "down", parents);
  if (parents.has(playlistId))
    throw appError("PLAYLIST_CYCLE", { names: await wayRound(tx, playlistId, parents) });
  const above = await walk(tx, [playlistId], "up", new Map());
  const depth = above + below;
  if (depth > MAX_NESTING) throw appError("PLAYLISTS_TOO_DEEP", { limit: MAX_NESTING, use: depth });
}

async function requirePresent(tx: OrganizationTransaction, ids: readonly string[]): Promise<void> {
  const found = await tx
    .select({ id: playlists.id })
    .from(playlists)
    .where(
      and(
        eq(playlists.organizationId, tx.scope.organizationId),
        eq(playlists.isActive, true),
        isAnyOf(playlists.id, "uuid", ids),
      ),
    )
    .for("key share");
  if (found.length !== ids.length) throw appError("NOT_FOUND");
}

/** Goes from playlists to those within them, or around them, level by level; gives how many levels there are. */
async function walk(
  tx: OrganizationTransaction,
  start: readonly string[],
  direction: "down" | "up",
  cameFrom: Map<string, string>,
): Promise<number> {
  let level = start;
  let count = 0;
  for (; level.length > 0 && count <= MAX_NESTING; count += 1) {
    const edges = await tx.execute<{ here: string; there: string }>(
      sql`select here, there from app.nested_playlists(${arrayOf("uuid", level)}, ${direction === "up"})`,
    );
    for (const { here, there } of edges) if (!cameFrom.has(there)) cameFrom.set(there, here);
    level = [...new Set(edges.map(({ there }) => there))];
  }
  return count;
}

/** From the playlist down to itself. */
async function wayRound(
  tx: OrganizationTransaction,
  playlistId: string,
  parents: ReadonlyMap<string, string>,
): Promise<string[]> {
  const way = [playlistId];
  for (let id = parents.get(playlistId); id !== undefined && id !== playlistId; id = parents.get(id))
    way.push(id);
  const rows = await tx
    .select({ id: playlists.id, name: playlists.name })
    .from(playlists)
    .where(and(eq(playlists.organizationId, tx.scope.organizationId), isAnyOf(playlists.id, "uuid", way)));
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return [playlistId, ...way.toReversed()].map((id) => names.get(id) ?? "");
}
