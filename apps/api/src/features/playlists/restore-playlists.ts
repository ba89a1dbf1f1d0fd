import { appError } from "@vitrine/core/model/errors";
import { playlists } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, asc, eq } from "drizzle-orm";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { claimName, findFreeName } from "../names.ts";
import { editedBy } from "./lock-playlist.ts";

/**
 * Brings removed playlists back with their items; one whose name was given away gets a free one. Screens stay as
 * they are. NOT_FOUND unless every id is a removed playlist.
 */
export async function restorePlaylists(ctx: CommandContext, ids: readonly string[]): Promise<void> {
  const { organizationId } = ctx.scope;
  const distinct = [...new Set(ids)];
  await runCommand(ctx, async (tx, record) => {
    const found = await tx
      .select({ id: playlists.id, name: playlists.name })
      .from(playlists)
      .where(
        and(
          eq(playlists.organizationId, organizationId),
          eq(playlists.isActive, false),
          isAnyOf(playlists.id, "uuid", distinct),
        ),
      )
      .orderBy(asc(playlists.id))
      .for("no key update");
    if (found.length !== distinct.length) throw appError("NOT_FOUND");
    for (const { id, name: formerName } of found) {
      const name = await findFreeName(tx, playlists, formerName);
      await claimName(playlists, name, () =>
        tx
          .update(playlists)
          .set({ name, isActive: true, ...editedBy(ctx) })
          .where(and(eq(playlists.organizationId, organizationId), eq(playlists.id, id))),
      );
      record.audit({ action: "playlists.restore", subject: "playlist", subjectId: id, after: { name } });
    }
    record.changed("playlist", distinct, "restored");
  });
}
