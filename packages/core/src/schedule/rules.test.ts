import { describe, expect, test } from "vitest";
import { daypartSpans } from "./activity.ts";
import { playheadAt } from "./playhead.ts";
import { sampleAsset, sampleEntry, sampleItem, uuid } from "./testing/arbitrary.ts";
import {
  assetsTo,
  base,
  during,
  listOf,
  nameOf,
  order,
  playing,
  showing,
  shown,
  TUESDAY,
} from "./testing/days.ts";
import { addDays, dayBounds, HOUR_MS, instantAt } from "./time.ts";
import { compileDay } from "./timeline.ts";

describe("time", () => {
  test.each([
    ["America/New_York", "2026-03-08", 23],
    ["America/New_York", "2026-11-01", 25],
    ["Europe/London", "2026-03-29", 23],
    ["Australia/Lord_Howe", "2026-10-04", 23.5],
    ["Australia/Lord_Howe", "2026-04-05", 24.5],
    ["Pacific/Apia", "2011-12-30", 0],
    ["Africa/Cairo", "2026-04-24", 23],
    ["America/Sao_Paulo", "2018-11-04", 23],
    ["America/Sao_Paulo", "2018-02-17", 25],
    ["Asia/Kathmandu", "2026-06-01", 24],
  ])("T1, T2: %s on %s has %d hours", (timeZone, date, hours) => {
    const { startMs, endMs } = dayBounds(timeZone, date);
    expect((endMs - startMs) / HOUR_MS).toBe(hours);
    expect(compileDay(base({ timeZone }), date).slots.at(-1)?.endMs ?? endMs).toBe(endMs);
  });

  test.each([
    ["America/New_York", "2026-03-08", 2.5, "2026-03-08T07:30:00.000Z"],
    ["America/New_York", "2026-11-01", 1.5, "2026-11-01T05:30:00.000Z"],
    ["Australia/Lord_Howe", "2026-10-04", 2.25, "2026-10-03T15:45:00.000Z"],
    ["America/Sao_Paulo", "2018-11-04", 0.25, "2018-11-04T03:15:00.000Z"],
    ["Pacific/Apia", "2011-12-30", 9, "2011-12-30T19:00:00.000Z"],
    ["Asia/Kathmandu", "2026-06-01", 9, "2026-06-01T03:15:00.000Z"],
  ])("T3: %s on %s, %d hours after midnight by the wall", (timeZone, date, hours, expected) => {
    expect(new Date(instantAt(timeZone, date, hours * HOUR_MS)).toISOString()).toBe(expected);
  });

  test("T4: an entry of another zone follows that zone's wall, and ends by the wall across a clock change", () => {
    const tokyo = sampleEntry(0, {
      content: showing(5),
      timeZone: "Asia/Tokyo",
      when: during("09:00", "10:00"),
    });
    expect(shown(base({ entries: [tokyo] }), "00:00", "00:00:20")).toContain("5@00:00:00");
    const night = sampleEntry(1, {
      content: showing(5),
      when: { ...during("00:00", "00:01"), start: "2026-10-31T22:00", end: "2026-11-01T02:00" },
    });
    const timeline = compileDay(
      base({ timeZone: "America/New_York", graceMs: 0, entries: [night] }),
      "2026-11-01",
    );
    const last = timeline.slots.findLast((slot) => nameOf(slot) === "5");
    expect(new Date(last?.endMs ?? 0).toISOString()).toBe("2026-11-01T07:00:00.000Z");
  });
});

