import { Temporal } from "temporal-polyfill";

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
  const date = Temporal.PlainDate.from(localDate);
  return {
    localDate,
    startMs: date.toZonedDateTime(timeZone).epochMilliseconds,
    endMs: date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds,
  };
}
