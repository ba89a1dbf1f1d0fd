import { appError } from "@vitrine/core/model/errors";
import { assets, itemDayparts, playlistItems, playlists } from "@vitrine/db/schema";
import { and, asc, eq, sql } from "drizzle-orm";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { madeBy } from "../edited-by.ts";
import { claimName, findFreeName } from "../names.ts";
import { insertItems } from "./insert-items.ts";
import { insertItemDayparts, itemOfDaypart } from "./item-dayparts.ts";
import { firstPositions } from "./positions.ts";

/**
 * Copies a playlist with its items under a free name, and gives the copy's id; of a limited member those whose content
 * they see. Errors: NOT_FOUND.
 */
export async function duplicatePlaylist(ctx: CommandContext, id: string): Promise<string> {
  const { services } = ctx;
  const { organizationId } = ctx.scope;
  const copyId = services.newId();
  await runCommand(ctx, async (tx, record) => {
    const [found, items, waits] = await Promise.all([
      tx
        .select({
          name: playlists.name,
          order: playlists.order,
          fadeMs: playlists.fadeMs,
          businessId: playlists.businessId,
        })
        .from(playlists)
        .where(
          and(
            eq(playlists.organizationId, organizationId),
            eq(playlists.id, id),
            eq(playlists.isActive, true),
          ),
        ),
      tx
        .select()
        .from(playlistItems)
        .where(
          and(
            eq(playlistItems.organizationId, organizationId),
            eq(playlistItems.playlistId, id),
            tx.scope.businessIds === null ? undefined : isSeen(organizationId),
          ),
        )
        .orderBy(asc(playlistItems.position), asc(playlistItems.id)),
      tx
        .select({ itemId: itemDayparts.itemId, daypartId: itemDayparts.daypartId })
        .from(itemDayparts)
        .innerJoin(playlistItems, itemOfDaypart)
        .where(and(eq(itemDayparts.organizationId, organizationId), eq(playlistItems.playlistId, id))),
    ]);
    const original = found[0];
    if (!original) throw appError("NOT_FOUND");
    const name = await findFreeName(tx, playlists, original.name, original.businessId);
    await claimName(playlists, name, () =>
      tx.insert(playlists).values({
        organizationId,
        id: copyId,
        businessId: original.businessId,
        name,
        order: original.order,
        fadeMs: original.fadeMs,
        ...madeBy(ctx),
      }),
    );
    const positions = firstPositions(items.length);
    const copies = items.map((item, index) => ({
      ...item,
      id: services.newId(),
      position: positions[index] ?? item.position,
    }));
    await insertItems(tx, copyId, copies);
    const copyIds = new Map(items.map((item, index) => [item.id, copies[index]?.id ?? item.id]));
    await insertItemDayparts(
      tx,
      waits.flatMap(({ itemId, daypartId }) => {
        const ofCopy = copyIds.get(itemId);
        return ofCopy === undefined ? [] : [{ itemId: ofCopy, daypartId }];
      }),
    );
    record.audit({
      action: "playlists.duplicate",
      subject: "playlist",
      subjectId: copyId,
      after: { name, copyOf: id, itemCount: copies.length },
    });
    record.changed("playlist", [copyId], "created");
  });
  return copyId;
}

/** Whether the content of an item is seen, which its playlist alone does not say. */
function isSeen(organizationId: string) {
  return sql`(${playlistItems.assetId} in (select ${assets.id} from ${assets} where ${assets.organizationId} = ${organizationId})
    or ${playlistItems.nestedPlaylistId} in (select ${playlists.id} from ${playlists}
      where ${playlists.organizationId} = ${organizationId}))`;
}
