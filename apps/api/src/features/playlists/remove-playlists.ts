import { appError } from "@vitrine/core/model/errors";
import type { removePlaylistsInput } from "@vitrine/core/model/playlist";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { devices, organizations, playlists } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, asc, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, type Recorder, runCommand } from "../../trpc/command.ts";
import { editedBy } from "./lock-playlist.ts";
import { findUsedBy } from "./used-by.ts";

/**
 * Removes playlists, undone by `restorePlaylists`. Where screens or the organization play one it is refused (IN_USE,
 * saying which) unless `force`: then they are taken off it too. NOT_FOUND unless every id is a present playlist.
 */
export async function removePlaylists(
  ctx: CommandContext,
  { ids, force }: z.infer<typeof removePlaylistsInput>,
): Promise<void> {
  const { organizationId } = ctx.scope;
  const distinct = [...new Set(ids)];
  await runCommand(ctx, async (tx, record) => {
    const found = await tx
      .select({ id: playlists.id, name: playlists.name })
      .from(playlists)
      .where(
        and(
          eq(playlists.organizationId, organizationId),
          eq(playlists.isActive, true),
          isAnyOf(playlists.id, "uuid", distinct),
        ),
      )
      .orderBy(asc(playlists.id))
      .for("no key update");
    if (found.length !== distinct.length) throw appError("NOT_FOUND");
    const usedBy = await findUsedBy(tx, distinct);
    const isUsed = usedBy.devices.length > 0 || usedBy.isOrganizationDefault;
    if (isUsed && !force) throw appError("IN_USE", usedBy);
    const takenOff = isUsed ? await takeOff(tx, ctx, record, distinct) : new Map<string, string[]>();
    await tx
      .update(playlists)
      .set({ isActive: false, ...editedBy(ctx) })
      .where(and(eq(playlists.organizationId, organizationId), isAnyOf(playlists.id, "uuid", distinct)));
    for (const { id, name } of found) {
      const before = { name, deviceIds: takenOff.get(id) ?? [] };
      record.audit({ action: "playlists.remove", subject: "playlist", subjectId: id, before });
    }
    record.changed("playlist", distinct, "removed");
  });
}

/**
 * Gives the screens taken off, by playlist. Screens first: whoever assigns playlists takes screens before the
 * organization's row, which comes last everywhere.
 */
async function takeOff(
  tx: OrganizationTransaction,
  ctx: CommandContext,
  record: Recorder,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const { organizationId } = tx.scope;
  const edited = editedBy(ctx);
  const takenOff = await Promise.all(
    ids.map(async (id): Promise<[string, string[]]> => {
      const screens = await tx
        .update(devices)
        .set({ playlistId: null, ...edited })
        .where(and(eq(devices.organizationId, organizationId), eq(devices.playlistId, id)))
        .returning({ id: devices.id });
      return [id, screens.map((screen) => screen.id)];
    }),
  );
  const defaults = await tx
    .update(organizations)
    .set({ defaultPlaylistId: null, ...edited })
    .where(
      and(
        eq(organizations.organizationId, organizationId),
        isAnyOf(organizations.defaultPlaylistId, "uuid", ids),
      ),
    )
    .returning({ id: organizations.organizationId });
  const deviceIds = takenOff.flatMap(([, screens]) => screens);
  record.changed("device", deviceIds, "assigned");
  if (defaults.length > 0) {
    record.audit({
      action: "organization.update",
      subject: "organization",
      subjectId: organizationId,
      after: { defaultPlaylistId: null },
    });
    record.changed("organization", [organizationId], "updated");
  }
  return new Map(takenOff);
}
