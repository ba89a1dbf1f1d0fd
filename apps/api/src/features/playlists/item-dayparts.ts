import type { OrganizationTransaction } from "@vitrine/db/database";
import { itemDayparts, playlistItems } from "@vitrine/db/schema";
import { arrayOf } from "@vitrine/db/values";
import { and, asc, eq, sql } from "drizzle-orm";
import { requireDayparts } from "../dayparts/require-dayparts.ts";

export const itemOfDaypart = and(
  eq(playlistItems.organizationId, itemDayparts.organizationId),
  eq(playlistItems.id, itemDayparts.itemId),
);

/** The dayparts that an item waits for, by id. */
export async function findItemDayparts(tx: OrganizationTransaction, itemId: string): Promise<string[]> {
  const rows = await tx
    .select({ daypartId: itemDayparts.daypartId })
    .from(itemDayparts)
    .where(ofItem(tx, itemId))
    .orderBy(asc(itemDayparts.daypartId));
  return rows.map(({ daypartId }) => daypartId);
}

/** Lets an item wait for these dayparts and no others. NOT_FOUND unless each is a present one. */
export async function setItemDayparts(
  tx: OrganizationTransaction,
  itemId: string,
  daypartIds: readonly string[],
): Promise<void> {
  await requireDayparts(tx, daypartIds);
  await tx.delete(itemDayparts).where(ofItem(tx, itemId));
  await insertItemDayparts(
    tx,
    daypartIds.map((daypartId) => ({ itemId, daypartId })),
  );
}

/** Writes that items wait for dayparts, in one statement. */
export async function insertItemDayparts(
  tx: OrganizationTransaction,
  waits: readonly { itemId: string; daypartId: string }[],
): Promise<void> {
  if (waits.length === 0) return;
  const columns = [
    arrayOf(
      "uuid",
      waits.map(({ itemId }) => itemId),
    ),
    arrayOf(
      "uuid",
      waits.map(({ daypartId }) => daypartId),
    ),
  ];
  await tx.execute(sql`
    insert into ${itemDayparts} (organization_id, item_id, daypart_id)
    select ${tx.scope.organizationId}::uuid, one.* from unnest(${sql.join(columns, sql`, `)}) as one`);
}

function ofItem(tx: OrganizationTransaction, itemId: string) {
  return and(eq(itemDayparts.organizationId, tx.scope.organizationId), eq(itemDayparts.itemId, itemId));
}
