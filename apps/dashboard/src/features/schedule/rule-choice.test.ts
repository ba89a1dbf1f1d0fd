import { WEEKDAYS } from "@vitrine/core/model/schedule";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  choiceFor,
  FREQUENCIES,
  followStart,
  monthDaysOf,
  type RuleChoice,
  readChoice,
  textOfChoice,
} from "./rule-choice.ts";

const TUESDAY = "2026-11-24";

test("what the editor writes, it reads back", () => {
  const choice = fc
    .record({
      freq: fc.constantFrom(...FREQUENCIES),
      interval: fc.integer({ min: 1, max: 30 }),
      weekdays: fc.subarray([...WEEKDAYS], { minLength: 1 }),
      monthDay: fc.oneof(
        fc.constantFrom(1, 15, 31, -1).map((day) => ({ kind: "day", day }) as const),
        fc
          .tuple(fc.constantFrom(1, 2, 5, -1), fc.constantFrom(...WEEKDAYS))
          .map(([ordinal, weekday]) => ({ kind: "weekday", ordinal, weekday }) as const),
      ),
      ending: fc.constantFrom(
        { kind: "never" } as const,
        { kind: "until", date: "2027-03-03" } as const,
        { kind: "count", count: 7 } as const,
      ),
    })
    .map((one): RuleChoice => {
      const plain = choiceFor(one.freq, TUESDAY);
      return {
        ...one,
        weekdays: one.freq === "WEEKLY" ? one.weekdays : plain.weekdays,
        monthDay: one.freq === "MONTHLY" ? one.monthDay : plain.monthDay,
      };
    });
  fc.assert(
    fc.property(choice, (one) => {
      expect(readChoice(textOfChoice(one), TUESDAY)).toEqual(one);
    }),
  );
});

test.each([
  "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
  "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
  "FREQ=MONTHLY;BYMONTHDAY=1,15",
  "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
  "FREQ=MONTHLY;BYMONTHDAY=-3",
  "FREQ=DAILY;BYDAY=MO",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU",
  "FREQ=SECONDLY",
])("%s says more than the controls can", (text) => {
  expect(readChoice(text, TUESDAY)).toBeUndefined();
});

test("a rule without days takes those of its first date", () => {
  expect(readChoice("FREQ=WEEKLY", TUESDAY)?.weekdays).toEqual(["TU"]);
  expect(readChoice("FREQ=MONTHLY", TUESDAY)?.monthDay).toEqual({ kind: "day", day: 24 });
});

test("the days of a month that fit a date", () => {
  expect(monthDaysOf(TUESDAY)).toEqual([
    { kind: "day", day: 24 },
    { kind: "weekday", ordinal: 4, weekday: "TU" },
    { kind: "weekday", ordinal: -1, weekday: "TU" },
  ]);
  expect(monthDaysOf("2026-11-30")).toContainEqual({ kind: "day", day: -1 });
});

test("a rule follows its first date only where it named that date's day", () => {
  expect(followStart("FREQ=WEEKLY;BYDAY=TU", TUESDAY, "2026-11-26")).toBe("FREQ=WEEKLY;BYDAY=TH");
  expect(followStart("FREQ=WEEKLY;BYDAY=MO,TU", TUESDAY, "2026-11-26")).toBe("FREQ=WEEKLY;BYDAY=MO,TU");
  expect(followStart("FREQ=MONTHLY;BYMONTHDAY=24", TUESDAY, "2026-11-26")).toBe("FREQ=MONTHLY;BYMONTHDAY=26");
  expect(followStart("FREQ=MONTHLY;BYDAY=4TU", TUESDAY, "2026-11-05")).toBe("FREQ=MONTHLY;BYDAY=1TH");
  expect(followStart("FREQ=MONTHLY;BYDAY=1MO", TUESDAY, "2026-11-05")).toBe("FREQ=MONTHLY;BYDAY=1MO");
});
