import fc from "fast-check";
import { expect, test } from "vitest";
import type { Manifest } from "../model/manifest.ts";
import { playheadAt } from "./playhead.ts";
import { anyDay, DATES, ZONES } from "./testing/arbitrary.ts";
import { type Glimpse, walkDay } from "./testing/reference.ts";
import { RUNS } from "./testing/run-size.ts";
import { addDays } from "./time.ts";
import { compileDay } from "./timeline.ts";

const MINUTE_MS = 60_000;
/** Whole weeks in the long run, two days each in the suite. */
const WEEK_DAYS = Math.min(7, Math.ceil(RUNS / 15));

/** The first step at which engine and reference see different things, in words; undefined when they agree all day. */
function firstDifference(manifest: Manifest, date: string, stepMs: number): string | undefined {
  const timeline = compileDay(manifest, date);
  let difference: string | undefined;
  walkDay(manifest, date, stepMs, (instantMs, expected) => {
    const head = playheadAt(timeline, instantMs);
    const slot = head?.slot.kind === "asset" ? head.slot : undefined;
    const seen: Glimpse | undefined = slot && {
      assetId: slot.assetId,
      itemId: slot.itemId,
      entryId: slot.entryId,
      sinceMs: slot.startMs,
    };
    if (JSON.stringify(seen) === JSON.stringify(expected)) return true;
    difference = `${new Date(instantMs).toISOString()}: ${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`;
    return false;
  });
  return difference;
}

test("R1: engine and reference agree second by second over a generated week of every zone", {
  timeout: 600_000,
}, () => {
  for (const [place, zone] of ZONES.entries()) {
    const first = DATES[place] ?? "2026-06-10";
    const shape = { stepMs: 1000, dates: [first], zones: [zone] };
    const [sample] = fc.sample(anyDay(shape), { numRuns: 1, seed: 20_261_121 + place });
    if (!sample) throw new Error("No sample");
    for (let day = 0; day < WEEK_DAYS; day += 1) {
      expect(firstDifference(sample.manifest, addDays(first, day), 1000), zone).toBeUndefined();
    }
  }
});

test("R1, R2: engine and reference agree minute by minute over generated days of every zone", {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(anyDay({ stepMs: MINUTE_MS, dates: DATES, zones: ZONES }), ({ manifest, date }) => {
      expect(firstDifference(manifest, date, MINUTE_MS)).toBeUndefined();
    }),
    { numRuns: 5 * RUNS },
  );
});
