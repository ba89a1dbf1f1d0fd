import type { AssetSlot, Slot, Timeline } from "./timeline.ts";

/** What a row of slots says for an instant: the slot, how far into it, and the one after it on the same day. */
export type SlotHead<One extends Slot> = { slot: One; offsetMs: number; next: One | undefined };
/** The playhead of a screen; of a layout also that of each zone with something in it. */
export type Playhead = SlotHead<Slot> & { zones: readonly (SlotHead<AssetSlot> & { zoneId: string })[] };

/** The playhead at an instant (epoch ms), or undefined outside the day or when idle. O(log slots). */
export function playheadAt(timeline: Timeline, instantMs: number): Playhead | undefined {
  const head = headAt(timeline.slots, instantMs);
  if (!head) return undefined;
  const { slot } = head;
  if (slot.kind === "asset") return { ...head, zones: NO_ZONES };
  const zones = slot.zones.flatMap(({ zoneId, slots }) => {
    const inner = headAt(slots, instantMs);
    return inner ? [{ ...inner, zoneId }] : [];
  });
  return { ...head, zones };
}

const NO_ZONES: Playhead["zones"] = [];

function headAt<One extends Slot>(slots: readonly One[], instantMs: number): SlotHead<One> | undefined {
  const place = placeOf(slots, instantMs);
  const slot = slots[place];
  if (!slot || instantMs >= slot.endMs) return undefined;
  return { slot, offsetMs: instantMs - slot.startMs, next: slots[place + 1] };
}

/** The place of the last slot that has begun; -1 before the first. */
function placeOf(slots: readonly Slot[], instantMs: number): number {
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((slots[middle]?.startMs ?? Number.POSITIVE_INFINITY) <= instantMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
