import fc from "fast-check";
import { expect, test } from "vitest";
import type { Manifest, ManifestAsset } from "../model/manifest.ts";
import { compileDay, localDateAt, playheadAt } from "./index.ts";
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
