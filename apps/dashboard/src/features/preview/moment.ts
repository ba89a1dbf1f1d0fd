import { Temporal } from "temporal-polyfill";

/**
 * The instant (epoch ms) of a moment as an address names it, on the wall of a zone. A time that the clock leaves
 * out moves forward by the gap; of one that it says twice, the offset tells which, else it is the first.
 */
export function instantOf(timeZone: string, text: string): number {
  return Temporal.ZonedDateTime.from(`${text}[${timeZone}]`, { offset: "prefer" }).epochMilliseconds;
}

/** How an address names an instant: local date and time to the second, with the offset where it is needed. */
export function momentText(timeZone: string, atMs: number): string {
  const local = zoned(timeZone, atMs);
  const plain = local.toPlainDateTime().toString({ smallestUnit: "second" });
  const isFirst = local.toPlainDateTime().toZonedDateTime(timeZone).offset === local.offset;
  return isFirst ? plain : `${plain}${local.offset}`;
}

/** The local time of day to the second, as inputs of type `time` have it. */
export function timeText(timeZone: string, atMs: number): string {
  return zoned(timeZone, atMs).toPlainTime().toString({ smallestUnit: "second" });
}

/** The same local time of day on another date. */
export function onDate(timeZone: string, atMs: number, date: string): number {
  return Temporal.PlainDate.from(date)
    .toPlainDateTime(zoned(timeZone, atMs).toPlainTime())
    .toZonedDateTime(timeZone).epochMilliseconds;
}

/** Another local time of day (`09:30`, `09:30:15`) on the same date. */
export function atTime(timeZone: string, atMs: number, time: string): number {
  return zoned(timeZone, atMs).withPlainTime(Temporal.PlainTime.from(time)).epochMilliseconds;
}

/** The local date so many days away. */
export function dateAfter(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

export type Day = { startMs: number; endMs: number };

/** An instant moved by so much, but not out of its day. */
export function movedIn(day: Day, atMs: number, byMs: number): number {
  return Math.max(day.startMs, Math.min(day.endMs - 1000, atMs + byMs));
}

/** Where an instant stands in its day, 0 to 1 of the time that passes in it. */
export function fractionOf(day: Day, atMs: number): number {
  return Math.max(0, Math.min(1, (atMs - day.startMs) / Math.max(1, day.endMs - day.startMs)));
}

/** The full hours of a day as its clock says them, each with its instant; on some days one is missing or comes twice. */
export function hoursOf(timeZone: string, day: Day): { atMs: number; hour: number }[] {
  const hours: { atMs: number; hour: number }[] = [];
  for (let atMs = day.startMs; atMs < day.endMs; atMs += 900_000) {
    const { hour, minute } = zoned(timeZone, atMs);
    if (minute === 0) hours.push({ atMs, hour });
  }
  return hours;
}

/** How many hours more (or fewer) than 24 a day has. */
export function oddHours(day: Day): number {
  return (day.endMs - day.startMs) / 3_600_000 - 24;
}

function zoned(timeZone: string, atMs: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(timeZone);
}
