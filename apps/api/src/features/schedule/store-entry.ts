import { appError } from "@vitrine/core/model/errors";
import type { Entry } from "@vitrine/core/model/schedule";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { assets, entryDayparts, layouts, playlists, scheduleEntries } from "@vitrine/db/schema";
import { arrayOf } from "@vitrine/db/values";
import { and, asc, eq, sql } from "drizzle-orm";
import { endedBefore } from "../../manifest/targeting.ts";
import type { CommandContext, Recorder } from "../../trpc/command.ts";
import { requireDayparts } from "../dayparts/require-dayparts.ts";
import { editedBy, madeBy } from "../edited-by.ts";
import { requireRoomFor } from "../plan/room.ts";
import { entryColumns, toColumns, toFields, type WrittenEntry } from "./entry-row.ts";
import { findTargetDevices, findTargets, normalTargets, writeTargets } from "./targets.ts";

/**
 * Writes a new entry and tells the screens that it is for. Errors: TOO_MANY, NOT_FOUND for content, targets or
 * dayparts that are not present.
 */
export async function insertEntry(
  tx: OrganizationTransaction,
  ctx: CommandContext,
  record: Recorder,
  id: string,
  written: WrittenEntry,
): Promise<void> {
  const { organizationId } = tx.scope;
  // A copy or a part of an entry shows what that shows, which limited members may not see.
  if (tx.scope.businessIds !== null) await requireContent(tx, written.content);
  const targets = normalTargets(written.targets);
  await tx.insert(scheduleEntries).values({
    organizationId,
    id,
    ...toColumns(written),
    isEverywhere: targets.isEverywhere,
    ...madeBy(ctx),
  });
  await writeTargets(tx, id, targets);
  await requireDayparts(tx, written.daypartIds);
  await writeDayparts(tx, id, written.daypartIds);
  await tellTargets(tx, record, id, targets.isEverywhere, new Set());
  await requireRoomFor(tx, "entries", 1);
}

/**
 * Puts another state of an entry in the place of what was, and tells the screens that it is newly for; those that have
 * it are told by the entry's change. Errors: NOT_FOUND for new targets or dayparts that are not present, TOO_MANY for one
 * that was over and is not any more.
 */
export async function replaceEntry(
  tx: OrganizationTransaction,
  ctx: CommandContext,
  record: Recorder,
  { id, before, after }: { id: string; before: StoredEntry; after: WrittenEntry },
): Promise<void> {
  const targets = normalTargets(after.targets);
  const isMoved = before.businessId !== after.businessId;
  const isRetargeted = JSON.stringify(targets) !== JSON.stringify(before.targets);
  const columns = toColumns(after);
  const wasOut = !before.isEnabled || isOver(ctx, before.endsAt) || isMoved;
  const isIn = after.isEnabled && !isOver(ctx, columns.endsAt);
  const toTell = isIn && (isRetargeted || wasOut);
  const told = toTell && !wasOut && !before.targets.isEverywhere ? await findTargetDevices(tx, id) : [];
  await tx
    .update(scheduleEntries)
    .set({ ...columns, isEverywhere: targets.isEverywhere, ...editedBy(ctx) })
    .where(ofEntry(tx, id));
  if (isRetargeted) await writeTargets(tx, id, targets);
  if (after.daypartIds.join() !== before.daypartIds.join()) {
    await requireDayparts(
      tx,
      after.daypartIds.filter((one) => !before.daypartIds.includes(one)),
    );
    await tx
      .delete(entryDayparts)
      .where(and(eq(entryDayparts.organizationId, tx.scope.organizationId), eq(entryDayparts.entryId, id)));
    await writeDayparts(tx, id, after.daypartIds);
  }
  if (toTell && (wasOut || !before.targets.isEverywhere)) {
    await tellTargets(tx, record, id, targets.isEverywhere, new Set(told));
  }
  const now = ctx.services.clock.now();
  if (hasEnded(before, now) && !hasEnded(columns, now)) await requireRoomFor(tx, "entries", 1);
}

/** Whether an entry is over, and so takes no room. */
export function hasEnded({ endsAt }: { endsAt: Date | null }, now: Date): boolean {
  return endsAt !== null && endsAt <= now;
}

/** An entry as it is stored. */
export type StoredEntry = WrittenEntry & { endsAt: Date | null };

/** Takes a present entry for the rest of the transaction. NOT_FOUND. */
export async function lockEntry(tx: OrganizationTransaction, id: string): Promise<StoredEntry> {
  const rows = await tx
    .select({
      ...entryColumns,
      isEverywhere: scheduleEntries.isEverywhere,
      endsAt: scheduleEntries.endsAt,
    })
    .from(scheduleEntries)
    .where(and(ofEntry(tx, id), eq(scheduleEntries.isActive, true)))
    .for("no key update");
  const row = rows[0];
  if (!row) throw appError("NOT_FOUND");
  const waits = await tx
    .select({ id: entryDayparts.daypartId })
    .from(entryDayparts)
    .where(and(eq(entryDayparts.organizationId, tx.scope.organizationId), eq(entryDayparts.entryId, id)))
    .orderBy(asc(entryDayparts.daypartId));
  return {
    ...toFields(row),
    daypartIds: waits.map(({ id: one }) => one),
    targets: { isEverywhere: row.isEverywhere, ...(await findTargets(tx, id)) },
    endsAt: row.endsAt,
  };
}

/** What an entry shows. NOT_FOUND unless it is present. */
export async function requireContent(
  tx: OrganizationTransaction,
  content: Entry["content"],
): Promise<{ name: string; businessId: string | null }> {
  const { table, id } = tableOf(content);
  const found = await tx
    .select({ name: table.name, businessId: table.businessId })
    .from(table)
    .where(and(eq(table.organizationId, tx.scope.organizationId), eq(table.id, id), eq(table.isActive, true)))
    .for("key share");
  const row = found[0];
  if (!row) throw appError("NOT_FOUND");
  return row;
}

function tableOf(content: Entry["content"]) {
  switch (content.kind) {
    case "asset":
      return { table: assets, id: content.assetId };
    case "playlist":
      return { table: playlists, id: content.playlistId };
    case "layout":
      return { table: layouts, id: content.layoutId };
  }
}

/** Tells the screens that an entry is for, but those that are told otherwise. */
export async function tellTargets(
  tx: OrganizationTransaction,
  record: Recorder,
  id: string,
  isEverywhere: boolean,
  toldOtherwise: ReadonlySet<string>,
): Promise<void> {
  if (isEverywhere) return record.changed("entry", [id], "scheduled_everywhere");
  const ids = await findTargetDevices(tx, id);
  record.changed(
    "device",
    ids.filter((one) => !toldOtherwise.has(one)),
    "scheduled",
  );
}

export function ofEntry(tx: OrganizationTransaction, id: string) {
  return and(eq(scheduleEntries.organizationId, tx.scope.organizationId), eq(scheduleEntries.id, id));
}

/** Manifests leave out what is over for some days. */
function isOver({ services }: CommandContext, endsAt: Date | null): boolean {
  return endsAt !== null && endsAt <= endedBefore(services.clock.nowMs());
}

async function writeDayparts(tx: OrganizationTransaction, id: string, daypartIds: readonly string[]) {
  const distinct = [...new Set(daypartIds)].sort();
  if (distinct.length === 0) return;
  await tx.execute(sql`
    insert into ${entryDayparts} (organization_id, entry_id, daypart_id)
    select ${tx.scope.organizationId}::uuid, ${id}::uuid, one.value from unnest(${arrayOf("uuid", distinct)}) as one (value)`);
}
