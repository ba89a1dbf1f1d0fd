import type { createPlaylistInput } from "@vitrine/core/model/playlist";
import { playlists } from "@vitrine/db/schema";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { claimName } from "../names.ts";
import { insertItems, requireAssets } from "./insert-items.ts";
import { firstPositions } from "./positions.ts";

/** Makes a playlist of these assets in order, and gives its id. Errors: NAME_TAKEN, NOT_FOUND for an unknown asset. */
export async function createPlaylist(
  ctx: CommandContext,
  { name, assetIds }: z.infer<typeof createPlaylistInput>,
): Promise<string> {
  const { services } = ctx;
  const { organizationId } = ctx.scope;
  const id = services.newId();
  const now = services.clock.now();
  const makerId = ctx.actor.kind === "user" ? ctx.actor.id : null;
  const positions = firstPositions(assetIds.length);
  await runCommand(ctx, async (tx, record) => {
    await requireAssets(tx, assetIds);
    await claimName(playlists, name, () =>
      tx.insert(playlists).values({
        organizationId,
        id,
        name,
        createdAt: now,
        updatedAt: now,
        createdBy: makerId,
        updatedBy: makerId,
      }),
    );
    const items = positions.flatMap((position, index) => {
      const assetId = assetIds[index];
      return assetId === undefined
        ? []
        : [{ id: services.newId(), assetId, position, durationMs: null, isEnabled: true }];
    });
    await insertItems(tx, id, items);
    record.audit({
      action: "playlists.create",
      subject: "playlist",
      subjectId: id,
      after: { name, assetIds },
    });
    record.changed("playlist", [id], "created");
  });
  return id;
}
