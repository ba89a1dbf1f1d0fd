import type { Slot, Timeline } from "@vitrine/core/schedule";

/** Who has the screen: an entry, or the playlist that plays where no entry does. */
export type Holder =
  | { kind: "entry" | "override"; entryId: string }
  | { kind: "screen_playlist" | "organization_default" };

/** A stretch of the day that belongs to the same holders throughout; none: the screen is idle. */
export type DayBlock = {
  startMs: number;
  endMs: number;
  /** More than one take turns. */
  holders: readonly Holder[];
  /** Entries that come in between for their share of the time. */
  interruptIds: readonly string[];
};

/** Slots that take turns are no longer than this; longer ones are blocks of their own. */
const LONGEST_TURN_MS = 15 * 60_000;

/** The day as people speak of it: what has the screen from when to when, without gap or overlap. */
export function dayBlocks({ startMs, endMs, slots }: Timeline): DayBlock[] {
  const runs = runsOf(slots);
  const blocks: DayBlock[] = [];
  let untilMs = startMs;
  for (let index = 0; index < runs.length; ) {
    const length = turnsFrom(runs, index);
    const members = runs.slice(index, index + length);
    const [first] = members;
    const last = members.at(-1);
    index += length;
    if (!first || !last) continue;
    if (first.startMs > untilMs) blocks.push(idle(untilMs, first.startMs));
    blocks.push({
      startMs: first.startMs,
      endMs: last.endMs,
      holders: unique(members.map(({ holder }) => holder)),
      interruptIds: [...new Set(members.flatMap(({ interruptIds }) => interruptIds))],
    });
    untilMs = last.endMs;
  }
  if (untilMs < endMs) blocks.push(idle(untilMs, endMs));
  return blocks;
}

/** The block of an instant. */
export function blockAt(blocks: readonly DayBlock[], atMs: number): DayBlock | undefined {
  return blocks.find((block) => block.startMs <= atMs && atMs < block.endMs);
}

/** When something else has the screen next, and when the one before or this began; undefined where there is none. */
export function changesAround(
  starts: readonly { startMs: number }[],
  atMs: number,
): { previousMs: number | undefined; nextMs: number | undefined } {
  return {
    previousMs: starts.findLast(({ startMs }) => startMs < atMs - REACHED_MS)?.startMs,
    nextMs: starts.find(({ startMs }) => startMs > atMs)?.startMs,
  };
}

/** So shortly after a change, "the one before" is the one before it. */
const REACHED_MS = 2000;

type Run = {
  holder: Holder;
  startMs: number;
  endMs: number;
  slotCount: number;
  interruptIds: string[];
  /** Nothing but interrupts so far: it goes to whoever comes directly after. */
  isLoose: boolean;
};

/** Slots of one holder that follow each other; what interrupts belongs to whom it interrupts. */
function runsOf(slots: readonly Slot[]): Run[] {
  const runs: Run[] = [];
  for (const slot of slots) {
    const last = runs.at(-1);
    const isNext = last !== undefined && last.endMs === slot.startMs;
    if (slot.reason === "interrupt" && slot.entryId !== null) {
      if (isNext) {
        last.endMs = slot.endMs;
        last.interruptIds.push(slot.entryId);
      } else {
        const holder = { kind: "entry", entryId: slot.entryId } as const;
        runs.push({ ...runOf(slot, holder), interruptIds: [slot.entryId], isLoose: true });
      }
      continue;
    }
    const holder = holderOf(slot);
    if (isNext && (last.isLoose || keyOf(last.holder) === keyOf(holder))) {
      last.endMs = slot.endMs;
      last.slotCount += last.isLoose ? 0 : 1;
      last.holder = holder;
      last.isLoose = false;
    } else runs.push(runOf(slot, holder));
  }
  return runs;
}

function runOf({ startMs, endMs }: Slot, holder: Holder): Run {
  return { holder, startMs, endMs, slotCount: 1, interruptIds: [], isLoose: false };
}

function holderOf({ reason, entryId }: Slot): Holder {
  if (entryId !== null) return { kind: reason === "override" ? "override" : "entry", entryId };
  return { kind: reason === "organization_default" ? "organization_default" : "screen_playlist" };
}

/** Names a holder: two with the same key are the same. */
export function keyOf(holder: Holder): string {
  return "entryId" in holder ? holder.entryId : holder.kind;
}

/** How many runs from here on are entries in turn: single slots whose holders come again; else 1. */
function turnsFrom(runs: readonly Run[], from: number): number {
  const members = new Map<string, number>();
  let length = 0;
  for (let index = from; index < runs.length; index += 1) {
    const run = runs[index];
    const before = runs[index - 1];
    if (!run || !isTurn(run) || (index > from && before?.endMs !== run.startMs)) break;
    const key = keyOf(run.holder);
    if (!members.has(key) && !comesAgain(runs, index, key)) break;
    members.set(key, (members.get(key) ?? 0) + 1);
    length += 1;
  }
  return members.size > 1 ? length : 1;
}

const AHEAD = 12;

function comesAgain(runs: readonly Run[], index: number, key: string): boolean {
  for (let next = index + 1; next <= index + AHEAD; next += 1) {
    const run = runs[next];
    if (!run || !isTurn(run)) return false;
    if (keyOf(run.holder) === key) return true;
  }
  return false;
}

function isTurn({ slotCount, startMs, endMs, holder }: Run): boolean {
  return slotCount === 1 && holder.kind === "entry" && endMs - startMs <= LONGEST_TURN_MS;
}

function unique(holders: readonly Holder[]): Holder[] {
  return [...new Map(holders.map((holder) => [keyOf(holder), holder])).values()];
}

function idle(startMs: number, endMs: number): DayBlock {
  return { startMs, endMs, holders: [], interruptIds: [] };
}