describe("when an entry is active", () => {
  const entered = (changes: Parameters<typeof sampleEntry>[1]) =>
    base({ graceMs: 0, entries: [sampleEntry(0, { content: showing(5), ...changes })] });

  test("A1: always, or from its start to its end", () => {
    expect(order(entered({}), 2)).toBe("5 5");
    expect(shown(entered({ when: during("09:00", "09:00:20") }), "08:59:55", "09:00:25")).toBe(
      "2@08:59:50 5@09:00:00 5@09:00:10 0@09:00:20",
    );
  });
  test("A2: its start is an occurrence though its rule names other days", () => {
    const sundays = entered({ when: during("09:00", "09:00:10", { recurrence: "FREQ=WEEKLY;BYDAY=SU" }) });
    expect(shown(sundays, "09:00", "09:00:10")).toBe("5@09:00:00");
    const heads = ["2026-11-28", "2026-11-29", "2026-12-06"].map((date) => {
      const instantMs = Date.parse(`${date}T09:00:00Z`);
      return nameOf(playheadAt(compileDay(sundays, date), instantMs)?.slot);
    });
    expect(heads).toEqual(["0", "5", "5"]);
  });
  test("A3: exceptions take away, extra dates add, and the exception wins", () => {
    const changes = { exceptDates: ["2026-11-25"], extraDates: ["2026-11-25", "2026-11-27"] };
    const daily = entered({
      when: during("09:00", "10:00", { recurrence: "FREQ=DAILY;COUNT=2", ...changes }),
    });
    const names = [0, 1, 2, 3].map((days) => {
      const date = addDays(TUESDAY, days);
      return nameOf(playheadAt(compileDay(daily, date), Date.parse(`${date}T09:00:00Z`))?.slot);
    });
    expect(names).toEqual(["5", "0", "0", "5"]);
  });
  test("A4: over midnight it goes on until its end, by the date on which it began", () => {
    const when = { ...during("22:00", "23:00"), end: "2026-11-25T02:00", exceptDates: ["2026-11-25"] };
    const night = entered({ when });
    const names = ["T01:00", "T03:00", "T23:00"].map((time) =>
      nameOf(playheadAt(compileDay(night, "2026-11-25"), Date.parse(`2026-11-25${time}:00Z`))?.slot),
    );
    expect(names).toEqual(["5", "0", "0"]);
  });
  test("A5: of occurrences that overlap the last begun counts, and begins its loop", () => {
    const when = { ...during("09:00:05", "10:00"), start: "2026-11-23T09:00:05", recurrence: "FREQ=DAILY" };
    const manifest = base({
      graceMs: 0,
      playlists: [listOf(0, [0]), listOf(1, [5, 6])],
      entries: [sampleEntry(0, { content: playing(1), when, startsExactly: true })],
    });
    expect(shown(manifest, "08:59:50", "09:00:20")).toBe("6@08:59:50 5@09:00:00 5@09:00:05 6@09:00:15");
  });
  test("A6: only while it is valid", () => {
    const manifest = entered({
      validFrom: `${TUESDAY}T09:00:00.000Z`,
      validUntil: `${TUESDAY}T09:00:10.000Z`,
    });
    expect(shown(manifest, "08:59:55", "09:00:15")).toBe("2@08:59:50 5@09:00:00 0@09:00:10");
  });
  test("A7: only in one of its dayparts, and never in one that is not there", () => {
    const window = { weekdays: ["TU" as const], start: "09:00", end: "09:00:10" };
    const dayparts = [{ id: uuid(5, 0), name: "Breakfast", windows: [window], exceptDates: [] }];
    const breakfast = { ...entered({ daypartIds: [uuid(5, 0)] }), dayparts };
    expect(shown(breakfast, "08:59:55", "09:00:15")).toBe("2@08:59:50 5@09:00:00 0@09:00:10");
    expect(order({ ...breakfast, dayparts: [] }, 2)).toBe("0 1");
    expect(compileDay({ ...breakfast, dayparts: [] }, TUESDAY).diagnostics[0]?.kind).toBe("unknown_daypart");
  });
  test("A8: a stretch that ends before it starts ends on the next day, and is gone with the date on which it begins", () => {
    const windows = [{ weekdays: ["MO" as const, "TU" as const], start: "22:00", end: "06:00" }];
    const range = dayBounds("UTC", TUESDAY);
    const spans = (exceptDates: string[]) =>
      daypartSpans({ id: uuid(5, 0), name: "Night", windows, exceptDates }, "UTC", range).map(
        ({ startMs, endMs }) => [startMs, endMs].map((edge) => new Date(edge).toISOString().slice(8, 13)),
      );
    expect(spans([])).toEqual([
      ["23T22", "24T06"],
      ["24T22", "25T06"],
    ]);
    expect(spans([TUESDAY])).toEqual([["23T22", "24T06"]]);
  });
});

