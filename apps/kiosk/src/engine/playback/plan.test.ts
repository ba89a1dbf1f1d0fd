import type { Manifest, ManifestAsset } from "@vitrine/core/model/manifest";
import { compileDay, localDateAt, playheadAt, type Timeline } from "@vitrine/core/schedule";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MAIN_ZONE } from "../../shared/messages.ts";
import { fileAsset, makeFile, makeManifest } from "../testing/test-content.ts";
import { trackFrom } from "./acts.ts";
import { createKeptCheck } from "./kept.ts";
import { type PlannedSlot, planZone } from "./plan.ts";
import { createTimelines } from "./timelines.ts";

const DAY_START_MS = Date.parse("2026-11-21T00:00:00.000Z");
const pool = Array.from({ length: 6 }, (_, index) => fileAsset(makeFile(10 + index)));
const timelines = createTimelines(64);

const scenario = fc.record({
  assets: fc
    .array(fc.record({ which: fc.nat(5), durationMs: fc.integer({ min: 3000, max: 40_000 }) }), {
      minLength: 1,
      maxLength: 8,
    })
    .map((list) =>
      list.map(({ which, durationMs }, index) => ({ ...at(pool, which), id: idOf(index), durationMs })),
    ),
  atMs: fc.integer({ min: 0, max: 86_399_999 }).map((offsetMs) => DAY_START_MS + offsetMs),
});

function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new Error(`No entry ${index}`);
  return value;
}

function idOf(index: number): string {
  return `0199a000-0000-7000-8000-0000000000${String(index).padStart(2, "0")}`;
}

function planOf(
  manifest: Manifest,
  nowMs: number,
  changes: {
    holdover?: PlannedSlot;
    onGlass?: PlannedSlot;
    isShowable?: (asset: ManifestAsset) => boolean;
  } = {},
): PlannedSlot[] {
  const { holdover, onGlass, isShowable = () => true } = changes;
  const fromMs = Math.max(nowMs, holdover?.endMs ?? 0);
  const at = { actId: MAIN_ZONE, zoneId: MAIN_ZONE };
  const untilMs = Number.POSITIVE_INFINITY;
  const track = trackFrom(timelines, manifest, { ...at, untilMs }, fromMs);
  const assets = new Map(manifest.assets.map((asset) => [asset.id, asset]));
  const joinsAtMs = holdover?.endMs ?? 0;
  return planZone({
    ...at,
    track,
    untilMs,
    assets,
    nowMs,
    holdover,
    joinsAtMs,
    onGlass,
    peek: undefined,
    isShowable,
  }).showings;
}

const compiled = new WeakMap<Manifest, Map<string, Timeline>>();

function coreSlotAt(manifest: Manifest, instantMs: number) {
  const date = localDateAt(manifest.timeZone, instantMs);
  const days = compiled.get(manifest) ?? new Map<string, Timeline>();
  compiled.set(manifest, days);
  const timeline = days.get(date) ?? compileDay(manifest, date);
  days.set(date, timeline);
  const slot = playheadAt(timeline, instantMs)?.slot;
  return slot?.kind === "asset" ? slot : undefined;
}

test("when everything is there the plan is what playheadAt says, without gap, for 20 s or four slots and over midnight", () => {
  fc.assert(
    fc.property(scenario, ({ assets, atMs }) => {
      const manifest = makeManifest({ assets });
      const plan = planOf(manifest, atMs);
      expect(plan.length).toBeGreaterThanOrEqual(4);
      expect(at(plan, 0).startMs).toBeLessThanOrEqual(atMs);
      expect(at(plan, plan.length - 1).endMs).toBeGreaterThan(Math.min(atMs + 20_000, at(plan, 3).startMs));
      for (const [index, planned] of plan.entries()) {
        const core = coreSlotAt(manifest, Math.max(planned.startMs, atMs));
        expect(planned).toMatchObject({
          coreSlotId: core?.slotId,
          startMs: core?.startMs,
          endMs: core?.endMs,
          isSubstitute: false,
          isPeek: false,
        });
        expect(planned.content.assetId).toBe(core?.assetId);
        if (index > 0) expect(planned.startMs).toBe(at(plan, index - 1).endMs);
      }
    }),
  );
});

