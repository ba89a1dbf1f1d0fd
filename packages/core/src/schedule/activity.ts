import type { Daypart, Entry, Occurrences } from "../model/schedule.ts";
import { recurrenceDates } from "./recurrence.ts";
import { addDays, daysBetween, instantAt, isoWeekday, localDateAt, timeOfDayMs } from "./time.ts";

/** Half-open `[startMs, endMs)`, epoch milliseconds; the ends may be infinite. */
export type Span = { startMs: number; endMs: number };

/** A stretch in which an entry is active. `occurrenceMs`: when the occurrence began of which it is a part. */
export type Activity = Span & { occurrenceMs: number };

const WEEKDAY_NUMBER = { MO: 1, TU: 2, WE: 3, TH: 4, FR: 5, SA: 6, SU: 7 } as const;

/**
 * When an entry is active within a range, in order, without overlap. Where occurrences overlap, the one that began
 * last counts. Stretches that begin before or end after the range are given whole.
 */
export function activitiesOf(
  entry: Pick<Entry, "timeZone" | "when" | "validFrom" | "validUntil" | "daypartIds">,
  screenTimeZone: string,
  dayparts: ReadonlyMap<string, Daypart>,
  range: Span,
): Activity[] {
  const timeZone = entry.timeZone ?? screenTimeZone;
  const valid = {
    startMs: entry.validFrom === null ? Number.NEGATIVE_INFINITY : Date.parse(entry.validFrom),
    endMs: entry.validUntil === null ? Number.POSITIVE_INFINITY : Date.parse(entry.validUntil),
  };
  const occurring = entry.when ? occurrencesOf(entry.when, timeZone, range) : [ALWAYS];
  const inTime = occurring.flatMap((one) => cut(one, [valid])).filter((one) => meets(one, range));
  if (entry.daypartIds.length === 0) return inTime;
  const windows = mergeSpans(
    entry.daypartIds.flatMap((id) => {
      const daypart = dayparts.get(id);
      return daypart ? daypartSpans(daypart, timeZone, range) : [];
    }),
  );
  return inTime.flatMap((one) => cut(one, windows));
}

const ALWAYS: Activity = {
  startMs: Number.NEGATIVE_INFINITY,
  endMs: Number.POSITIVE_INFINITY,
  occurrenceMs: Number.NEGATIVE_INFINITY,
};

/** The occurrences that meet a range; each ends at the latest where the next begins. */
function occurrencesOf(when: Occurrences, timeZone: string, range: Span): Activity[] {
  const { startDate, startTimeMs, lengthDays, endTimeMs } = firstOf(when);
  const { dayBefore, dayAfter } = datesAround(timeZone, range);
  const fromDate = lengthDays === 0 ? dayBefore : addDays(dayBefore, -lengthDays);
  const spans = occurrenceDates(when, startDate, fromDate, dayAfter).map((date) => {
    const startMs = instantAt(timeZone, date, startTimeMs);
    const endDate = lengthDays === 0 ? date : addDays(date, lengthDays);
    return { startMs, endMs: instantAt(timeZone, endDate, endTimeMs), occurrenceMs: startMs };
  });
  return spans
    .map((span, place) => {
      const next = spans[place + 1];
      return next && next.startMs < span.endMs ? { ...span, endMs: next.startMs } : span;
    })
    .filter((span) => span.startMs < span.endMs && meets(span, range));
}

type First = { startDate: string; startTimeMs: number; lengthDays: number; endTimeMs: number };
const firsts = new WeakMap<Occurrences, First>();

/** The first occurrence, taken apart once. */
function firstOf(when: Occurrences): First {
  const known = firsts.get(when);
  if (known) return known;
  const startDate = when.start.slice(0, 10);
  const first = {
    startDate,
    startTimeMs: timeOfDayMs(when.start.slice(11)),
    lengthDays: daysBetween(startDate, when.end.slice(0, 10)),
    endTimeMs: timeOfDayMs(when.end.slice(11)),
  };
  firsts.set(when, first);
  return first;
}

type Around = { dayBefore: string; dayAfter: string };
const around = new WeakMap<Span, Map<string, Around>>();

/** The local dates just outside of a range, which is asked about for every entry. */
function datesAround(timeZone: string, range: Span): Around {
  const byZone = around.get(range) ?? new Map<string, Around>();
  around.set(range, byZone);
  const known = byZone.get(timeZone);
  if (known) return known;
  const dates = {
    dayBefore: addDays(localDateAt(timeZone, range.startMs), -1),
    dayAfter: addDays(localDateAt(timeZone, range.endMs), 1),
  };
  byZone.set(timeZone, dates);
  return dates;
}

/** Local dates on which an occurrence begins, from `fromDate` to `toDate`, both included, in order. */
export function occurrenceDates(
  { recurrence, exceptDates, extraDates }: Pick<Occurrences, "recurrence" | "exceptDates" | "extraDates">,
  startDate: string,
  fromDate: string,
  toDate: string,
): string[] {
  const isWithin = (date: string) => date >= fromDate && date <= toDate;
  const regular =
    recurrence === null
      ? [startDate].filter(isWithin)
      : recurrenceDates(recurrence, startDate, fromDate, toDate);
  if (exceptDates.length === 0 && extraDates.length === 0) return regular;
  const except = new Set(exceptDates);
  return [...new Set([...regular, ...extraDates.filter(isWithin)])]
    .filter((date) => !except.has(date))
    .sort();
}

/** When a daypart is active within a range, in order, merged. Stretches are given whole. */
export function daypartSpans(daypart: Daypart, timeZone: string, range: Span): Span[] {
  const except = new Set(daypart.exceptDates);
  const lastDate = addDays(localDateAt(timeZone, range.endMs), 1);
  const spans: Span[] = [];
  for (
    let date = addDays(localDateAt(timeZone, range.startMs), -2);
    date <= lastDate;
    date = addDays(date, 1)
  ) {
    if (except.has(date)) continue;
    const day = isoWeekday(date);
    for (const { weekdays, start, end } of daypart.windows) {
      if (!weekdays.some((one) => WEEKDAY_NUMBER[one] === day)) continue;
      const endDate = end <= start ? addDays(date, 1) : date;
      const span = {
        startMs: instantAt(timeZone, date, timeOfDayMs(start)),
        endMs: instantAt(timeZone, endDate, timeOfDayMs(end)),
      };
      if (span.startMs < span.endMs && meets(span, range)) spans.push(span);
    }
  }
  return mergeSpans(spans);
}

/** Spans in order, those that touch or overlap made one. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((one, other) => one.startMs - other.startMs)) {
    const last = merged.at(-1);
    if (last && span.startMs <= last.endMs) last.endMs = Math.max(last.endMs, span.endMs);
    else merged.push({ ...span });
  }
  return merged;
}

export function meets(one: Span, other: Span): boolean {
  return one.startMs < other.endMs && one.endMs > other.startMs;
}

/** The parts of an activity that lie in windows. */
function cut(one: Activity, windows: readonly Span[]): Activity[] {
  return windows.flatMap((window) =>
    meets(one, window)
      ? [{ ...one, startMs: Math.max(one.startMs, window.startMs), endMs: Math.min(one.endMs, window.endMs) }]
      : [],
  );
}
