import { describe, expect, test } from "vitest";
import { playheadAt } from "./playhead.ts";
import { sampleAsset, sampleEntry, type sampleManifest, uuid } from "./testing/arbitrary.ts";
import {
  assetsTo,
  at,
  base,
  during,
  layoutOf,
  listOf,
  nameOf,
  order,
  showing,
  shown,
  TUESDAY,
  zone,
} from "./testing/days.ts";
import { HOUR_MS } from "./time.ts";
import { compileDay } from "./timeline.ts";

describe("boundaries", () => {
  const long = { content: showing(5), when: during("09:00", "09:01") };
  const minute = [...assetsTo(5), sampleAsset(5, { durationMs: 40_000 }), ...assetsTo(10).slice(6)];

  test("B1: the day begins with the first item and cuts the last", () => {
    const manifest = base({ assets: assetsTo(3).map((one) => ({ ...one, durationMs: 7 * HOUR_MS })) });
    const { slots, endMs } = compileDay(manifest, TUESDAY);
    expect(slots.map(nameOf)).toEqual(["0", "1", "2", "0"]);
    expect(slots.map(({ isWhole }) => isWhole)).toEqual([true, true, true, false]);
    expect(slots.at(-1)?.endMs).toBe(endMs);
  });
  test("B2: what still has a part of the screen plays on", () => {
    const joins = sampleEntry(1, { content: showing(6), when: during("09:00:05", "09:01") });
    expect(shown(base({ graceMs: 0, entries: [sampleEntry(0, long), joins] }), "09:00", "09:00:30")).toBe(
      "5@09:00:00 6@09:00:10 5@09:00:20",
    );
  });
  test("B3: an item finishes if at most the grace is left, else it is cut", () => {
    const manifest = base({ assets: minute, entries: [sampleEntry(0, long)] });
    expect(shown({ ...manifest, graceMs: 20_000 }, "09:00", "09:01:30")).toBe(
      "5@09:00:00 5@09:00:40 0@09:01:20",
    );
    expect(shown({ ...manifest, graceMs: 19_999 }, "09:00", "09:01:10")).toBe(
      "5@09:00:00 5@09:00:40 0@09:01:00",
    );
  });
  test("B4: an override cuts as it starts and as it ends", () => {
    const override = sampleEntry(0, {
      kind: "override",
      content: showing(5),
      when: during("09:00:03", "09:00:07"),
    });
    expect(shown(base({ entries: [override] }), "09:00", "09:00:20")).toBe(
      "0@09:00:00 5@09:00:03 1@09:00:07 2@09:00:17",
    );
  });
  test("B5: an entry that starts exactly cuts what plays, if it gets a part of the screen", () => {
    const exact = { content: showing(5), when: during("09:00:03", "09:01"), startsExactly: true };
    expect(shown(base({ entries: [sampleEntry(0, exact)] }), "09:00", "09:00:10")).toBe(
      "0@09:00:00 5@09:00:03",
    );
    const beaten = [sampleEntry(0, exact), sampleEntry(1, { content: showing(6), priority: 9 })];
    expect(shown(base({ entries: beaten }), "09:00", "09:00:10")).toBe("6@09:00:00");
  });
  test("B6: content whose time is over is cut", () => {
    const assets = [sampleAsset(0, { availableUntil: `${TUESDAY}T00:00:04.000Z` }), ...assetsTo(3).slice(1)];
    expect(shown(base({ assets }), "00:00", "00:00:20")).toBe("0@00:00:00 1@00:00:04 2@00:00:14");
  });
});

