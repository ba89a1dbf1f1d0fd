import fc from "fast-check";
import { expect, test } from "vitest";
import type { Manifest, ManifestAsset } from "../model/manifest.ts";
import { assetsNeeded, compileDay, dayBounds, localDateAt, playheadAt } from "./index.ts";
import { sampleAsset, sampleItem, sampleManifest, uuid } from "./testing/arbitrary.ts";

function asset(number: number): ManifestAsset {
  const sha256 = String(number).padStart(64, "0");
  return sampleAsset(number, {
    file: { sha256, sizeBytes: 1, mediaType: "image/png", chunksSha256: sha256 },
  });
}

function manifestOf(durationsMs: (number | null)[], timeZone = "Europe/London"): Manifest {
  const items = durationsMs.map((durationMs, index) =>
    sampleItem(index, { assetId: uuid(1, index), durationMs }),
  );
  return sampleManifest({
    timeZone,
    playlistId: uuid(3, 0),
    playlists: [{ id: uuid(3, 0), name: "Loop", order: "sequence", items }],
    assets: durationsMs.map((_, index) => asset(index)),
  });
}

const zones = [
  "America/New_York",
  "Europe/London",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Africa/Cairo",
  "Asia/Kathmandu",
];
const anyManifest = fc
  .tuple(
    fc.array(fc.option(fc.integer({ min: 60_000, max: 9_000_000 })), { minLength: 1, maxLength: 8 }),
    fc.constantFrom(...zones),
  )
  .map(([durations, zone]) => manifestOf(durations, zone));
const anyInstant = fc.integer({ min: Date.UTC(2011, 0, 1), max: Date.UTC(2030, 0, 1) });

test("slots cover the local day without gap or overlap", () => {
  fc.assert(
    fc.property(anyManifest, anyInstant, (manifest, instantMs) => {
      const timeline = compileDay(manifest, localDateAt(manifest.timeZone, instantMs));
      let expectedMs = timeline.startMs;
      for (const slot of timeline.slots) {
        expect(slot.startMs).toBe(expectedMs);
        expect(slot.endMs).toBeGreaterThan(slot.startMs);
        expectedMs = slot.endMs;
      }
      expect(expectedMs).toBe(timeline.endMs);
    }),
    { numRuns: 60 },
  );
});

test("the playhead is what a plain walk through the loop finds", () => {
  fc.assert(
    fc.property(anyManifest, anyInstant, (manifest, instantMs) => {
      const timeline = compileDay(manifest, localDateAt(manifest.timeZone, instantMs));
      const items = manifest.playlists[0]?.items ?? [];
      let startMs = timeline.startMs;
      let index = 0;
      for (;;) {
        const item = items[index % items.length];
        if (!item) throw new Error("empty");
        const endMs = startMs + (item.durationMs ?? 10_000);
        if (instantMs < endMs) {
          expect(playheadAt(timeline, instantMs)?.slot.itemId).toBe(item.id);
          expect(playheadAt(timeline, instantMs)?.offsetMs).toBe(instantMs - startMs);
          return;
        }
        startMs = endMs;
        index += 1;
      }
    }),
    { numRuns: 60 },
  );
});

test.each([
  ["America/New_York", "2026-03-08", 23],
  ["America/New_York", "2026-11-01", 25],
  ["Australia/Lord_Howe", "2026-10-04", 23.5],
  ["Australia/Lord_Howe", "2026-04-05", 24.5],
  ["Pacific/Apia", "2011-12-30", 0],
  ["America/Sao_Paulo", "2018-11-04", 23],
  ["Asia/Kathmandu", "2026-06-01", 24],
])("%s on %s has %d hours", (zone, date, hours) => {
  const { startMs, endMs } = dayBounds(zone, date);
  expect((endMs - startMs) / 3_600_000).toBe(hours);
});

test("the last item of the day is cut at its end", () => {
  const timeline = compileDay(manifestOf([7 * 3_600_000]), "2026-06-01");
  expect(timeline.slots.map((slot) => slot.isWhole)).toEqual([true, true, true, false]);
  expect(timeline.slots.at(-1)?.endMs).toBe(timeline.endMs);
});

test("a playlist with nothing playable gives way to the default, and without one the screen is idle", () => {
  const manifest = manifestOf([1000]);
  const emptied = {
    ...manifest,
    playlists: [
      { id: uuid(3, 0), name: "Empty", order: "sequence" as const, items: [] },
      {
        id: uuid(3, 1),
        name: "Default",
        order: "sequence" as const,
        items: manifest.playlists[0]?.items ?? [],
      },
    ],
  };
  expect(compileDay({ ...emptied, defaultPlaylistId: uuid(3, 1) }, "2026-06-01").slots[0]?.reason).toBe(
    "organization_default",
  );
  expect(compileDay(emptied, "2026-06-01").slots).toEqual([]);
  expect(playheadAt(compileDay(emptied, "2026-06-01"), Date.UTC(2026, 5, 1, 12))).toBeUndefined();
});

test("outside of the day there is no playhead", () => {
  const timeline = compileDay(manifestOf([1000]), "2026-06-01");
  expect(playheadAt(timeline, timeline.startMs - 1)).toBeUndefined();
  expect(playheadAt(timeline, timeline.startMs)?.offsetMs).toBe(0);
  expect(playheadAt(timeline, timeline.endMs)).toBeUndefined();
});

test("files are needed in the order in which they will be shown from now, each once", () => {
  const manifest = manifestOf([3_600_000, 3_600_000, 3_600_000]);
  const fromMs = dayBounds("Europe/London", "2026-06-01").startMs + 4_000_000;
  const order = assetsNeeded(manifest, fromMs, fromMs + 86_400_000).map((one) => one.id);
  expect(order).toEqual([uuid(1, 1), uuid(1, 2), uuid(1, 0)]);
});
