import { expect, test } from "vitest";
import { rangeOf } from "./calendar-range.ts";
import { calendarWords } from "./calendar-words.ts";
import { wallOf } from "./wall-time.ts";

test("the order of words and the clock are those of the locale's region", () => {
  const british = calendarWords("en-GB");
  expect(british.day("2026-11-24")).toBe("Tuesday 24 November");
  expect(british.time(wallOf("2026-11-24T09:00"))).toBe("09:00");
  expect(british.hour(wallOf("2026-11-24T09:00"))).toBe("09:00");
  expect(british.firstWeekday).toBe(1);
  expect(british.title("week", "2026-11-24", rangeOf("week", "2026-11-24", 1))).toMatch(
    /^23\s?–\s?29 November 2026$/,
  );
  const american = calendarWords("en-US");
  expect(american.day("2026-11-24")).toBe("Tuesday, November 24");
  expect(american.time(wallOf("2026-11-24T09:00"))).toMatch(/^9:00\sAM$/);
  expect(american.hour(wallOf("2026-11-24T10:00"))).toMatch(/^10\sAM$/);
  expect(american.firstWeekday).toBe(7);
  expect(calendarWords("en-AT").time(wallOf("2026-11-24T21:00"))).toBe("21:00");
});
