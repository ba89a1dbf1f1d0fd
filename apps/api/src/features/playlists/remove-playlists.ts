import type { removePlaylistsInput } from "@vitrine/core/model/playlist";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { devices, organizations } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import type { CommandContext, Recorder } from "../../trpc/command.ts";
import { editedBy } from "../edited-by.ts";
import { removeThings } from "../removal.ts";

/**
 * Removes playlists, undone by `restoreThings`. What is in use is refused (IN_USE, saying by what) unless `force`:
 * then screens and the organization are taken off it, while entries, layouts and playlists keep it for when it comes
 * back, and pass it over. NOT_FOUND unless every id is a present playlist.
 */
export async function removePlaylists(
  ctx: CommandContext,
  input: z.infer<typeof removePlaylistsInput>,
): Promise<void> {
  await removeThings(ctx, "playlist", input, (tx, record, found) =>
    takeOff(
      tx,
      ctx,
      record,
      found.map(({ id }) => id),
    ),
  );
}

/**
 * Takes screens and the organization off playlists. Screens first: whoever assigns playlists takes screens before the
 * organization's row, which comes last everywhere.
 */
async function takeOff(
  tx: OrganizationTransaction,
  ctx: CommandContext,
  record: Recorder,
  ids: readonly string[],
): Promise<void> {
  const { organizationId } = tx.scope;
  const edited = editedBy(ctx);
  const screens = await tx
    .update(devices)
    .set({ playlistId: null, ...edited })
    .where(and(eq(devices.organizationId, organizationId), isAnyOf(devices.playlistId, "uuid", ids)))
    .returning({ id: devices.id });
  // What plays where nothing else does is the organization's to choose; a removed playlist does not play there either.
  const isWhole = tx.scope.businessIds === null;
  const defaults = await tx
    .update(organizations)
    .set({ defaultPlaylistId: null, ...edited })
    .where(
      and(
        eq(organizations.organizationId, organizationId),
        isAnyOf(organizations.defaultPlaylistId, "uuid", isWhole ? ids : []),
      ),
    )
    .returning({ id: organizations.organizationId });
  for (const { id } of screens) {
    record.audit({
      action: "devices.assignPlaylist",
      subject: "device",
      subjectId: id,
      after: { playlistId: null },
    });
  }
  record.changed(
    "device",
    screens.map(({ id }) => id),
    "assigned",
  );
  if (defaults.length === 0) return;
  record.audit({
    action: "organization.update",
    subject: "organization",
    subjectId: organizationId,
    after: { defaultPlaylistId: null },
  });
  record.changed("organization", [organizationId], "updated");
}
