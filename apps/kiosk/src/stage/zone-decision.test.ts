import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { media, sequence, stream } from "../testing/plans.ts";
import { decide, type Showing } from "./zone-decision.ts";

const picture = (letter: string) => media("image", letter.repeat(64));
const A = { item: picture("a"), durationMs: 1000 };
const B = { item: picture("b"), durationMs: 1000 };
const C = { item: picture("c"), durationMs: 1000 };
const slots = sequence(0, [A, B, C]);
const none: ReadonlySet<string> = new Set();
const showing = (slotId: string, isSound = true): Showing => ({ slotId, standInSlotId: null, isSound });

/** A decision in letters: what is shown, for whose time, what is prepared, and when to wake. */
function decided(nowMs: number, on: Showing | undefined, failed = none, of = slots) {
  const { show, prepare, wakeAtMs } = decide({ slots: of, nowMs, showing: on, failed });
  return [show && `${show.content.slotId} for ${show.slot.slotId}`, prepare?.slotId, wakeAtMs];
}

describe("decide", () => {
  it("shows the slot of now first, then gets the next ready", () => {
    expect(decided(0, undefined)).toEqual(["a for a", undefined, 1000]);
    expect(decided(500, showing("a"))).toEqual([undefined, "b", 1000]);
    expect(decided(1000, showing("a"))).toEqual(["b for b", undefined, 2000]);
    expect(decided(2500, showing("c"))).toEqual([undefined, undefined, undefined]);
  });

  it("has a stream begin to get ready only shortly before its time", () => {
    const item = stream("https://stream.example/live.m3u8");
    const later = sequence(0, [
      { ...A, durationMs: 60_000 },
      { item, durationMs: 1000 },
    ]);
    expect(decided(10, showing("a"), none, later)).toEqual([undefined, undefined, 45_000]);
    expect(decided(45_000, showing("a"), none, later)).toEqual([undefined, "b", 60_000]);
  });

  it("tries content again while another stands in for it, once it counts as failed no more", () => {
    const standIn: Showing = { slotId: "a", standInSlotId: "b", isSound: true };
    expect(decided(500, standIn, new Set(["a"]))).toEqual([undefined, "b", 1000]);
    expect(decided(500, standIn)).toEqual(["a for a", undefined, 1000]);
  });

  it("lets the next that can be shown stand in for what failed, for its slot alone", () => {
    const failed = new Set(["b"]);
    expect(decided(500, showing("a"), failed)).toEqual([undefined, "c", 1000]);
    expect(decided(1000, showing("a"), failed)).toEqual(["c for b", undefined, 2000]);
    expect(decided(2000, { slotId: "b", standInSlotId: "c", isSound: true }, failed)).toEqual([
      "c for c",
      undefined,
      undefined,
    ]);
  });

  it("keeps what is there where nothing can stand in", () => {
    const failed = new Set(["b", "c"]);
    expect(decided(1500, showing("a"), failed)).toEqual([undefined, undefined, 2000]);
  });

  it("does not let the same content stand in for itself", () => {
    const twice = sequence(0, [A, A, B]);
    expect(decided(0, undefined, new Set(["a"]), twice)).toEqual(["c for a", undefined, 1000]);
  });

  it("replaces what broke on the glass at once", () => {
    expect(decided(500, showing("a", false), new Set(["a"]))).toEqual(["b for a", undefined, 1000]);
  });

  it("keeps the last picture in a gap and after the end, and gets ready for what follows", () => {
    const gapped = [...sequence(0, [A]), ...sequence(3000, [{ ...B, slotId: "b" }])];
    expect(decided(2000, showing("a"), none, gapped)).toEqual([undefined, "b", 3000]);
    expect(decided(9000, showing("b"), none, gapped)).toEqual([undefined, undefined, undefined]);
  });

  it("never chooses failed content, never prepares the past, and wakes in the future only", () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lengths, fc.nat(700), fc.array(fc.nat(11)), fc.nat(14), (durations, nowMs, broken, at) => {
        const items = durations.map((durationMs, index) => ({
          item: picture("0123456789ab"[index] ?? "0"),
          durationMs,
        }));
        const all = sequence(0, items);
        const failed = new Set(broken.flatMap((index) => all[index]?.slotId ?? []));
        const on = all[at] && showing(all[at].slotId, !failed.has(all[at].slotId));
        const { show, prepare, wakeAtMs } = decide({ slots: all, nowMs, showing: on, failed });
        const current = all.find((slot) => slot.startsAtMs <= nowMs && nowMs < slot.endsAtMs);
        if (show) {
          expect(failed.has(show.content.slotId)).toBe(false);
          expect(show.slot).toBe(current);
        } else if (current) {
          // Nothing to change means: it is there already, or there is nothing better.
          const isThere = on?.slotId === current.slotId && on.isSound;
          const isHopeless = all.every(
            (slot) => slot.startsAtMs < current.startsAtMs || failed.has(slot.slotId),
          );
          expect(isThere || isHopeless).toBe(true);
        }
        if (prepare) expect(prepare.startsAtMs > nowMs && !failed.has(prepare.slotId)).toBe(true);
        if (wakeAtMs !== undefined) expect(wakeAtMs).toBeGreaterThan(nowMs);
      }),
    );
  });
});
