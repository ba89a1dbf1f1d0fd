import type { addItemsInput } from "@vitrine/core/model/playlist";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { insertItems, requireAssets, requireRoom } from "./insert-items.ts";
import { lockPlaylist, touchPlaylist } from "./lock-playlist.ts";
import { openPositions } from "./positions.ts";

/**
 * Adds assets in the order given, before an item or at the end. Errors: PLAYLIST_FULL, NOT_FOUND for an unknown
 * playlist, asset or item.
 */
export async function addItems(
  ctx: CommandContext,
  { playlistId, assetIds, beforeItemId }: z.infer<typeof addItemsInput>,
): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    await lockPlaylist(tx, playlistId);
    await requireRoom(tx, playlistId, assetIds.length);
    await requireAssets(tx, assetIds);
    const place = { playlistId, beforeItemId: beforeItemId ?? null };
    const positions = await openPositions(tx, place, assetIds.length);
    const items = positions.flatMap((position, index) => {
      const assetId = assetIds[index];
      const id = ctx.services.newId();
      return assetId === undefined ? [] : [{ id, assetId, position, durationMs: null, isEnabled: true }];
    });
    await insertItems(tx, playlistId, items);
    await touchPlaylist(tx, ctx, playlistId);
    record.audit({
      action: "playlists.addItems",
      subject: "playlist",
      subjectId: playlistId,
      after: { items: items.map(({ id, assetId }) => ({ id, assetId })), beforeItemId: place.beforeItemId },
    });
    record.changed("playlist", [playlistId], "items_added");
  });
}
