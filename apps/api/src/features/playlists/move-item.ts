import { appError } from "@vitrine/core/model/errors";
import type { moveItemInput } from "@vitrine/core/model/playlist";
import { playlistItems } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { lockPlaylist, touchPlaylist } from "./lock-playlist.ts";
import { openPositions } from "./positions.ts";

/** Moves an item before another one, or to the end. Before itself changes nothing. NOT_FOUND for an unknown one. */
export async function moveItem(
  ctx: CommandContext,
  { playlistId, itemId, beforeItemId }: z.infer<typeof moveItemInput>,
): Promise<void> {
  const isItem = and(
    eq(playlistItems.organizationId, ctx.scope.organizationId),
    eq(playlistItems.playlistId, playlistId),
    eq(playlistItems.id, itemId),
  );
  await runCommand(ctx, async (tx, record) => {
    await lockPlaylist(tx, playlistId);
    const found = await tx.select({ id: playlistItems.id }).from(playlistItems).where(isItem);
    if (found.length === 0) throw appError("NOT_FOUND");
    if (beforeItemId === itemId) return;
    const [position] = await openPositions(tx, { playlistId, beforeItemId, without: itemId }, 1);
    await tx.update(playlistItems).set({ position }).where(isItem);
    await touchPlaylist(tx, ctx, playlistId);
    record.audit({
      action: "playlists.moveItem",
      subject: "playlist",
      subjectId: playlistId,
      after: { itemId, beforeItemId },
    });
    record.changed("playlist", [playlistId], "item_moved");
  });
}