describe("who has the screen", () => {
  test("W1: the override of the highest priority, of equals the newest", () => {
    const entries = [
      sampleEntry(0, { kind: "override", content: showing(5), priority: 1 }),
      sampleEntry(1, { kind: "override", content: showing(6), priority: 1 }),
      sampleEntry(2, { kind: "override", content: showing(7), priority: 0 }),
      sampleEntry(3, { content: showing(8), priority: 9 }),
    ];
    expect(order(base({ entries }), 2)).toBe("6 6");
    expect(order(base({ entries: entries.slice(2) }), 2)).toBe("7 7");
  });
  test("W2, W3: the entries of the highest priority, one showing each in the order in which they were made", () => {
    const entries = [
      sampleEntry(2, { content: showing(7), priority: 3 }),
      sampleEntry(1, { content: playing(1), priority: 3 }),
      sampleEntry(0, { content: showing(9), priority: 2 }),
    ];
    const playlists = [listOf(0, [0]), listOf(1, [5, 6])];
    expect(order(base({ entries, playlists }), 6)).toBe("5 7 6 7 5 7");
  });
  test("W4: else the screen's playlist, else the default, else nothing", () => {
    const manifest = base({ playlists: [listOf(0, [0]), listOf(1, [1])], defaultPlaylistId: uuid(3, 1) });
    expect(order(manifest, 2)).toBe("0 0");
    expect(order({ ...manifest, playlistId: null }, 2)).toBe("1 1");
    expect(order({ ...manifest, playlistId: null, defaultPlaylistId: null }, 2)).toBe("");
  });
  test("W5: what has nothing playable gives way", () => {
    const gone = sampleAsset(9, { availableUntil: "2026-01-01T00:00:00.000Z" });
    const manifest = base({
      assets: [...assetsTo(9), gone],
      playlists: [listOf(0, []), listOf(1, [1]), listOf(2, [9])],
      defaultPlaylistId: uuid(3, 1),
    });
    const entries = [
      sampleEntry(0, { kind: "override", content: showing(9) }),
      sampleEntry(1, { content: playing(2), priority: 5 }),
      sampleEntry(2, { content: showing(4), priority: 1, when: during("12:00", "12:00:10") }),
    ];
    expect(order({ ...manifest, entries }, 2)).toBe("1 1");
    expect(shown({ ...manifest, entries }, "12:00", "12:00:10")).toBe("4@12:00:00");
  });
});

