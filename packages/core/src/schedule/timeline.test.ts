import fc from "fast-check";
import { expect, test } from "vitest";
import type { Manifest, ManifestAsset } from "../model/manifest.ts";
import { assetsNeeded, compileDay, dayBounds, localDateAt, playheadAt } from "./index.ts";

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

function asset(number: number, durationMs: number): ManifestAsset {
  const sha256 = String(number).padStart(64, "0");
  return {
    id: uuid(number),
    name: `Asset ${number}`,
    kind: "image",
    durationMs,
    width: 1,
    height: 1,
    file: { sha256, sizeBytes: 1, mediaType: "image/png", chunksSha256: sha256 },
    url: null,
    reloadSeconds: 0,
  };
}

function manifestOf(durationsMs: (number | null)[], zone = "Europe/London"): Manifest {
  return {
    version: 1,
    organizationId: uuid(900),
    organizationName: "Shop",
    deviceId: uuid(901),
    deviceName: "Window",
    revision: 1,
    validUntil: "2027-01-01T00:00:00.000Z",
    timeZone: zone,
    rotation: 0,
    playlistId: uuid(902),
    defaultPlaylistId: null,
    playlists: [
      {
        id: uuid(902),
        name: "Loop",
        items: durationsMs.map((durationMs, index) => ({
          id: uuid(500 + index),
          assetId: uuid(index),
          durationMs,
        })),
      },
    ],
    assets: durationsMs.map((_, index) => asset(index, 10_000)),
  };
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
      { id: uuid(902), name: "Empty", items: [] },
      { ...manifest.playlists[0], id: uuid(903), name: "Default", items: manifest.playlists[0]?.items ?? [] },
    ],
  };
  expect(compileDay({ ...emptied, defaultPlaylistId: uuid(903) }, "2026-06-01").slots[0]?.reason).toBe(
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
  expect(order).toEqual([uuid(1), uuid(2), uuid(0)]);
});
