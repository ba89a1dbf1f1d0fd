import type { createPlaylistInput } from "@vitrine/core/model/playlist";
import { playlists } from "@vitrine/db/schema";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { businessOfNew } from "../businesses/belonging.ts";
import { madeBy } from "../edited-by.ts";
import { claimName } from "../names.ts";
import { insertItems, newItems, requireAssets } from "./insert-items.ts";
import { firstPositions } from "./positions.ts";

/** Makes a playlist of these assets in order, and gives its id. Errors: NAME_TAKEN, NOT_FOUND for an unknown asset. */
export async function createPlaylist(
  ctx: CommandContext,
  { name, assetIds, businessId: asked }: z.infer<typeof createPlaylistInput>,
): Promise<string> {
  const { services } = ctx;
  const { organizationId } = ctx.scope;
  const id = services.newId();
  const positions = firstPositions(assetIds.length);
  await runCommand(ctx, async (tx, record) => {
    const businessId = await businessOfNew(tx, asked);
    await requireAssets(tx, assetIds);
    await claimName(playlists, name, () =>
      tx.insert(playlists).values({
        organizationId,
        id,
        businessId,
        name,
        ...madeBy(ctx),
      }),
    );
    await insertItems(tx, id, newItems(services.newId, { assetIds, playlistIds: [] }, positions));
    record.audit({
      action: "playlists.create",
      subject: "playlist",
      subjectId: id,
      after: { name, businessId, assetIds },
    });
    record.changed("playlist", [id], "created");
  });
  return id;
}
