import type { overrideInput, ReceiptState, RunningOverride } from "@vitrine/core/model/entry";
import { invalidInput } from "@vitrine/core/model/errors";
import { activitiesOf, localDateAt, removeOccurrence } from "@vitrine/core/schedule";
import type { BatchHandle, OrganizationTransaction } from "@vitrine/db/database";
import { deviceStatus, devices, organizations, scheduleEntries } from "@vitrine/db/schema";
import { and, count, desc, eq, gt, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type * as z from "zod";
import { isForEntry } from "../../manifest/targeting.ts";
import type { Clock } from "../../platform/clock.ts";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { statusOfDevice } from "../devices/device-view.ts";
import { statusSql } from "../devices/status-sql.ts";
import { editedBy } from "../edited-by.ts";
import { selectEntries, toEntryView } from "./entry-view.ts";
import { activitiesOfRow, type EntryReader, toInstant } from "./queries.ts";
import { lockEntry, ofEntry, replaceEntry, type StoredEntry } from "./store-entry.ts";
import { createEntry, writtenOf } from "./write-entries.ts";

/** Above whatever else is scheduled; of several the newest. */
const HIGHEST = 1000;
/** So many are shown at once. */
const MOST_RUNNING = 50;

/**
 * Shows something on all targets from now on until the end given, and gives the entry's id. Errors: INVALID_INPUT for
 * an end that is past, and those of making an entry.
 */
export async function startOverride(
  ctx: CommandContext,
  { endsAt, ...input }: z.infer<typeof overrideInput>,
): Promise<string> {
  const now = ctx.services.clock.now();
  if (Date.parse(endsAt) <= now.getTime()) throw invalidInput("endsAt", "The end is past already");
  const entry = {
    ...input,
    kind: "override" as const,
    priority: HIGHEST,
    timeZone: null,
    when: null,
    validFrom: now.toISOString(),
    validUntil: endsAt,
    daypartIds: [],
    startsExactly: false,
    sharePercent: null,
    isEnabled: true,
  };
  return createEntry(ctx, entry, "schedule.override");
}

/**
 * Ends an override now; of one that repeats, the occurrence of now. One that has not begun is removed. NOT_FOUND for
 * an unknown entry, INVALID_INPUT for one that is no override or not active.
 */
export async function endOverride(ctx: CommandContext, id: string): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const before = await lockEntry(tx, id);
    if (before.kind !== "override") throw invalidInput("id", "This entry is no override");
    const after = await endedNow(tx, ctx, before);
    if (after === null) {
      await tx
        .update(scheduleEntries)
        .set({ isActive: false, ...editedBy(ctx) })
        .where(ofEntry(tx, id));
    } else {
      await replaceEntry(tx, ctx, record, { id, before, after });
    }
    record.audit({
      action: "schedule.endOverride",
      subject: "entry",
      subjectId: id,
      before: writtenOf(before),
    });
    record.changed("entry", [id], after === null ? "removed" : "updated");
  });
}

/** The override with its end set to now; null: nothing of it is left. */
async function endedNow(tx: OrganizationTransaction, ctx: CommandContext, before: StoredEntry) {
  const now = ctx.services.clock.now();
  const written = writtenOf(before);
  if (before.when === null) {
    const hasBegun = before.validFrom === null || Date.parse(before.validFrom) < now.getTime();
    return hasBegun ? { ...written, validUntil: now.toISOString() } : null;
  }
  const [organization] = await tx
    .select({ timeZone: organizations.timeZone })
    .from(organizations)
    .where(eq(organizations.organizationId, tx.scope.organizationId));
  const timeZone = before.timeZone ?? organization?.timeZone ?? "UTC";
  const range = { startMs: now.getTime(), endMs: now.getTime() + 1 };
  const [activity] = activitiesOf({ ...before, daypartIds: [] }, timeZone, new Map(), range);
  if (!activity) throw invalidInput("id", "This override is not active now");
  const edit = removeOccurrence(before.when, {
    date: localDateAt(timeZone, activity.occurrenceMs),
    scope: "one",
  });
  if (typeof edit === "string") throw invalidInput("id", "This override is not active now");
  return edit.kept && { ...written, when: edit.kept };
}

/** The overrides that are active now, the newest first, at most 50, with how many of their screens have them. */
export async function listOverrides(reader: EntryReader & { clock: Clock }): Promise<RunningOverride[]> {
  const { database, scope, fileUrl, clock } = reader;
  const { organizationId } = scope;
  const now = clock.now();
  const [rows, zones] = await database.batch(scope, (q) => [
    selectEntries(q, scope)
      .where(
        and(
          eq(scheduleEntries.organizationId, organizationId),
          eq(scheduleEntries.isActive, true),
          eq(scheduleEntries.isEnabled, true),
          eq(scheduleEntries.kind, "override"),
          or(isNull(scheduleEntries.startsAt), lte(scheduleEntries.startsAt, now)),
          or(isNull(scheduleEntries.endsAt), gt(scheduleEntries.endsAt, now)),
        ),
      )
      .orderBy(desc(scheduleEntries.createdAt), desc(scheduleEntries.id))
      .limit(MOST_RUNNING),
    q
      .select({ timeZone: organizations.timeZone })
      .from(organizations)
      .where(eq(organizations.organizationId, organizationId)),
  ]);
  const range = { startMs: now.getTime(), endMs: now.getTime() + 1 };
  const running = rows.flatMap((row) => {
    const entry = toEntryView(row, fileUrl);
    const [activity] = activitiesOfRow(row, entry, zones[0]?.timeZone ?? "UTC", range);
    return activity ? [{ entry, activity }] : [];
  });
  if (running.length === 0) return [];
  const counts = await database.batch(scope, (q) =>
    running.map(({ entry }) => selectCounts(q, organizationId, entry, now)),
  );
  return running.map(({ entry, activity }, place) => ({
    entry,
    startedAt: toInstant(activity.startMs) ?? entry.createdAt,
    endsAt: toInstant(activity.endMs),
    counts: toCounts(counts[place] ?? []),
  }));
}

function selectCounts(q: BatchHandle, organizationId: string, entry: RunningOverride["entry"], now: Date) {
  return q
    .select({ state: receiptStateSql(entry, now), total: count() })
    .from(devices)
    .leftJoin(deviceStatus, statusOfDevice(organizationId))
    .where(isForEntry(organizationId, entry.id))
    .groupBy(sql`1`);
}

/**
 * Where a screen is with an entry: what its stage confirmed, then what it said of its manifest since the entry was last
 * changed. For queries over `devices` left-joined with `deviceStatus`.
 */
export function receiptStateSql(entry: { id: string; updatedAt: string }, now: Date): SQL<ReceiptState> {
  return sql<ReceiptState>`case
    when ${statusSql(now)} in ('offline', 'never') then 'offline'
    when ${deviceStatus.shownEntryId} = ${entry.id}::uuid then 'on_glass'
    when ${deviceStatus.isUpToDate} and ${deviceStatus.lastHeardAt} >= ${entry.updatedAt}::timestamptz then 'received'
    else 'waiting' end`;
}

function toCounts(rows: readonly { state: ReceiptState; total: number }[]): RunningOverride["counts"] {
  const of = (state: ReceiptState) => rows.find((row) => row.state === state)?.total ?? 0;
  return {
    on_glass: of("on_glass"),
    received: of("received"),
    waiting: of("waiting"),
    offline: of("offline"),
  };
}