test("what cannot be shown is replaced for its own slot by the next that can, and moves nothing else", () => {
  fc.assert(
    fc.property(scenario, fc.func(fc.boolean()), ({ assets, atMs }, isThere) => {
      const manifest = makeManifest({ assets });
      const isShowable = (asset: ManifestAsset) => isThere(asset.id);
      const plan = planOf(manifest, atMs, { isShowable });
      const isAnyThere = manifest.assets.some(isShowable);
      expect(plan.length > 0).toBe(isAnyThere);
      for (const planned of plan) {
        const core = coreSlotAt(manifest, Math.max(planned.startMs, atMs));
        expect(planned).toMatchObject({
          coreSlotId: core?.slotId,
          startMs: core?.startMs,
          endMs: core?.endMs,
        });
        expect(isShowable(planned.asset)).toBe(true);
        const own = at(
          manifest.assets.filter(({ id }) => id === core?.assetId),
          0,
        );
        expect(planned.isSubstitute).toBe(!isShowable(own));
      }
    }),
  );
});

test("a plan that is made again names the same showings alike, so that the glass does not change", () => {
  fc.assert(
    fc.property(scenario, fc.integer({ min: 0, max: 10_000 }), ({ assets, atMs }, laterMs) => {
      const manifest = makeManifest({ assets });
      const first = new Map(planOf(manifest, atMs).map((planned) => [planned.startMs, planned.slotId]));
      for (const { startMs, slotId } of planOf(manifest, atMs + laterMs)) {
        if (first.has(startMs)) expect(slotId).toBe(first.get(startMs));
      }
    }),
  );
});

test("what is on the glass keeps its slot to the end, even when its own content comes in meanwhile", () => {
  fc.assert(
    fc.property(scenario, fc.func(fc.boolean()), ({ assets, atMs }, isThere) => {
      const manifest = makeManifest({ assets });
      const before = planOf(manifest, atMs, { isShowable: (asset) => isThere(asset.id) })[0];
      if (!before || before.startMs > atMs) return;
      const after = planOf(manifest, atMs, { onGlass: before });
      expect(after[0]).toMatchObject({ slotId: before.slotId, endMs: before.endMs });
      expect(after[1]?.isSubstitute ?? false).toBe(false);
    }),
  );
});

test("a holdover stays to its end, and what follows joins the new timeline there", () => {
  fc.assert(
    fc.property(scenario, scenario, (former, next) => {
      const holdover = at(planOf(makeManifest({ assets: former.assets }), former.atMs), 0);
      const manifest = makeManifest({ assets: next.assets });
      const plan = planOf(manifest, former.atMs, { holdover });
      expect(plan[0]).toBe(holdover);
      const core = coreSlotAt(manifest, holdover.endMs);
      expect(plan[1]).toMatchObject({
        startMs: holdover.endMs,
        endMs: core?.endMs,
        coreSlotId: core?.slotId,
      });
      for (let index = 2; index < plan.length; index += 1)
        expect(at(plan, index).startMs).toBe(at(plan, index - 1).endMs);
    }),
  );
});

test("an item is kept as it was when content and duration are the same and its playlist plays; else it is not", () => {
  const assets = [at(pool, 0), at(pool, 1)];
  const itemIds = [idOf(10), idOf(11)];
  const base = makeManifest({ assets, itemIds, playlistId: idOf(12) });
  const planned = at(planOf(base, DAY_START_MS), 0);
  const edit = (change: (next: Manifest) => void) => {
    const next = structuredClone(base);
    change(next);
    return createKeptCheck(base, next, planned.startMs)(planned);
  };
  expect(edit(() => {})).toBe(true);
  expect(edit((next) => void next.playlists[0]?.items.pop())).toBe(true);
  expect(edit((next) => void next.playlists[0]?.items.reverse())).toBe(true);
  expect(edit((next) => void next.playlists[0]?.items.shift())).toBe(false);
  expect(edit((next) => void Object.assign(at(at(next.playlists, 0).items, 0), { durationMs: 700 }))).toBe(
    false,
  );
  expect(edit((next) => void Object.assign(at(next.assets, 0), { file: at(pool, 3).file }))).toBe(false);
  expect(edit((next) => void Object.assign(next, { playlistId: null }))).toBe(false);
});
