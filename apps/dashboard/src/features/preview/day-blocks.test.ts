import type { Slot, SlotReason, Timeline } from "@vitrine/core/schedule";
import { describe, expect, it } from "vitest";
import { blockAt, changesAround, dayBlocks, keyOf } from "./day-blocks.ts";

const MINUTE = 60_000;

/** Slots given as `[minutes, reason, entry]`; without a reason, nothing plays. */
function day(...rows: [minutes: number, reason?: SlotReason, entryId?: string][]): Timeline {
  const slots: Slot[] = [];
  let atMs = 0;
  for (const [minutes, reason, entryId] of rows) {
    const [startMs, endMs] = [atMs, atMs + minutes * MINUTE];
    atMs = endMs;
    if (!reason) continue;
    const slotId = String(startMs);
    slots.push({
      kind: "asset",
      slotId,
      startMs,
      endMs,
      itemId: slotId,
      playlistId: null,
      assetId: "a",
      isWhole: true,
      reason,
      entryId: entryId ?? null,
    });
  }
  return { localDate: "2026-03-03", startMs: 0, endMs: atMs, slots, diagnostics: [] };
}

function told(timeline: Timeline) {
  return dayBlocks(timeline).map(({ startMs, endMs, holders, interruptIds }) => [
    startMs / MINUTE,
    endMs / MINUTE,
    holders.map(keyOf).join("+") || "idle",
    ...(interruptIds.length > 0 ? [interruptIds.join("+")] : []),
  ]);
}

describe("dayBlocks", () => {
  it("joins what follows each other under the same holder, and says where nothing plays", () => {
    expect(
      told(
        day(
          [60],
          [10, "screen_playlist"],
          [10, "screen_playlist"],
          [20, "entry", "e1"],
          [5, "entry", "e1"],
          [30, "organization_default"],
          [15],
        ),
      ),
    ).toEqual([
      [0, 60, "idle"],
      [60, 80, "screen_playlist"],
      [80, 105, "e1"],
      [105, 135, "organization_default"],
      [135, 150, "idle"],
    ]);
  });

  it("shows equals in turn as one block of both", () => {
    const turns = Array.from(
      { length: 9 },
      (_, n) => [1, "entry", n % 2 ? "b" : "a"] as [number, SlotReason, string],
    );
    expect(told(day([30, "screen_playlist"], ...turns, [30, "entry", "c"]))).toEqual([
      [0, 30, "screen_playlist"],
      [30, 39, "a+b"],
      [39, 69, "c"],
    ]);
  });

  it("does not take an override between for one in turn", () => {
    const loop = Array.from({ length: 4 }, () => [5, "entry", "a"] as [number, SlotReason, string]);
    expect(told(day(...loop, [10, "override", "o"], ...loop))).toEqual([
      [0, 20, "a"],
      [20, 30, "o"],
      [30, 50, "a"],
    ]);
  });

  it("does not take hours of layouts for turns", () => {
    expect(
      told(day([60, "entry", "a"], [60, "entry", "b"], [60, "entry", "a"], [60, "entry", "b"])),
    ).toHaveLength(4);
  });

  it("keeps interrupts inside the block that they interrupt, also at its start", () => {
    expect(
      told(
        day(
          [1, "interrupt", "i"],
          [5, "screen_playlist"],
          [1, "interrupt", "i"],
          [5, "screen_playlist"],
          [1, "interrupt", "i"],
          [5, "entry", "e"],
        ),
      ),
    ).toEqual([
      [0, 13, "screen_playlist", "i"],
      [13, 18, "e"],
    ]);
  });

  it("covers an idle day with one block", () => {
    expect(told(day([1440]))).toEqual([[0, 1440, "idle"]]);
  });
});

describe("moving by change", () => {
  const blocks = dayBlocks(day([60], [60, "entry", "a"], [60, "entry", "b"]));
  it("goes to the next start and back to the one before", () => {
    expect(changesAround(blocks, 30 * MINUTE)).toEqual({ previousMs: 0, nextMs: 60 * MINUTE });
    expect(changesAround(blocks, 60 * MINUTE)).toEqual({ previousMs: 0, nextMs: 120 * MINUTE });
    expect(changesAround(blocks, 60 * MINUTE + 1500).previousMs).toBe(0);
    expect(changesAround(blocks, 170 * MINUTE)).toEqual({ previousMs: 120 * MINUTE, nextMs: undefined });
    expect(changesAround(blocks, 0).previousMs).toBeUndefined();
  });
  it("finds the block of an instant", () => {
    expect(blockAt(blocks, 60 * MINUTE)?.startMs).toBe(60 * MINUTE);
    expect(blockAt(blocks, 180 * MINUTE)).toBeUndefined();
  });
});
