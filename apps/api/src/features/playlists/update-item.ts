import { appError } from "@vitrine/core/model/errors";
import type { updateItemInput } from "@vitrine/core/model/playlist";
import { playlistItems } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { lockPlaylist, touchPlaylist } from "./lock-playlist.ts";

/** Changes how long an item is shown (null: as long as its asset lasts) and whether it is. NOT_FOUND. */
export async function updateItem(
  ctx: CommandContext,
  { playlistId, itemId, durationMs, isEnabled }: z.infer<typeof updateItemInput>,
): Promise<void> {
  const isItem = and(
    eq(playlistItems.organizationId, ctx.scope.organizationId),
    eq(playlistItems.playlistId, playlistId),
    eq(playlistItems.id, itemId),
  );
  await runCommand(ctx, async (tx, record) => {
    await lockPlaylist(tx, playlistId);
    const rows = await tx
      .select({ durationMs: playlistItems.durationMs, isEnabled: playlistItems.isEnabled })
      .from(playlistItems)
      .where(isItem);
    const before = rows[0];
    if (!before) throw appError("NOT_FOUND");
    const after = {
      durationMs: durationMs === undefined ? before.durationMs : durationMs,
      isEnabled: isEnabled ?? before.isEnabled,
    };
    if (after.durationMs === before.durationMs && after.isEnabled === before.isEnabled) return;
    await tx.update(playlistItems).set(after).where(isItem);
    await touchPlaylist(tx, ctx, playlistId);
    record.audit({
      action: "playlists.updateItem",
      subject: "playlist",
      subjectId: playlistId,
      before: { itemId, ...before },
      after: { itemId, ...after },
    });
    record.changed("playlist", [playlistId], "item_updated");
  });
}
