import { expect, test } from "vitest";
import {
  addDays,
  dateOf,
  instantOfWall,
  isoWeekday,
  localText,
  wallAt,
  wallInZone,
  wallOf,
} from "./wall-time.ts";

test.each([
  ["Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30:00.000Z", "moves forward by the gap"],
  ["Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00.000Z", "is the first of two"],
  ["Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45:00.000Z", "moves by half an hour there"],
  ["America/New_York", "2026-11-24T09:00", "2026-11-24T14:00:00.000Z", "is itself on any other day"],
])("in %s the wall time %s is %s: it %s", (zone, wall, instant) => {
  expect(instantOfWall(wallOf(wall), zone)).toBe(instant);
});

test("an instant reads back as what the wall shows, also on days of 23 and 25 hours", () => {
  expect(localText(wallAt("2026-03-29T01:30:00.000Z", "Europe/Berlin"))).toBe("2026-03-29T03:30");
  expect(localText(wallAt("2026-10-25T01:30:00.000Z", "Europe/Berlin"))).toBe("2026-10-25T02:30");
  expect(localText(wallAt("2011-12-31T00:00:00.000Z", "Pacific/Apia"))).toBe("2011-12-31T14:00");
});

test("a wall time is the same instant in another zone", () => {
  expect(localText(wallInZone(wallOf("2026-11-24T09:00"), "Europe/Berlin", "America/New_York"))).toBe(
    "2026-11-24T03:00",
  );
});

test("dates count on over the ends of months and years", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2028-03-01", -1)).toBe("2028-02-29");
  expect(dateOf(wallOf("2026-11-24T23:59:59"))).toBe("2026-11-24");
  expect(isoWeekday("2026-11-22")).toBe(7);
});

test("seconds are written only where there are any", () => {
  expect(localText(wallOf("2026-11-24T09:00:15"))).toBe("2026-11-24T09:00:15");
  expect(localText(wallOf("2026-11-24T09:00:00"))).toBe("2026-11-24T09:00");
});
