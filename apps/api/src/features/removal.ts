import { appError } from "@vitrine/core/model/errors";
import type { Subject } from "@vitrine/core/model/event";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { dayparts, deviceGroups, layouts, playlists } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, asc, eq, sql } from "drizzle-orm";
import { type CommandContext, type Recorder, runCommand } from "../trpc/command.ts";
import { editedBy } from "./edited-by.ts";
import { byName, claimName, findFreeName } from "./names.ts";
import { requireRoomFor } from "./plan/room.ts";
import { findUsedBy, isUsed } from "./used-by.ts";

/** Things with a name of their own that are removed and brought back alike. */
const THINGS = {
  playlist: { table: playlists, area: "playlists", isCapped: false },
  layout: { table: layouts, area: "layouts", isCapped: true },
  daypart: { table: dayparts, area: "dayparts", isCapped: true },
  group: { table: deviceGroups, area: "groups", isCapped: true },
} as const satisfies Partial<Record<Subject, unknown>>;
export type RemovableThing = keyof typeof THINGS;

export type Removed = { id: string; name: string; businessId: string | null };

/**
 * Removes things, undone by `restoreThings`. What is in use is refused (IN_USE, saying by what) unless `force`: what
 * uses it keeps it for when it comes back. NOT_FOUND unless every id is a present one.
 */
export async function removeThings(
  ctx: CommandContext,
  thing: RemovableThing,
  { ids, force }: { ids: readonly string[]; force: boolean },
  alsoWrite: (
    tx: OrganizationTransaction,
    record: Recorder,
    found: readonly Removed[],
  ) => Promise<void> = async () => {},
): Promise<void> {
  const { table, area } = THINGS[thing];
  await runCommand(ctx, async (tx, record) => {
    const found = await takeThings(tx, thing, ids, true);
    const usedBy = await findUsedBy(
      tx,
      thing,
      found.map(({ id }) => id),
    );
    if (isUsed(usedBy) && !force) throw appError("IN_USE", usedBy);
    await alsoWrite(tx, record, found);
    const distinct = found.map(({ id }) => id);
    await tx
      .update(table)
      .set({ isActive: false, ...editedBy(ctx) })
      .where(and(eq(table.organizationId, tx.scope.organizationId), isAnyOf(table.id, "uuid", distinct)));
    for (const { id, name } of found) {
      record.audit({ action: `${area}.remove`, subject: thing, subjectId: id, before: { name } });
    }
    record.changed(thing, distinct, "removed");
  });
}

/**
 * Brings removed things back; one whose name was given away gets a free one. Errors: NOT_FOUND unless every id is a
 * removed one, TOO_MANY.
 */
export async function restoreThings(
  ctx: CommandContext,
  thing: RemovableThing,
  ids: readonly string[],
  alsoWrite: (
    tx: OrganizationTransaction,
    record: Recorder,
    found: readonly Removed[],
  ) => Promise<void> = async () => {},
): Promise<void> {
  const { table, area, isCapped } = THINGS[thing];
  await runCommand(ctx, async (tx, record) => {
    const found = await takeThings(tx, thing, ids, false);
    for (const { id, name: formerName, businessId } of byName(found)) {
      const name = await findFreeName(tx, table, formerName, businessId);
      await claimName(table, name, () =>
        tx
          .update(table)
          .set({ name, isActive: true, ...editedBy(ctx) })
          .where(and(eq(table.organizationId, tx.scope.organizationId), eq(table.id, id))),
      );
      record.audit({ action: `${area}.restore`, subject: thing, subjectId: id, after: { name } });
    }
    await alsoWrite(tx, record, found);
    if (isCapped) await requireRoomFor(tx, area, found.length);
    record.changed(
      thing,
      found.map(({ id }) => id),
      "restored",
    );
  });
}

async function takeThings(
  tx: OrganizationTransaction,
  thing: RemovableThing,
  ids: readonly string[],
  isActive: boolean,
): Promise<Removed[]> {
  const { table } = THINGS[thing];
  const distinct = [...new Set(ids)];
  const found = await tx
    .select({
      id: table.id,
      name: table.name,
      businessId: "businessId" in table ? table.businessId : sql<null>`null`,
    })
    .from(table)
    .where(
      and(
        eq(table.organizationId, tx.scope.organizationId),
        eq(table.isActive, isActive),
        isAnyOf(table.id, "uuid", distinct),
      ),
    )
    .orderBy(asc(table.id))
    .for("no key update");
  if (found.length !== distinct.length) throw appError("NOT_FOUND");
  return found;
}
