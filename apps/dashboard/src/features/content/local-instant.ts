import { Temporal } from "temporal-polyfill";

/** An instant by the clock of a zone, to the minute, as inputs of type `datetime-local` have it. */
export function localOf(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
}

/**
 * The instant of a local date and time in a zone, as it is on the wire; undefined where the text is none. A time
 * that does not exist moves forward by the gap; of one that exists twice it is the first.
 */
export function instantOfLocal(local: string, timeZone: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(local)) return undefined;
  const zoned = Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone);
  return zoned.toInstant().toString({ fractionalSecondDigits: 3 });
}
