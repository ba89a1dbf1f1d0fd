import type { EntryStretch, ListedEntry, OccurrenceScope } from "@vitrine/core/model/entry";
import type { Block } from "./blocks.ts";
import type { Span } from "./grip.ts";
import { instantOfWall, wallAt } from "./wall-time.ts";

/** How far a change reaches from the occurrence of a date. */
export function isReached(date: string | null, from: string | null, scope: OccurrenceScope): boolean {
  if (scope === "all" || date === null || from === null) return true;
  return scope === "one" ? date === from : date >= from;
}

/** The entry as it will be once the server has moved a block: what the calendar shows meanwhile. */
export function withMoved(
  entry: ListedEntry,
  { block, to, scope, timeZone }: { block: Block; to: Span; scope: OccurrenceScope; timeZone: string },
): ListedEntry {
  if (entry.id !== block.entry.id) return entry;
  const shifted = (instant: string | null, byMs: number) =>
    instant === null || byMs === 0 ? instant : instantOfWall(wallAt(instant, timeZone) + byMs, timeZone);
  const move = (stretch: EntryStretch): EntryStretch => ({
    ...stretch,
    startsAt: shifted(stretch.startsAt, to.start - block.start),
    endsAt: shifted(stretch.endsAt, to.end - block.end),
  });
  return {
    ...entry,
    stretches: entry.stretches.map((one) => (isReached(one.date, block.date, scope) ? move(one) : one)),
  };
}

/** The entry without the occurrences that are being removed. */
export function withoutOccurrences(entry: ListedEntry, block: Block, scope: OccurrenceScope): ListedEntry {
  if (entry.id !== block.entry.id) return entry;
  return { ...entry, stretches: entry.stretches.filter((one) => !isReached(one.date, block.date, scope)) };
}