describe("what is in a loop", () => {
  const looped = (playlist: ReturnType<typeof listOf>, more: ReturnType<typeof listOf>[] = []) =>
    base({ playlists: [playlist, ...more] });
  const list = (items: ReturnType<typeof sampleItem>[]) => ({ ...listOf(0, []), items });

  test("L1: items in order, again and again", () => {
    expect(order(base(), 5)).toBe("0 1 2 0 1");
  });
  test("L2: for the item's duration, else the asset's", () => {
    const items = [
      sampleItem(0, { assetId: uuid(1, 0), durationMs: 25_000 }),
      sampleItem(1, { assetId: uuid(1, 1) }),
    ];
    expect(shown(looped(list(items)), "00:00", "00:00:50")).toBe("0@00:00:00 1@00:00:25 0@00:00:35");
  });
  test("L3: nothing that is missing, outside its time or its dayparts", () => {
    const assets = [
      ...assetsTo(3),
      sampleAsset(3, { availableFrom: `${TUESDAY}T00:01:00.000Z` }),
      sampleAsset(4, { availableUntil: `${TUESDAY}T00:01:00.000Z` }),
    ];
    const items = [3, 4, 7].map((number) => sampleItem(number, { assetId: uuid(1, number) }));
    const parted = sampleItem(8, { assetId: uuid(1, 0), daypartIds: [uuid(5, 0)] });
    const window = { weekdays: ["TU" as const], start: "00:01", end: "00:02" };
    const dayparts = [{ id: uuid(5, 0), name: "Minute", windows: [window], exceptDates: [] }];
    const manifest = { ...looped(list([...items, parted])), assets, dayparts };
    expect(shown(manifest, "00:00:40", "00:01:40")).toBe(
      "4@00:00:40 4@00:00:50 0@00:01:00 3@00:01:10 0@00:01:20 3@00:01:30",
    );
  });
  test("L4: weight times a cycle, spread", () => {
    const items = [
      sampleItem(0, { assetId: uuid(1, 0), weight: 3 }),
      sampleItem(1, { assetId: uuid(1, 1) }),
      sampleItem(2, { assetId: uuid(1, 2), weight: 2 }),
    ];
    expect(order(looped(list(items)), 12)).toBe("0 2 0 1 2 0 0 2 0 1 2 0");
  });
  test("L5: a nested playlist whole in its place", () => {
    const items = [sampleItem(0, { assetId: uuid(1, 0) }), sampleItem(1, { playlistId: uuid(3, 1) })];
    expect(order(looped(list(items), [listOf(1, [5, 6])]), 6)).toBe("0 5 6 0 5 6");
  });
  test("L6: or some of it a pass, going on where it stopped", () => {
    const items = [
      sampleItem(0, { assetId: uuid(1, 0) }),
      sampleItem(1, { playlistId: uuid(3, 1), take: 2 }),
    ];
    expect(order(looped(list(items), [listOf(1, [5, 6, 7])]), 9)).toBe("0 5 6 0 7 5 0 6 7");
  });
  test("L9: what closes a cycle of playlists or lies too deep is left out, with a diagnostic", () => {
    const into = (number: number, next: number) => ({
      ...listOf(number, [number % 3]),
      items: [
        ...listOf(number, [number % 3]).items,
        sampleItem(9000 + number, { playlistId: uuid(3, next) }),
      ],
    });
    const circle = base({ playlists: [into(0, 1), into(1, 2), into(2, 0)] });
    expect(order(circle, 6)).toBe("0 1 2 0 1 2");
    expect(compileDay(circle, TUESDAY).diagnostics).toEqual([
      { kind: "playlist_cycle", path: "playlists.2.items.1" },
    ]);
    const deep = base({ playlists: Array.from({ length: 5000 }, (_, number) => into(number, number + 1)) });
    expect(compileDay(deep, TUESDAY).slots.length).toBe(8640);
    expect(compileDay(deep, TUESDAY).diagnostics.some(({ kind }) => kind === "nested_too_deep")).toBe(true);
  });
  test("L10: back within the same occurrence it goes on with its next item; a new occurrence starts at its first", () => {
    const manifest = base({
      graceMs: 0,
      playlists: [listOf(0, [0]), listOf(1, [5, 6, 7])],
      entries: [
        sampleEntry(0, { content: playing(1), when: during("09:00", "09:01") }),
        sampleEntry(1, { kind: "override", content: showing(9), when: during("09:00:15", "09:00:25") }),
        sampleEntry(2, { content: playing(1), when: during("10:00", "10:01") }),
      ],
    });
    expect(shown(manifest, "09:00", "09:00:35")).toBe("5@09:00:00 6@09:00:10 9@09:00:15 7@09:00:25");
    expect(shown(manifest, "10:00", "10:00:10")).toBe("5@10:00:00");
  });
});
