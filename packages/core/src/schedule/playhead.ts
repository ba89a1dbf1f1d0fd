import type { Slot, Timeline } from "./timeline.ts";

/** What a timeline says for an instant: the slot, how far into it, and the one after it on the same day. */
export type Playhead = { slot: Slot; offsetMs: number; next: Slot | undefined };

/** The playhead at an instant (epoch ms), or undefined outside the day or when idle. O(log slots). */
export function playheadAt(timeline: Timeline, instantMs: number): Playhead | undefined {
  if (instantMs < timeline.startMs || instantMs >= timeline.endMs) return undefined;
  const { slots } = timeline;
  let low = 0;
  let high = slots.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((slots[middle]?.startMs ?? Number.POSITIVE_INFINITY) <= instantMs) low = middle;
    else high = middle - 1;
  }
  const slot = slots[low];
  return slot && { slot, offsetMs: instantMs - slot.startMs, next: slots[low + 1] };
}
