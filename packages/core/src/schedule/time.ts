import { Temporal } from "temporal-polyfill";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** A local calendar day as instants: half-open `[startMs, endMs)`, 23 to 25 hours, or empty when skipped. */
export type DayBounds = { localDate: string; startMs: number; endMs: number };

/** The calendar date (ISO 8601, `2026-11-21`) on the wall of `timeZone` at an instant. */
export function localDateAt(timeZone: string, instantMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(instantMs))
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** First instant of a local date and of the one after it. A local midnight that does not exist moves forward. */
export function dayBounds(timeZone: string, localDate: string): DayBounds {
  const { startMs, endMs } = findDay(timeZone, localDate);
  return { localDate, startMs, endMs };
}

/**
 * The instant of a wall-clock time of day, `timeMs` after 00:00, on a local date. A time that does not exist moves
 * forward by the gap; of one that exists twice it is the first.
 */
export function instantAt(timeZone: string, localDate: string, timeMs: number): number {
  const day = findDay(timeZone, localDate);
  if (day.isEven) return day.startMs + timeMs;
  return Temporal.PlainDate.from(localDate)
    .toPlainDateTime()
    .add({ milliseconds: timeMs })
    .toZonedDateTime(timeZone).epochMilliseconds;
}

/** The date so many days later. */
export function addDays(localDate: string, days: number): string {
  return new Date(Date.parse(`${localDate}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one date to another. */
export function daysBetween(fromDate: string, toDate: string): number {
  return (Date.parse(`${toDate}T00:00:00Z`) - Date.parse(`${fromDate}T00:00:00Z`)) / DAY_MS;
}

/** 1 for Monday to 7 for Sunday. */
export function isoWeekday(localDate: string): number {
  return new Date(`${localDate}T00:00:00Z`).getUTCDay() || 7;
}

/** Milliseconds after 00:00 of `06:30` or `06:30:15`. */
export function timeOfDayMs(time: string): number {
  const seconds = Number(time.slice(6) || 0);
  return ((Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60 + seconds) * 1000;
}

/** `isEven`: its clock runs through from 00:00 to 24:00, so that a time of day can simply be added. */
type Day = { startMs: number; endMs: number; isEven: boolean };

const REMEMBERED_DAYS = 2000;
const days = new Map<string, Day>();

/** Zones are slow to ask and their days few: the last ones are kept. */
function findDay(timeZone: string, localDate: string): Day {
  const key = `${timeZone} ${localDate}`;
  const known = days.get(key);
  if (known) return known;
  const date = Temporal.PlainDate.from(localDate);
  const start = date.toZonedDateTime(timeZone);
  const startMs = start.epochMilliseconds;
  const endMs = date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  const isEven =
    endMs - startMs === DAY_MS && start.toPlainTime().equals("00:00") && !hasTransition(start, endMs);
  const day = { startMs, endMs, isEven };
  if (days.size >= REMEMBERED_DAYS) days.clear();
  days.set(key, day);
  return day;
}

function hasTransition(start: Temporal.ZonedDateTime, endMs: number): boolean {
  const next = start.getTimeZoneTransition("next");
  return next !== null && next.epochMilliseconds < endMs;
}
