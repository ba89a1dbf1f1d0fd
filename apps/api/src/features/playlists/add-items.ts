import type { addItemsInput } from "@vitrine/core/model/playlist";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { insertItems, newItems, requireAssets, requireRoom } from "./insert-items.ts";
import { lockPlaylist, touchPlaylist } from "./lock-playlist.ts";
import { requireNestable } from "./nesting.ts";
import { openPositions } from "./positions.ts";

/**
 * Adds assets, then playlists, in the order given, before an item or at the end. Errors: PLAYLIST_FULL,
 * PLAYLIST_CYCLE, PLAYLISTS_TOO_DEEP, NOT_FOUND for an unknown playlist, asset or item.
 */
export async function addItems(
  ctx: CommandContext,
  { playlistId, assetIds, playlistIds, beforeItemId }: z.infer<typeof addItemsInput>,
): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    await lockPlaylist(tx, playlistId);
    const added = assetIds.length + playlistIds.length;
    await requireRoom(tx, playlistId, added);
    await requireAssets(tx, assetIds);
    await requireNestable(tx, playlistId, playlistIds);
    const place = { playlistId, beforeItemId: beforeItemId ?? null };
    const positions = await openPositions(tx, place, added);
    const items = newItems(ctx.services.newId, { assetIds, playlistIds }, positions);
    await insertItems(tx, playlistId, items);
    await touchPlaylist(tx, ctx, playlistId);
    record.audit({
      action: "playlists.addItems",
      subject: "playlist",
      subjectId: playlistId,
      after: {
        items: items.map(({ id, assetId, nestedPlaylistId }) => ({ id, assetId, nestedPlaylistId })),
        beforeItemId: place.beforeItemId,
      },
    });
    record.changed("playlist", [playlistId], "items_added");
  });
}
