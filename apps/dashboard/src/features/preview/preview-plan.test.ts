import { type ManifestPreview, manifest as manifestSchema } from "@vitrine/core/model/manifest";
import { describe, expect, it } from "vitest";
import { toStage } from "../../../../kiosk/src/shared/messages.ts";
import { assetAt, dayAt, passLengthMs, planFor } from "./preview-plan.ts";

const id = (number: number) => `0195a3c2-7b1e-7c3d-9a4b-${String(number).padStart(12, "0")}`;
const sha256 = "ab".repeat(32);
const noon = Date.UTC(2026, 2, 3, 12);

function preview(durations: readonly number[]): ManifestPreview {
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
      playlists: [
        {
          id: id(3),
          name: "Loop",
          items: durations.map((durationMs, index) => ({
            id: id(100 + index),
            assetId: id(200 + index),
            durationMs,
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
    expect(toStage.parse(plan).kind).toBe("idle");
  });
});

describe("passLengthMs and assetAt", () => {
  it("measures one pass and finds what plays", () => {
    const world = preview([10_000, 20_000, 30_000]);
    const day = dayAt(world, noon);
    expect(passLengthMs(day)).toBe(60_000);
    expect(assetAt(world, day, day.startMs + 65_000)?.name).toBe("Asset 0");
    expect(passLengthMs(dayAt(preview([]), noon))).toBe(0);
  });
});
