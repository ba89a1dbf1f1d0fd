import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Manifest } from "../model/manifest.ts";
import { airtime } from "./airtime.ts";
import { explain } from "./explain.ts";
import { filesNeeded } from "./files-needed.ts";
import { lint } from "./lint.ts";
import { playheadAt } from "./playhead.ts";
import { anyDay, DATES, sampleEntry, sampleItem, sampleManifest, uuid, ZONES } from "./testing/arbitrary.ts";
import { assetsTo, listOf, nameOf } from "./testing/days.ts";
import { RUNS } from "./testing/run-size.ts";
import { dayBounds } from "./time.ts";
import { compileDay } from "./timeline.ts";

/** A seed that never changes, then one of the moment: what a random run finds can be told apart from what came with an edit. */
const SEEDS = [20_261_121, Date.now() % 2_147_483_647];
const days = anyDay({ stepMs: 1000, dates: DATES, zones: ZONES });
const holds = (property: fc.IProperty<[{ manifest: Manifest; date: string }]>, seed: number) =>
  fc.assert(property, { numRuns: RUNS, seed });

describe.each(SEEDS)("with the seed %i", { timeout: 1_800_000 }, (seed) => {
  test("R1: slots lie in order within the day, and never two at once", () => {
    holds(
      fc.property(days, ({ manifest, date }) => {
        const { slots, startMs, endMs } = compileDay(manifest, date);
        let reachedMs = startMs;
        const misplaced = slots.filter((slot) => {
          const isMisplaced = slot.startMs < reachedMs || slot.endMs <= slot.startMs;
          reachedMs = slot.endMs;
          return isMisplaced;
        });
        expect(misplaced).toEqual([]);
        expect(reachedMs).toBeLessThanOrEqual(endMs);
        expect(new Set(slots.map(({ slotId }) => slotId)).size).toBe(slots.length);
      }),
      seed,
    );
  });

  test("R2: the playhead is the slot that covers the instant", () => {
    holds(
      fc.property(days, ({ manifest, date }) => {
        const timeline = compileDay(manifest, date);
        for (const [place, slot] of timeline.slots.slice(0, 200).entries()) {
          const head = playheadAt(timeline, slot.endMs - 1);
          expect(head?.slot).toBe(slot);
          expect(head?.offsetMs).toBe(slot.endMs - 1 - slot.startMs);
          expect(head?.next).toBe(timeline.slots[place + 1]);
          const next = timeline.slots[place + 1];
          if (!next || next.startMs > slot.endMs) expect(playheadAt(timeline, slot.endMs)).toBeUndefined();
        }
        expect(playheadAt(timeline, timeline.endMs)).toBeUndefined();
        expect(playheadAt(timeline, timeline.startMs - 1)).toBeUndefined();
      }),
      seed,
    );
  });

  test("R3: the order of what has no order changes nothing", () => {
    holds(
      fc.property(days, ({ manifest, date }) => {
        const turned = {
          ...manifest,
          entries: manifest.entries.toReversed(),
          playlists: manifest.playlists.toReversed(),
          dayparts: manifest.dayparts.toReversed(),
          assets: manifest.assets.toReversed(),
        };
        expect(compileDay(turned, date).slots).toEqual(compileDay(manifest, date).slots);
      }),
      seed,
    );
  });

  test("B7: an edit that changes nothing before an instant leaves every slot that ends before it", () => {
    const edited = fc.tuple(days, fc.nat(86_399), fc.constantFrom("normal" as const, "override" as const));
    fc.assert(
      fc.property(edited, ([{ manifest, date }, second, kind]) => {
        const day = dayBounds(manifest.timeZone, date);
        const fromMs = Math.min(day.endMs, day.startMs + second * 1000);
        const validFrom = new Date(fromMs).toISOString();
        const entry = sampleEntry(500, {
          kind,
          content: { kind: "asset", assetId: uuid(1, 1) },
          priority: 3,
          validFrom,
        });
        const after = compileDay({ ...manifest, entries: [...manifest.entries, entry] }, date).slots;
        const kept = compileDay(manifest, date).slots.filter(({ endMs }) => endMs <= fromMs);
        expect(after.slice(0, kept.length)).toEqual(kept);
      }),
      { numRuns: RUNS, seed },
    );
  });

  test("R6: airtime adds up to the time in which something is shown, and to what each slot says", () => {
    holds(
      fc.property(days, ({ manifest, date }) => {
        const { slots, startMs, endMs } = compileDay(manifest, date);
        const sums = airtime(manifest, startMs, endMs);
        const shownMs = slots.reduce((sum, slot) => sum + slot.endMs - slot.startMs, 0);
        expect(sums.reduce((sum, one) => sum + one.shownMs, 0)).toBe(shownMs);
        expect(sums.reduce((sum, one) => sum + one.plays, 0)).toBe(slots.length);
      }),
      seed,
    );
  });

  test("R5: the reasons agree with what is shown", () => {
    const RULES = {
      screen_playlist: "screen_playlist",
      organization_default: "organization_default",
      override: "override",
    };
    fc.assert(
      fc.property(days, fc.nat(86_399), ({ manifest, date }, second) => {
        const day = dayBounds(manifest.timeZone, date);
        const atMs = day.startMs + second * 1000;
        if (atMs >= day.endMs) return;
        const { rule, entries, playhead } = explain(manifest, atMs);
        const slot = playhead?.slot;
        if (!slot) expect(rule).toBe("idle");
        // What a soft boundary lets finish may be on the screen a little longer than the rule that put it there.
        const isFinishing = slot !== undefined && slot.startMs < atMs && manifest.graceMs > 0;
        if (!slot || isFinishing) return;
        if (slot.reason === "interrupt" || slot.reason === "entry") {
          const verdict = entries.find(({ entryId }) => entryId === slot.entryId)?.verdict;
          if (slot.startMs === atMs) expect(["wins", "shares", "interrupts"]).toContain(verdict);
        } else if (slot.startMs === atMs && slot.reason in RULES) {
          expect(rule).toBe(slot.reason);
        }
      }),
      { numRuns: RUNS, seed },
    );
  });

  test("R9: whatever a manifest says, the core answers and ends", () => {
    const ids = fc.nat(5).map((number) => uuid(3, number));
    const item = fc.record({
      content: fc.oneof(
        ids.map((playlistId) => ({ playlistId })),
        fc.nat(6).map((number) => ({ assetId: uuid(1, number) })),
      ),
      take: fc.constantFrom(null, 1, 10_000),
      weight: fc.constantFrom(1, 100),
      durationMs: fc.constantFrom(null, 500, 86_400_000),
    });
    const wild = fc.record({
      lists: fc.array(
        fc.record({
          order: fc.constantFrom("sequence" as const, "shuffle" as const),
          items: fc.array(item, { maxLength: 6 }),
        }),
        { maxLength: 6 },
      ),
      date: fc.constantFrom("1970-01-01", "2199-12-31", "2026-03-29", "2011-12-30"),
      entries: fc.array(
        fc.record({ to: ids, kind: fc.constantFrom("normal" as const, "override" as const) }),
        { maxLength: 4 },
      ),
    });
    fc.assert(
      fc.property(wild, ({ lists, date, entries }) => {
        const manifest = sampleManifest({
          timeZone: "Pacific/Apia",
          playlistId: uuid(3, 0),
          defaultPlaylistId: uuid(3, 9),
          assets: assetsTo(5),
          playlists: lists.map(({ order, items }, number) => ({
            ...listOf(number, []),
            order,
            items: items.map(({ content, ...rest }, at) =>
              sampleItem(number * 100 + at, { ...rest, ...content }),
            ),
          })),
          entries: entries.map(({ to, kind }, number) =>
            sampleEntry(number, {
              kind,
              content: { kind: "playlist", playlistId: to },
              daypartIds: number % 2 ? [uuid(5, 9)] : [],
            }),
          ),
        });
        const { startMs, endMs } = compileDay(manifest, date);
        explain(manifest, startMs);
        lint(manifest, startMs, endMs);
        filesNeeded(manifest, startMs, endMs);
      }),
      { numRuns: RUNS / 2, seed },
    );
  });

  test("L7, L8: every shuffled cycle is a permutation, and no item follows itself", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(1000), (count, list) => {
        const numbers = Array.from({ length: count }, (_, number) => number);
        const playlist = { ...listOf(list, numbers), order: "shuffle" as const };
        const manifest = sampleManifest({
          playlistId: playlist.id,
          playlists: [playlist],
          assets: assetsTo(count),
        });
        const names = compileDay(manifest, "2026-11-24").slots.map(nameOf);
        for (let from = 0; from + count <= names.length; from += count) {
          expect(new Set(names.slice(from, from + count)).size).toBe(count);
        }
        expect(names.some((name, place) => name === names[place - 1])).toBe(false);
      }),
      { numRuns: RUNS, seed },
    );
  });

  test("I2: an interrupt is never further from its share than the longest slot, for each interrupt that is active", () => {
    const one = fc.record({
      percent: fc.integer({ min: 1, max: 60 }),
      seconds: fc.integer({ min: 1, max: 60 }),
    });
    const contest = fc.record({
      list: fc.array(one, { minLength: 1, maxLength: 4 }),
      baseSeconds: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(contest, ({ list, baseSeconds }) => {
        const total = list.reduce((sum, { percent }) => sum + percent, 0);
        const lengths = list.map(({ seconds }) => seconds * 1000);
        const durations = [baseSeconds * 1000, ...lengths];
        const manifest = sampleManifest({
          playlistId: uuid(3, 0),
          playlists: [listOf(0, [0])],
          assets: assetsTo(5).map((asset, number) => ({ ...asset, durationMs: durations[number] ?? 1000 })),
          entries: list.map(({ percent }, number) =>
            sampleEntry(number, {
              kind: "interrupt",
              sharePercent: percent,
              content: { kind: "asset", assetId: uuid(1, number + 1) },
            }),
          ),
        });
        const { slots, startMs } = compileDay(manifest, "2026-11-24");
        const boundMs = Math.max(...durations) * list.length;
        for (const [number, { percent }] of list.entries()) {
          const share = total > 100 ? Math.floor((percent * 1000) / total) / 1000 : percent / 100;
          let givenMs = 0;
          let furthestMs = 0;
          for (const slot of slots) {
            furthestMs = Math.max(furthestMs, Math.abs(share * (slot.startMs - startMs) - givenMs));
            if (nameOf(slot) === `${number + 1}`) givenMs += slot.endMs - slot.startMs;
          }
          expect(furthestMs).toBeLessThanOrEqual(boundMs + 0.001);
        }
      }),
      { numRuns: RUNS, seed },
    );
  });
});
