import { appError } from "@vitrine/core/model/errors";
import type { updateItemInput } from "@vitrine/core/model/playlist";
import { playlistItems } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { onlyGiven } from "../only-given.ts";
import { findItemDayparts, setItemDayparts } from "./item-dayparts.ts";
import { lockPlaylist, touchPlaylist } from "./lock-playlist.ts";

/** Changes how long an item is shown (null: as long as its content lasts), how often, when, and whether. NOT_FOUND. */
export async function updateItem(
  ctx: CommandContext,
  { playlistId, itemId, daypartIds, ...given }: z.infer<typeof updateItemInput>,
): Promise<void> {
  const isItem = and(
    eq(playlistItems.organizationId, ctx.scope.organizationId),
    eq(playlistItems.playlistId, playlistId),
    eq(playlistItems.id, itemId),
  );
  await runCommand(ctx, async (tx, record) => {
    await lockPlaylist(tx, playlistId);
    const rows = await tx
      .select({
        durationMs: playlistItems.durationMs,
        isEnabled: playlistItems.isEnabled,
        take: playlistItems.take,
        weight: playlistItems.weight,
      })
      .from(playlistItems)
      .where(isItem);
    const row = rows[0];
    if (!row) throw appError("NOT_FOUND");
    const before = { ...row, daypartIds: await findItemDayparts(tx, itemId) };
    const waits = daypartIds === undefined ? before.daypartIds : [...new Set(daypartIds)].sort();
    const after = { ...before, ...onlyGiven(given), daypartIds: waits };
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    const { daypartIds: _, ...columns } = after;
    await tx.update(playlistItems).set(columns).where(isItem);
    if (waits.join() !== before.daypartIds.join()) await setItemDayparts(tx, itemId, waits);
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
