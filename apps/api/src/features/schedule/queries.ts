import type { EntryStretch, EntryView, ListedEntry, listEntriesInput } from "@vitrine/core/model/entry";
import { MAX_LIST_DAYS } from "@vitrine/core/model/entry";
import { appError, invalidInput } from "@vitrine/core/model/errors";
import type { Page } from "@vitrine/core/model/paging";
import { type Activity, activitiesOf, dayBounds, localDateAt, type Span } from "@vitrine/core/schedule";
import type { Database } from "@vitrine/db/database";
import { entryGroups, organizations, scheduleEntries } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, asc, count, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import * as z from "zod";
import { entriesForDevice, isOfBusinessOfDevice } from "../../manifest/targeting.ts";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import { isOfBusiness } from "../businesses/belonging.ts";
import { nameHas } from "../name-page.ts";
import { daypartsOf, type EntryRow, type FileUrl, selectEntries, toEntryView } from "./entry-view.ts";

/** What reading the schedule needs: whose it is, and how the one who asks reaches files. */
export type EntryReader = { database: Database; scope: OrganizationScope; fileUrl: FileUrl };

const byTime = z.tuple([z.literal("made"), z.iso.datetime({ precision: 3 }), z.uuid()]);

/**
 * Entries in the order of making. With a range only those with a stretch in it, and a page may then hold fewer than
 * asked for, since which entries those are is known once their recurrences are worked out; `total` counts all that lie
 * around the range. INVALID_INPUT for a range of more than 62 days, or half of one.
 */
export async function listEntries(
  { database, scope, fileUrl }: EntryReader,
  input: z.infer<typeof listEntriesInput>,
): Promise<Page<ListedEntry>> {
  const { organizationId } = scope;
  const { cursor, limit, removed } = input;
  const zone = input.timeZone ?? (await organizationZone(database, scope));
  const range = rangeOf(input, zone);
  const found = and(
    eq(scheduleEntries.organizationId, organizationId),
    eq(scheduleEntries.isActive, !removed),
    nameHas(scheduleEntries.name, input.search),
    isOfBusiness(scheduleEntries, input.businessId),
    input.kind === undefined ? undefined : eq(scheduleEntries.kind, input.kind),
    input.deviceId === undefined
      ? undefined
      : and(
          sql`${scheduleEntries.id} in (${entriesForDevice(organizationId, input.deviceId)})`,
          isOfBusinessOfDevice(organizationId, input.deviceId),
        ),
    input.groupId === undefined
      ? undefined
      : sql`(${scheduleEntries.isEverywhere} or ${scheduleEntries.id} in (
          select ${entryGroups.entryId} from ${entryGroups} where ${entryGroups.organizationId} = ${organizationId}
          and ${entryGroups.groupId} = ${input.groupId}))`,
    range && or(isNull(scheduleEntries.startsAt), lt(scheduleEntries.startsAt, new Date(range.endMs))),
    range && or(isNull(scheduleEntries.endsAt), gt(scheduleEntries.endsAt, new Date(range.startMs))),
  );
  const after = decodeCursor(cursor, byTime);
  const [rows, counted] = await database.batch(scope, (q) => [
    selectEntries(q, scope)
      .where(
        and(
          found,
          after &&
            sql`(${scheduleEntries.createdAt}, ${scheduleEntries.id}) > (${after[1]}::timestamptz, ${after[2]}::uuid)`,
        ),
      )
      .orderBy(asc(scheduleEntries.isActive), asc(scheduleEntries.createdAt), asc(scheduleEntries.id))
      .limit(limit + 1),
    q.select({ total: count() }).from(scheduleEntries).where(found),
  ]);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown.flatMap((row) => {
      const view = toEntryView(row, fileUrl);
      const stretches = range ? stretchesOf(row, view, zone, range) : [];
      return range && stretches.length === 0 ? [] : [{ ...view, stretches }];
    }),
    nextCursor: last ? encodeCursor(["made", last.createdAt.toISOString(), last.id]) : null,
    total: counted[0]?.total ?? 0,
  };
}

/** One entry, removed or not. NOT_FOUND. */
export async function getEntry({ database, scope, fileUrl }: EntryReader, id: string): Promise<EntryView> {
  const [rows] = await database.batch(scope, (q) => [
    selectEntries(q, scope).where(
      and(eq(scheduleEntries.organizationId, scope.organizationId), eq(scheduleEntries.id, id)),
    ),
  ]);
  const row = rows[0];
  if (!row) throw appError("NOT_FOUND");
  return toEntryView(row, fileUrl);
}

/** When an entry is active within a range, by the core. */
export function activitiesOfRow(row: EntryRow, view: EntryView, zone: string, range: Span): Activity[] {
  const dayparts = new Map(daypartsOf(row).map((one) => [one.id, one]));
  return activitiesOf(view, zone, dayparts, range);
}

function stretchesOf(row: EntryRow, view: EntryView, zone: string, range: Span): EntryStretch[] {
  const ownZone = view.timeZone ?? zone;
  return activitiesOfRow(row, view, zone, range).map(({ startMs, endMs, occurrenceMs }) => ({
    date: Number.isFinite(occurrenceMs) ? localDateAt(ownZone, occurrenceMs) : null,
    startsAt: toInstant(startMs),
    endsAt: toInstant(endMs),
  }));
}

/** An instant on the wire; null for one that is infinitely far. */
export function toInstant(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}

function rangeOf({ from, until }: z.infer<typeof listEntriesInput>, zone: string): Span | undefined {
  if (from === undefined && until === undefined) return undefined;
  if (from === undefined) throw invalidInput("from", "A range has both ends");
  if (until === undefined) throw invalidInput("until", "A range has both ends");
  if (until <= from) throw invalidInput("until", "Ends before it starts");
  const range = { startMs: dayBounds(zone, from).startMs, endMs: dayBounds(zone, until).startMs };
  if (range.endMs - range.startMs > (MAX_LIST_DAYS + 1) * 86_400_000) {
    throw invalidInput("until", `At most ${MAX_LIST_DAYS} days`);
  }
  return range;
}

async function organizationZone(database: Database, scope: OrganizationScope): Promise<string> {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({ timeZone: organizations.timeZone })
      .from(organizations)
      .where(eq(organizations.organizationId, scope.organizationId)),
  ]);
  return rows[0]?.timeZone ?? "UTC";
}
