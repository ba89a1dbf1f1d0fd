import { expect, test } from "vitest";
import { datesOf, rangeOf, stepDate } from "./calendar-range.ts";

test("a week begins on the day on which weeks begin there", () => {
  expect(rangeOf("week", "2026-11-24", 1)).toEqual({ from: "2026-11-23", until: "2026-11-30" });
  expect(rangeOf("week", "2026-11-24", 7)).toEqual({ from: "2026-11-22", until: "2026-11-29" });
  expect(rangeOf("week", "2026-11-22", 7).from).toBe("2026-11-22");
});

test("a month is shown in whole weeks", () => {
  expect(rangeOf("month", "2026-11-24", 1)).toEqual({ from: "2026-10-26", until: "2026-12-07" });
  expect(datesOf(rangeOf("month", "2027-02-10", 1))).toHaveLength(28);
});

test("a step from a long month ends in the shorter one", () => {
  expect(stepDate("month", "2027-01-31", 1)).toBe("2027-02-28");
  expect(stepDate("month", "2027-01-31", -1)).toBe("2026-12-31");
  expect(stepDate("week", "2026-12-30", 1)).toBe("2027-01-06");
  expect(stepDate("day", "2027-01-01", -1)).toBe("2026-12-31");
});
