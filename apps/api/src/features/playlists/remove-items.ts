import { appError } from "@vitrine/core/model/errors";
import type { removeItemsInput } from "@vitrine/core/model/playlist";
import { playlistItems } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { lockPlaylist, touchPlaylist } from "./lock-playlist.ts";

/** Takes items out of a playlist; their assets stay. NOT_FOUND unless every id is an item of it. */
export async function removeItems(
  ctx: CommandContext,
  { playlistId, itemIds }: z.infer<typeof removeItemsInput>,
): Promise<void> {
  const distinct = [...new Set(itemIds)];
  await runCommand(ctx, async (tx, record) => {
    await lockPlaylist(tx, playlistId);
    const removed = await tx
      .delete(playlistItems)
      .where(
        and(
          eq(playlistItems.organizationId, ctx.scope.organizationId),
          eq(playlistItems.playlistId, playlistId),
          isAnyOf(playlistItems.id, "uuid", distinct),
        ),
      )
      .returning({
        id: playlistItems.id,
        assetId: playlistItems.assetId,
        nestedPlaylistId: playlistItems.nestedPlaylistId,
        durationMs: playlistItems.durationMs,
        isEnabled: playlistItems.isEnabled,
      });
    if (removed.length !== distinct.length) throw appError("NOT_FOUND");
    await touchPlaylist(tx, ctx, playlistId);
    record.audit({
      action: "playlists.removeItems",
      subject: "playlist",
      subjectId: playlistId,
      before: { items: removed },
    });
    record.changed("playlist", [playlistId], "items_removed");
  });
}
