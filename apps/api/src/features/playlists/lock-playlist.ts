import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { playlists } from "@vitrine/db/schema";
import { and, eq, sql } from "drizzle-orm";
import type { CommandContext } from "../../trpc/command.ts";
import { editedBy } from "../edited-by.ts";

/**
 * Takes a present playlist for the rest of the transaction, so that edits of one playlist come one after the other.
 * NOT_FOUND. Readers and screens being assigned to it do not wait.
 */
export async function lockPlaylist(
  tx: OrganizationTransaction,
  id: string,
): Promise<
  Pick<typeof playlists.$inferSelect, "id" | "businessId" | "name" | "order" | "fadeMs" | "version">
> {
  const rows = await tx
    .select({
      id: playlists.id,
      businessId: playlists.businessId,
      name: playlists.name,
      order: playlists.order,
      fadeMs: playlists.fadeMs,
      version: playlists.version,
    })
    .from(playlists)
    .where(
      and(
        eq(playlists.organizationId, tx.scope.organizationId),
        eq(playlists.id, id),
        eq(playlists.isActive, true),
      ),
    )
    .for("no key update");
  const playlist = rows[0];
  if (!playlist) throw appError("NOT_FOUND");
  return playlist;
}

/** Marks a locked playlist as changed now by the one who acts; its version grows by one. */
export async function touchPlaylist(
  tx: OrganizationTransaction,
  ctx: CommandContext,
  id: string,
): Promise<void> {
  await tx
    .update(playlists)
    .set({ version: sql`${playlists.version} + 1`, ...editedBy(ctx) })
    .where(and(eq(playlists.organizationId, tx.scope.organizationId), eq(playlists.id, id)));
}
