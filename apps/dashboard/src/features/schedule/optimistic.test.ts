import type { ListedEntry } from "@vitrine/core/model/entry";
import { expect, test } from "vitest";
import type { Block } from "./blocks.ts";
import { withMoved, withoutOccurrences } from "./optimistic.ts";
import { HOUR_MS, wallOf } from "./wall-time.ts";

const timeZone = "Europe/Berlin";
const stretch = (date: string, offset: string) => ({
  date,
  startsAt: new Date(`${date}T09:00${offset}`).toISOString(),
  endsAt: new Date(`${date}T10:00${offset}`).toISOString(),
});
const entry: Pick<ListedEntry, "id" | "stretches"> = {
  id: "one",
  stretches: [
    stretch("2026-10-24", "+02:00"),
    stretch("2026-10-25", "+01:00"),
    stretch("2026-10-26", "+01:00"),
  ],
};
const block: Pick<Block, "date" | "start" | "end"> & { entry: typeof entry } = {
  entry,
  date: "2026-10-25",
  start: wallOf("2026-10-25T09:00"),
  end: wallOf("2026-10-25T10:00"),
};
const to = { start: block.start - 8 * HOUR_MS, end: block.end - 8 * HOUR_MS };
const starts = (after: typeof entry) => after.stretches.map((one) => one.startsAt);

test("what moves keeps to the clock on the wall, also over the hour that comes twice", () => {
  expect(starts(withMoved(entry, { block, to, toDate: "2026-10-25", scope: "all", timeZone }))).toEqual([
    "2026-10-23T23:00:00.000Z",
    "2026-10-24T23:00:00.000Z",
    "2026-10-26T00:00:00.000Z",
  ]);
});

test("a change reaches as far as it was asked to", () => {
  const moved = (scope: "one" | "following") =>
    starts(withMoved(entry, { block, to, toDate: "2026-10-25", scope, timeZone })).map(
      (one, at) => one !== starts(entry)[at],
    );
  expect(moved("one")).toEqual([false, true, false]);
  expect(moved("following")).toEqual([false, true, true]);
  const left = (scope: "one" | "following" | "all") =>
    withoutOccurrences(entry, block, scope).stretches.map((one) => one.date);
  expect(left("one")).toEqual(["2026-10-24", "2026-10-26"]);
  expect(left("following")).toEqual(["2026-10-24"]);
  expect(left("all")).toEqual([]);
});

test("other entries stay as they are", () => {
  const other = { ...entry, id: "other" };
  expect(withMoved(other, { block, to, toDate: "2026-10-25", scope: "all", timeZone })).toBe(other);
  expect(withoutOccurrences(other, block, "all")).toBe(other);
});

test("an occurrence that goes to another day is the occurrence of that day", () => {
  const later = { start: block.start + 48 * HOUR_MS, end: block.end + 48 * HOUR_MS };
  const moved = withMoved(entry, { block, to: later, toDate: "2026-10-27", scope: "following", timeZone });
  expect(moved.stretches.map((one) => one.date)).toEqual(["2026-10-24", "2026-10-27", "2026-10-28"]);
});
