import { Temporal } from "temporal-polyfill";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** What is shorter is drawn as long as this, so that it can be seen and taken hold of. */
export const SHORTEST_DRAWN_MS = 15 * MINUTE_MS;

/**
 * What the clock on the wall of a zone shows at an instant, as milliseconds since 1970 as if it were UTC. Wall
 * times are added and compared without a zone: the day of a calendar always has 24 hours of them.
 */
export function wallAt(instant: string, timeZone: string): number {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDateTime().toZonedDateTime("UTC")
    .epochMilliseconds;
}

/** The instant of a wall time. One that does not exist moves forward by the gap; of one that exists twice it is the first. */
export function instantOfWall(wallMs: number, timeZone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO("UTC").toPlainDateTime();
  return new Date(local.toZonedDateTime(timeZone).epochMilliseconds).toISOString();
}

/** The same instant on the wall of another zone. */
export function wallInZone(wallMs: number, from: string, to: string): number {
  return from === to ? wallMs : wallAt(instantOfWall(wallMs, from), to);
}

/** The wall time of `2026-11-24T09:00`, with or without seconds. */
export function wallOf(localDateTime: string): number {
  return Date.parse(`${localDateTime}Z`);
}

/** A wall time as `2026-11-24T09:00`, with seconds only where there are any. */
export function localText(wallMs: number): string {
  const text = new Date(wallMs).toISOString();
  return text.slice(17, 19) === "00" ? text.slice(0, 16) : text.slice(0, 19);
}

/** The date of a wall time: `2026-11-24`. */
export function dateOf(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}

/** Midnight at the beginning of a date. */
export function startOf(date: string): number {
  return Date.parse(`${date}T00:00Z`);
}

/** The date so many days later. */
export function addDays(date: string, days: number): string {
  return dateOf(startOf(date) + days * DAY_MS);
}

/** 1 for Monday to 7 for Sunday. */
export function isoWeekday(date: string): number {
  return new Date(startOf(date)).getUTCDay() || 7;
}
