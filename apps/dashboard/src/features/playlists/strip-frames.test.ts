import type { PlaylistItemView } from "@vitrine/core/model/playlist";
import { describe, expect, it } from "vitest";
import { stripFraction, stripFrames } from "./strip-frames.tsx";

function item(
  id: number,
  effectiveDurationMs: number,
  part: Partial<PlaylistItemView> = {},
): PlaylistItemView {
  return {
    id: String(id),
    assetId: String(id),
    playlistId: null,
    take: null,
    weight: 1,
    daypartIds: [],
    playlist: null,
    durationMs: null,
    isEnabled: true,
    effectiveDurationMs,
    asset: {
      name: `Item ${id}`,
      kind: "image",
      state: "ready",
      isEnabled: true,
      isActive: true,
      width: 1,
      height: 1,
      thumbnailUrl: null,
      fileUrl: null,
      url: null,
    },
    ...part,
  };
}

describe("stripFrames", () => {
  it("leaves out what does not play", () => {
    const base = item(4, 1000);
    const items = [
      item(1, 1000),
      item(2, 1000, { isEnabled: false }),
      item(3, 1000, { asset: base.asset && { ...base.asset, state: "processing" } }),
      item(4, 3000),
    ];
    expect(stripFrames(items).map((frame) => [frame.key, frame.weight])).toEqual([
      ["1", 1000],
      ["4", 3000],
    ]);
  });

  it("keeps the whole time when neighbours share a frame, and marks the frame of the current item", () => {
    const items = Array.from({ length: 10_000 }, (_, index) => item(index, 500 + index));
    const frames = stripFrames(items, "9999");
    expect(frames.length).toBeLessThanOrEqual(160);
    expect(frames.reduce((sum, frame) => sum + frame.weight, 0)).toBe(
      items.reduce((sum, one) => sum + one.effectiveDurationMs, 0),
    );
    expect(frames.filter((frame) => frame.isCurrent).map((frame) => frame.key)).toEqual([frames.at(-1)?.key]);
  });

  it("gives an item of weight 3 three frames, evenly spread, and a nested playlist one", () => {
    const nested = { name: "Lunch", itemCount: 3, isActive: true };
    const items = [
      item(1, 1000, { weight: 3 }),
      item(2, 2000),
      item(3, 5000, { asset: null, assetId: null, playlist: nested, playlistId: "4" }),
    ];
    const frames = stripFrames(items, "1");
    expect(frames.map((frame) => frame.weight)).toEqual([1000, 1000, 2000, 5000, 1000]);
    expect(frames.map((frame) => frame.isCurrent)).toEqual([true, true, false, false, true]);
    expect(new Set(frames.map((frame) => frame.key)).size).toBe(5);
  });

  it("is empty for an empty playlist", () => {
    expect(stripFrames([])).toEqual([]);
  });
});

describe("stripFraction", () => {
  const items = [item(1, 1000, { weight: 2 }), item(2, 2000), item(3, 9000, { isEnabled: false })];

  it("follows the showings of an item that weighs more over the strip", () => {
    expect(stripFraction(items, { itemId: "1", turn: 0, part: 0.5 })).toBe(0.125);
    expect(stripFraction(items, { itemId: "2", turn: 0, part: 0.5 })).toBe(0.5);
    expect(stripFraction(items, { itemId: "1", turn: 1, part: 0.5 })).toBe(0.875);
    expect(stripFraction(items, { itemId: "3", turn: 0, part: 0.5 })).toBeUndefined();
  });

  it("follows them also where each item is drawn once", () => {
    const many = [item(1, 1000, { weight: 100 }), item(2, 1000, { weight: 3950 })];
    expect(stripFraction(many, { itemId: "1", turn: 50, part: 0 })).toBeCloseTo(50 / 4050);
    expect(stripFraction(many, { itemId: "2", turn: 1975, part: 0 })).toBeCloseTo(2075 / 4050);
  });
});
