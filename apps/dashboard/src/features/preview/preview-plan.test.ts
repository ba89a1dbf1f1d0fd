import { type ManifestPreview, manifest as manifestSchema } from "@vitrine/core/model/manifest";
import { passesOf } from "@vitrine/core/schedule";
import { describe, expect, it } from "vitest";
import { toStage } from "../../../../kiosk/src/shared/messages.ts";
import { assetAt, dayAt, passHeadAt, planFor } from "./preview-plan.ts";

const id = (number: number) => `0195a3c2-7b1e-7c3d-9a4b-${String(number).padStart(12, "0")}`;
const sha256 = "ab".repeat(32);
const noon = Date.UTC(2026, 2, 3, 12);

type Look = {
  order?: "sequence" | "shuffle";
  fadeMs?: number;
  brand?: { color: string | null; logo: null };
};

function preview(
  durations: readonly number[],
  parts: readonly object[] = [],
  { order = "sequence", fadeMs, brand }: Look = {},
): ManifestPreview {
  const kinds = ["image", "video", "web"] as const;
  return {
    manifest: manifestSchema.parse({
      version: 1,
      organizationId: id(1),
      organizationName: "Acme",
      deviceId: id(2),
      deviceName: "Window",
      revision: 1,
      validUntil: "2026-03-04T00:00:00.000Z",
      timeZone: "UTC",
      rotation: 0,
      playlistId: id(3),
      defaultPlaylistId: null,
      ...(brand === undefined ? {} : { brand }),
      playlists: [
        {
          id: id(3),
          name: "Loop",
          order,
          ...(fadeMs === undefined ? {} : { fadeMs }),
          items: durations.map((durationMs, index) => ({
            id: id(100 + index),
            assetId: id(200 + index),
            durationMs,
            ...parts[index],
          })),
        },
      ],
      assets: durations.map((durationMs, index) => {
        const kind = kinds[index % 3] ?? "image";
        return {
          id: id(200 + index),
          name: `Asset ${index}`,
          kind,
          durationMs,
          width: 100,
          height: 100,
          file:
            kind === "web" ? null : { sha256, sizeBytes: 1, mediaType: "image/png", chunksSha256: sha256 },
          url: kind === "web" ? "https://example.com/" : null,
          reloadSeconds: 0,
        };
      }),
    }),
    logoUrl: brand ? "http://127.0.0.1:1/logo" : null,
    mediaUrls: Object.fromEntries(
      durations.map((_, index) => [id(200 + index), `http://127.0.0.1:1/f/${index}`]),
    ),
  };
}

describe("planFor", () => {
  it("says what the stage's own protocol understands, with the slot of now first", () => {
    const world = preview([10_000, 20_000, 30_000]);
    const day = dayAt(world, noon);
    const plan = planFor(world, day, { atMs: noon + 12_000, wallMs: 5_000, isHeld: false, run: 3 });
    expect(toStage.parse(plan)).toEqual(plan);
    if (plan.kind !== "plan") throw new Error("Expected a plan");
    expect(plan.clockOffsetMs).toBe(noon + 7_000);
    const [now, next] = plan.zones?.[0]?.slots ?? [];
    expect(now).toMatchObject({
      startsAtMs: noon + 10_000,
      endsAtMs: noon + 30_000,
      item: { kind: "video" },
    });
    expect(next).toMatchObject({
      startsAtMs: noon + 30_000,
      item: { kind: "web", url: "https://example.com/" },
    });
    expect(now?.slotId.endsWith("-3")).toBe(true);
  });

  it("holds the picture of now for as long as it is held", () => {
    const world = preview([10_000, 20_000]);
    const plan = planFor(world, dayAt(world, noon), { atMs: noon, wallMs: noon, isHeld: true, run: 0 });
    if (plan.kind !== "plan") throw new Error("Expected a plan");
    expect(plan.zones?.[0]?.slots).toHaveLength(1);
    expect(plan.zones?.[0]?.slots[0]?.endsAtMs).toBeGreaterThan(noon + 80_000_000);
  });

  it("is idle when nothing plays", () => {
    const plan = planFor(preview([]), dayAt(preview([]), noon), {
      atMs: noon,
      wallMs: noon,
      isHeld: false,
      run: 0,
    });
    expect(toStage.parse(plan)).toMatchObject({ kind: "idle", brand: { color: null, logoSrc: null } });
  });

  it("is idle in the organization's look", () => {
    const world = preview([], [], { brand: { color: "#112233", logo: null } });
    const plan = planFor(world, dayAt(world, noon), { atMs: noon, wallMs: noon, isHeld: false, run: 0 });
    expect(toStage.parse(plan)).toMatchObject({
      brand: { color: "#112233", logoSrc: "http://127.0.0.1:1/logo" },
    });
  });

  it("has each item come as its playlist says", () => {
    for (const [look, transition] of [
      [{}, { kind: "cut" }],
      [{ fadeMs: 800 }, { kind: "fade", durationMs: 800 }],
    ] as const) {
      const world = preview([10_000, 20_000], [], look);
      const plan = planFor(world, dayAt(world, noon), { atMs: noon, wallMs: 0, isHeld: false, run: 0 });
      expect(toStage.parse(plan)).toEqual(plan);
      if (plan.kind !== "plan") throw new Error("Expected a plan");
      expect(plan.zones?.[0]?.slots.map((slot) => slot.transition)).toEqual(
        plan.zones?.[0]?.slots.map(() => transition),
      );
    }
  });
});

