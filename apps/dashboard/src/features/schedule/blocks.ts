import type { ListedEntry } from "@vitrine/core/model/entry";
import type { Occurrences } from "@vitrine/core/model/schedule";
import type { Span } from "./grip.ts";
import {
  addDays,
  DAY_MS,
  dateOf,
  localText,
  SHORTEST_DRAWN_MS,
  startOf,
  wallAt,
  wallInZone,
  wallOf,
} from "./wall-time.ts";

/** One stretch of an entry on the calendar, in wall time; infinite where it has no beginning or end. */
export type Block = Span & {
  key: string;
  entry: ListedEntry;
  /** The date of the occurrence; null: it is active always. */
  date: string | null;
};

/** A block's part of one day, in milliseconds after its midnight. */
export type Segment = Span & { block: Block; hasHead: boolean; hasTail: boolean };

/** Every stretch of the entries on the wall of the zone shown, by start. */
export function blocksOf(entries: readonly ListedEntry[], timeZone: string): Block[] {
  const blocks = entries.flatMap((entry) =>
    entry.stretches.map(({ date, startsAt, endsAt }, at): Block => {
      const part = at - entry.stretches.findIndex((one) => one.date === date);
      const start = startsAt === null ? Number.NEGATIVE_INFINITY : wallAt(startsAt, timeZone);
      const end = endsAt === null ? Number.POSITIVE_INFINITY : wallAt(endsAt, timeZone);
      return {
        // Stays as it is while the occurrence is moved within its day, so that the focus stays on it.
        key: `${entry.id} ${date ?? "always"} ${part}`,
        entry,
        date,
        start,
        // A clock that is set back may show an end before its start.
        end: Math.max(end, start + SHORTEST_DRAWN_MS),
      };
    }),
  );
  return blocks.sort((left, right) => left.start - right.start || right.end - left.end);
}

/** Whether a block fills a day or more, and so stands above the hours. */
export function isAllDay({ start, end }: Span): boolean {
  return end - start >= DAY_MS;
}

/** Whether a block has neither beginning nor end. */
export function isAlways({ start, end }: Span): boolean {
  return !Number.isFinite(start) && !Number.isFinite(end);
}

/** The parts of blocks within one day. */
export function segmentsOf(blocks: readonly Block[], date: string): Segment[] {
  const midnight = startOf(date);
  return blocks.flatMap((block) => {
    const start = Math.max(0, block.start - midnight);
    const end = Math.min(DAY_MS, block.end - midnight);
    return start < end
      ? [{ block, start, end, hasHead: block.start >= midnight, hasTail: block.end <= midnight + DAY_MS }]
      : [];
  });
}

/** Whether a block has any part of a date. */
export function isOn(block: Span, date: string): boolean {
  return block.start < startOf(addDays(date, 1)) && block.end > startOf(date);
}

/** The whole occurrence that a block shows, before dayparts and validity cut it, in the entry's own zone. */
export function occurrenceOf(block: Block): Span | undefined {
  const { when } = block.entry;
  if (!when || block.date === null) return undefined;
  const first = wallOf(when.start);
  const start = startOf(block.date) + (first - startOf(dateOf(first)));
  return { start, end: start + wallOf(when.end) - first };
}

/** Local start and end of the occurrence after its block was dragged to a new stretch, for the server. */
export function movedOccurrence(
  block: Block,
  to: Span,
  timeZone: string,
): { start: string; end: string } | undefined {
  const whole = occurrenceOf(block);
  if (!whole) return undefined;
  const zone = block.entry.timeZone ?? timeZone;
  const shift = (own: number, from: number, next: number) =>
    from === next ? own : wallInZone(wallInZone(own, zone, timeZone) + next - from, timeZone, zone);
  const start = shift(whole.start, block.start, to.start);
  const isMove = to.end - to.start === block.end - block.start;
  const end = isMove ? start + whole.end - whole.start : shift(whole.end, block.end, to.end);
  return { start: localText(start), end: localText(end) };
}

/** The times of a whole series after one occurrence of it went to other local times: every one goes by as much. */
export function movedSeries(block: Block, moved: { start: string; end: string }): Occurrences | null {
  const { when } = block.entry;
  const whole = occurrenceOf(block);
  if (!when || !whole) return when;
  const start = wallOf(when.start) + wallOf(moved.start) - whole.start;
  const end = start + wallOf(moved.end) - wallOf(moved.start);
  return { ...when, start: localText(start), end: localText(end) };
}
