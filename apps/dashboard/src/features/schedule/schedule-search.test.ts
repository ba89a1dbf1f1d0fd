import { expect, test } from "vitest";
import { readScheduleSearch, withoutEntry } from "./schedule-search.ts";

const ID = "0195a3c2-7b1e-7c3d-9a10-000000000001";

test("an address is read back as it is", () => {
  const full = { view: "month", date: "2026-11-24", screen: ID, entry: ID, on: "2026-11-24" } as const;
  expect(readScheduleSearch(full)).toEqual(full);
  const fresh = { entry: "new", start: "2026-11-24T09:00", end: "2026-11-24T11:00" };
  expect(readScheduleSearch(fresh)).toEqual(fresh);
  expect(withoutEntry({ ...full, group: ID })).toEqual({
    view: "month",
    date: "2026-11-24",
    screen: ID,
    group: ID,
  });
});

test("what makes no sense is left out", () => {
  expect(
    readScheduleSearch({ view: "year", date: "2026-02-30", group: "x", entry: 5, start: "soon" }),
  ).toEqual({});
  expect(readScheduleSearch({ entry: "new", start: "2026-11-24T11:00", end: "2026-11-24T09:00" })).toEqual({
    entry: "new",
  });
  expect(readScheduleSearch({ screen: ID, group: ID })).toEqual({ screen: ID });
});