describe("assetAt", () => {
  it("finds what plays", () => {
    const world = preview([10_000, 20_000, 30_000]);
    const day = dayAt(world, noon);
    expect(assetAt(world, day, day.startMs + 65_000)?.name).toBe("Asset 0");
  });
});

describe("passHeadAt", () => {
  const passes = (world: ManifestPreview) => {
    const day = dayAt(world, noon);
    const found = passesOf(world.manifest, id(3), day);
    return { found, at: (ms: number) => passHeadAt(found, day.startMs + ms) };
  };
  const lengthMs = ({ startMs, endMs }: { startMs: number; endMs: number }) => endMs - startMs;

  it("tells where in its pass a playlist stands, pass after pass", () => {
    const { found, at } = passes(preview([10_000, 20_000, 30_000]));
    expect(found.slice(0, 3).map(lengthMs)).toEqual([60_000, 60_000, 60_000]);
    expect(at(15_000)).toMatchObject({ itemId: id(101), turn: 0, part: 0.25, pass: found[0] });
    expect(at(75_000)).toMatchObject({ itemId: id(101), turn: 0, part: 0.25, pass: found[1] });
    expect(passes(preview([])).at(0)).toBeUndefined();
  });

  it("counts each showing of an item that weighs more, also of the first", () => {
    const { found, at } = passes(preview([10_000, 20_000], [{ weight: 3 }, {}]));
    expect(found.slice(0, 2).map(lengthMs)).toEqual([50_000, 50_000]);
    expect(found[0]?.showings.map(({ itemId }) => itemId)).toEqual([id(100), id(100), id(101), id(100)]);
    expect(at(12_500)).toMatchObject({ itemId: id(100), turn: 1, part: 0.25 });
    expect(at(49_000)).toMatchObject({ itemId: id(100), turn: 2, part: 0.9 });
  });

  it("ends a shuffled pass once each item has come as often as it weighs", () => {
    const { found } = passes(
      preview([10_000, 20_000, 30_000], [{}, { weight: 2 }, {}], { order: "shuffle" }),
    );
    for (const pass of found.slice(0, -1)) {
      expect(lengthMs(pass)).toBe(80_000);
      expect(pass.showings.map(({ itemId }) => itemId).sort()).toEqual([id(100), id(101), id(101), id(102)]);
    }
  });

  it("takes all that a playlist within gives as one showing of its line", () => {
    const world = preview([10_000, 20_000], [{}, { assetId: null, playlistId: id(4), take: 2, weight: 2 }]);
    const inner = [5_000, 6_000, 7_000].map((durationMs, index) => ({
      id: id(300 + index),
      assetId: id(200),
      durationMs,
    }));
    const [outer] = world.manifest.playlists;
    const nested = manifestSchema.parse({
      ...world.manifest,
      playlists: [outer, { id: id(4), name: "Inner", items: inner }],
    });
    const { found, at } = passes({ ...world, manifest: nested });
    expect(found[0]?.showings.map(lengthMs)).toEqual([11_000, 10_000, 12_000]);
    expect(found.slice(0, 3).map(lengthMs)).toEqual([33_000, 34_000, 35_000]);
    expect(at(27_000)).toMatchObject({ itemId: id(101), turn: 1, part: 0.5 });
  });
});