describe("interrupts", () => {
  const half = { kind: "interrupt" as const, sharePercent: 50 };
  test("I1: whoever is furthest behind its share goes next", () => {
    const entries = [
      sampleEntry(0, { ...half, sharePercent: 25, content: showing(5) }),
      sampleEntry(1, { ...half, sharePercent: 25, content: showing(6) }),
    ];
    expect(order(base({ entries }), 9)).toBe("0 5 6 1 2 5 6 0 1");
  });
  test("I3: more than everything is cut down in proportion", () => {
    const entries = [
      sampleEntry(0, { ...half, sharePercent: 100, content: showing(5) }),
      sampleEntry(1, { ...half, sharePercent: 100, content: showing(6) }),
    ];
    const names = order(base({ entries }), 101).split(" ");
    expect(["5", "6"].map((name) => names.filter((one) => one === name).length)).toEqual([50, 50]);
  });
  test("I4: under an override none comes, and none is owed", () => {
    const entries = [
      sampleEntry(0, { ...half, content: showing(5) }),
      sampleEntry(1, { kind: "override", content: showing(9), when: during("00:00", "09:00") }),
    ];
    expect(shown(base({ entries }), "08:59:50", "09:00:40")).toBe(
      "9@08:59:50 0@09:00:00 5@09:00:10 1@09:00:20 5@09:00:30",
    );
  });
  test("I5: alone they take turns", () => {
    const entries = [
      sampleEntry(0, { ...half, sharePercent: 10, content: showing(5) }),
      sampleEntry(1, { ...half, sharePercent: 10, content: showing(6) }),
    ];
    expect(order(base({ playlistId: null, entries }), 4)).toBe("5 6 5 6");
  });
});

describe("layouts", () => {
  const two = layoutOf(0, [zone(0, 1), zone(1, 2)]);
  const playlists = [listOf(0, [0]), listOf(1, [5, 6]), listOf(2, [7, 8, 9])];
  const entry = sampleEntry(0, {
    content: { kind: "layout", layoutId: uuid(6, 0) },
    when: during("09:00", "09:01"),
  });
  const laid = (changes: Parameters<typeof sampleManifest>[0] = {}) =>
    base({ playlists, layouts: [two], entries: [entry], graceMs: 0, ...changes });
  const slotAt = (manifest: ReturnType<typeof laid>, time: string) => {
    const slot = playheadAt(compileDay(manifest, TUESDAY), at(time))?.slot;
    if (slot?.kind !== "layout") throw new Error("No layout is shown");
    return slot;
  };

  test("Z1: one item of its entry's loop, for its duration or a cycle of its main zone", () => {
    const other = sampleEntry(1, { content: showing(3), when: during("09:00", "09:01") });
    const manifest = laid({ entries: [entry, other] });
    expect(shown(manifest, "09:00", "09:01")).toBe("L0@09:00:00 3@09:00:20 L0@09:00:30 3@09:00:50");
    const short = laid({ entries: [entry, other], layouts: [{ ...two, durationMs: 5000 }] });
    expect(shown(short, "09:00", "09:00:20")).toBe("L0@09:00:00 3@09:00:05 L0@09:00:15");
  });
  test("Z2, Z3: showings in a row are one slot, in which every zone has its loop", () => {
    const slot = slotAt(laid(), "09:00:30");
    expect([slot.startMs, slot.endMs]).toEqual([at("09:00"), at("09:01")]);
    expect(slot.zones.map(({ slots }) => slots.map(nameOf).join(""))).toEqual(["565656", "789789"]);
    expect(
      playheadAt(compileDay(laid(), TUESDAY), at("09:00:34"))?.zones.map(({ offsetMs }) => offsetMs),
    ).toEqual([4000, 4000]);
  });
  test("Z4: an override of a zone takes that zone, at once", () => {
    const override = sampleEntry(1, {
      kind: "override",
      content: showing(3),
      zoneName: "Zone 1",
      when: during("09:00:05", "09:00:12"),
    });
    const slot = slotAt(laid({ entries: [entry, override] }), "09:00");
    expect(slot.zones[0]?.slots).toHaveLength(6);
    expect(
      slot.zones[1]?.slots.slice(0, 3).map((one) => [nameOf(one), (one.startMs - slot.startMs) / 1000]),
    ).toEqual([
      ["7", 0],
      ["3", 5],
      ["8", 12],
    ]);
  });
  test("Z5: without anything for its main zone it is not there", () => {
    const empty = laid({ layouts: [layoutOf(0, [zone(0, null), zone(1, 2)])] });
    expect(shown(empty, "09:00", "09:00:10")).toBe("0@09:00:00");
  });
});
