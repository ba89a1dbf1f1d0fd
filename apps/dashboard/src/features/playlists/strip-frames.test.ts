import type { PlaylistItemView } from "@vitrine/core/model/playlist";
import { describe, expect, it } from "vitest";
import { stripFrames } from "./strip-frames.tsx";

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
