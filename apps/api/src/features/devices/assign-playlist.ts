import type { assignPlaylistInput } from "@vitrine/core/model/device";
import { appError } from "@vitrine/core/model/errors";
import { devices, playlists } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, asc, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { editedBy } from "../edited-by.ts";

/**
 * Gives screens a playlist of their own, or (null) the organization's default. All of them or none: NOT_FOUND when
 * one is not a present screen of the organization, or the playlist is not a present one.
 */
export async function assignPlaylist(
  ctx: CommandContext,
  { deviceIds, playlistId }: z.infer<typeof assignPlaylistInput>,
): Promise<void> {
  const { organizationId } = ctx.scope;
  const asked = [...new Set(deviceIds)];
  await runCommand(ctx, async (tx, record) => {
    if (playlistId !== null) {
      const [playlist] = await tx
        .select({ id: playlists.id })
        .from(playlists)
        .where(
          and(
            eq(playlists.organizationId, organizationId),
            eq(playlists.id, playlistId),
            eq(playlists.isActive, true),
          ),
        )
        .for("key share");
      if (!playlist) throw appError("NOT_FOUND");
    }
    const present = and(
      eq(devices.organizationId, organizationId),
      isAnyOf(devices.id, "uuid", asked),
      eq(devices.isActive, true),
    );
    const found = await tx
      .select({ id: devices.id, playlistId: devices.playlistId })
      .from(devices)
      .where(present)
      .orderBy(asc(devices.id))
      .for("no key update");
    if (found.length !== asked.length) throw appError("NOT_FOUND");
    const changing = found.filter((device) => device.playlistId !== playlistId);
    if (changing.length === 0) return;
    const ids = changing.map(({ id }) => id);
    await tx
      .update(devices)
      .set({ playlistId, ...editedBy(ctx) })
      .where(and(eq(devices.organizationId, organizationId), isAnyOf(devices.id, "uuid", ids)));
    for (const device of changing) {
      record.audit({
        action: "devices.assignPlaylist",
        subject: "device",
        subjectId: device.id,
        before: { playlistId: device.playlistId },
        after: { playlistId },
      });
    }
    record.changed("device", ids, "assigned");
  });
}
