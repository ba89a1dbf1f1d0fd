import type { EntryStretch, OccurrenceScope } from "@vitrine/core/model/entry";
import type { Span } from "./grip.ts";
import { addDays, DAY_MS, instantOfWall, startOf, wallAt } from "./wall-time.ts";

type Stretched = { id: string; stretches: EntryStretch[] };
/** The block that is changed, as far as it matters here. */
type Changed = Span & { date: string | null; entry: { id: string } };

/** How far a change reaches from the occurrence of a date. */
export function isReached(date: string | null, from: string | null, scope: OccurrenceScope): boolean {
  if (scope === "all" || date === null || from === null) return true;
  return scope === "one" ? date === from : date >= from;
}

/** The entry as it will be once the server has moved a block: what the calendar shows meanwhile. */
export function withMoved<Entry extends Stretched>(
  entry: Entry,
  {
    block,
    to,
    toDate,
    scope,
    timeZone,
  }: {
    block: Changed;
    to: Span;
    /** The date on which its occurrence begins then. */
    toDate: string;
    scope: OccurrenceScope;
    timeZone: string;
  },
): Entry {
  if (entry.id !== block.entry.id) return entry;
  const shifted = (instant: string | null, byMs: number) =>
    instant === null || byMs === 0 ? instant : instantOfWall(wallAt(instant, timeZone) + byMs, timeZone);
  const days = block.date === null ? 0 : Math.round((startOf(toDate) - startOf(block.date)) / DAY_MS);
  const move = (stretch: EntryStretch): EntryStretch => ({
    date: stretch.date === null ? null : addDays(stretch.date, days),
    startsAt: shifted(stretch.startsAt, to.start - block.start),
    endsAt: shifted(stretch.endsAt, to.end - block.end),
  });
  return {
    ...entry,
    stretches: entry.stretches.map((one) => (isReached(one.date, block.date, scope) ? move(one) : one)),
  };
}

/** The entry without the occurrences that are being removed. */
export function withoutOccurrences<Entry extends Stretched>(
  entry: Entry,
  block: Changed,
  scope: OccurrenceScope,
): Entry {
  if (entry.id !== block.entry.id) return entry;
  return { ...entry, stretches: entry.stretches.filter((one) => !isReached(one.date, block.date, scope)) };
}
