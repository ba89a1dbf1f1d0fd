import type { renamePlaylistInput } from "@vitrine/core/model/playlist";
import { playlists } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { claimName } from "../names.ts";
import { lockPlaylist, touchPlaylist } from "./lock-playlist.ts";

/** Gives a playlist another name. Errors: NOT_FOUND, NAME_TAKEN. */
export async function renamePlaylist(
  ctx: CommandContext,
  { id, name }: z.infer<typeof renamePlaylistInput>,
): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const before = await lockPlaylist(tx, id);
    if (before.name === name) return;
    await claimName(playlists, name, () =>
      tx
        .update(playlists)
        .set({ name })
        .where(and(eq(playlists.organizationId, ctx.scope.organizationId), eq(playlists.id, id))),
    );
    await touchPlaylist(tx, ctx, id);
    record.audit({
      action: "playlists.rename",
      subject: "playlist",
      subjectId: id,
      before: { name: before.name },
      after: { name },
    });
    record.changed("playlist", [id], "renamed");
  });
}
