import type { updatePlaylistInput } from "@vitrine/core/model/playlist";
import { playlists } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { businessOf, tellMove } from "../businesses/belonging.ts";
import { claimName } from "../names.ts";
import { lockPlaylist, touchPlaylist } from "./lock-playlist.ts";

/** Gives a playlist another name, order, fade or business; what is not given stays. Errors: NOT_FOUND, NAME_TAKEN. */
export async function updatePlaylist(
  ctx: CommandContext,
  { id, ...given }: z.infer<typeof updatePlaylistInput>,
): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const { name, order, fadeMs, businessId } = await lockPlaylist(tx, id);
    const before = { name, order, fadeMs, businessId };
    const after = {
      name: given.name ?? name,
      order: given.order ?? order,
      fadeMs: given.fadeMs ?? fadeMs,
      businessId: await businessOf(tx, before, given),
    };
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    await claimName(playlists, after.name, () =>
      tx
        .update(playlists)
        .set(after)
        .where(and(eq(playlists.organizationId, ctx.scope.organizationId), eq(playlists.id, id))),
    );
    await touchPlaylist(tx, ctx, id);
    record.audit({ action: "playlists.update", subject: "playlist", subjectId: id, before, after });
    record.changed("playlist", [id], "updated");
    tellMove(record, "playlist", id, before, after);
  });
}
