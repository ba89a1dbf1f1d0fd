import fc from "fast-check";
import { expect, test } from "vitest";
import { type Occurrences, occurrences } from "../model/schedule.ts";
import { activitiesOf, occurrenceDates } from "./activity.ts";
import { entryBounds, moveOccurrence, type OccurrenceEdit, removeOccurrence } from "./occurrence-edits.ts";
import { addDays, daysBetween } from "./time.ts";

const weekly: Occurrences = {
  start: "2026-11-24T09:00",
  end: "2026-11-24T11:00",
  recurrence: "FREQ=WEEKLY;BYDAY=TU",
  exceptDates: ["2026-12-08"],
  extraDates: ["2026-12-10"],
};

function datesOf(when: Occurrences | null, until = "2027-02-01"): string[] {
  return when ? occurrenceDates(when, when.start.slice(0, 10), "2026-01-01", until) : [];
}
function edited(edit: OccurrenceEdit | string): OccurrenceEdit {
  if (typeof edit === "string") throw new Error(edit);
  return edit;
}

test("one occurrence goes on by itself, the others stay", () => {
  const move = {
    date: "2026-12-01",
    start: "2026-12-03T22:00",
    end: "2026-12-04T01:00",
    scope: "one",
  } as const;
  const { kept, moved } = edited(moveOccurrence(weekly, move));
  expect(datesOf(kept)).toEqual(datesOf(weekly).filter((date) => date !== "2026-12-01"));
  expect(moved).toEqual({
    start: move.start,
    end: move.end,
    recurrence: null,
    exceptDates: [],
    extraDates: [],
  });
});

test("all occurrences move by as much, exceptions and extra days too", () => {
  const move = {
    date: "2026-12-01",
    start: "2026-12-02T10:30",
    end: "2026-12-02T11:00",
    scope: "all",
  } as const;
  const { kept, moved } = edited(moveOccurrence(weekly, move));
  expect(kept).toBeNull();
  expect(moved).toMatchObject({
    start: "2026-11-25T10:30",
    end: "2026-11-25T11:00",
    recurrence: "FREQ=WEEKLY;BYDAY=WE",
  });
  expect(datesOf(moved, "2027-02-02")).toEqual(datesOf(weekly).map((date) => addDays(date, 1)));
});

test("what follows goes on apart, with what is left of a count", () => {
  const counted = { ...weekly, recurrence: "FREQ=WEEKLY;COUNT=6", extraDates: [] };
  const move = {
    date: "2026-12-15",
    start: "2026-12-16T09:00",
    end: "2026-12-16T10:00",
    scope: "following",
  } as const;
  const { kept, moved } = edited(moveOccurrence(counted, move));
  expect(datesOf(kept)).toEqual(["2026-11-24", "2026-12-01"]);
  expect(datesOf(moved)).toEqual(["2026-12-16", "2026-12-23", "2026-12-30"]);
});

test("the only one, and the first with what follows, are all of them", () => {
  const once = { ...weekly, recurrence: null, exceptDates: [], extraDates: [] };
  const times = { start: "2026-11-26T08:00", end: "2026-11-26T09:00" };
  for (const [when, scope] of [
    [once, "one"],
    [weekly, "following"],
  ] as const) {
    expect(moveOccurrence(when, { date: "2026-11-24", ...times, scope })).toMatchObject({ kept: null });
  }
  expect(removeOccurrence(once, { date: "2026-11-24", scope: "one" })).toEqual({ kept: null });
});

test("nothing is moved that is not there, nor where the rule itself names the days", () => {
  const times = { start: "2026-12-09T09:00", end: "2026-12-09T10:00", scope: "all" } as const;
  expect(moveOccurrence(weekly, { date: "2026-12-08", ...times })).toBe("not_an_occurrence");
  const second = { ...weekly, recurrence: "FREQ=MONTHLY;BYDAY=4TU" };
  expect(moveOccurrence(second, { date: "2026-11-24", ...times })).toBe("rule_names_days");
  const sameDay = {
    date: "2026-11-24",
    start: "2026-11-24T10:00",
    end: "2026-11-24T12:00",
    scope: "all",
  } as const;
  expect(moveOccurrence(second, sameDay)).toMatchObject({ moved: { recurrence: "FREQ=MONTHLY;BYDAY=4TU" } });
});

test("removing takes out what it says", () => {
  const removed = (scope: "one" | "following") => {
    const edit = removeOccurrence(weekly, { date: "2026-12-15", scope });
    return typeof edit === "string" ? edit : datesOf(edit.kept);
  };
  expect(removed("one")).toEqual(datesOf(weekly).filter((date) => date !== "2026-12-15"));
  expect(removed("following")).toEqual(datesOf(weekly).filter((date) => date < "2026-12-15"));
});

const rules = fc.constantFrom(
  null,
  "FREQ=DAILY;INTERVAL=3",
  "FREQ=WEEKLY;BYDAY=MO,TH",
  "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270301",
  "FREQ=DAILY;COUNT=40",
  "FREQ=MONTHLY",
  "FREQ=YEARLY",
);
const anyWhen = fc
  .record({ rule: rules, first: fc.integer({ min: 0, max: 300 }), hours: fc.integer({ min: 1, max: 60 }) })
  .map(({ rule, first, hours }) => {
    const start = `${addDays("2026-01-05", first)}T08:00`;
    const end = new Date(Date.parse(`${start}Z`) + hours * 3_600_000).toISOString().slice(0, 16);
    return occurrences.parse({ start, end, recurrence: rule, exceptDates: [], extraDates: [] });
  });

test("a split keeps every occurrence, and moves each of those that follow by as much", () => {
  fc.assert(
    fc.property(anyWhen, fc.nat(), fc.integer({ min: -3, max: 3 }), (when, pick, shift) => {
      // Monthly and yearly rules fall on the day of the month of their start, which another month may lack.
      const days = when.recurrence?.match(/MONTHLY|YEARLY/) ? 0 : shift;
      const dates = datesOf(when);
      const date = dates[pick % Math.max(1, dates.length)];
      if (date === undefined) return;
      const start = `${addDays(date, days)}T12:00`;
      const edit = moveOccurrence(when, {
        date,
        start,
        end: `${addDays(date, days)}T13:00`,
        scope: "following",
      });
      if (typeof edit === "string") return;
      const expected = dates.map((one) => (one < date ? one : addDays(one, days)));
      const got = [...datesOf(edit.kept), ...datesOf(edit.moved, addDays("2027-02-01", days))];
      expect(got).toEqual(expected);
    }),
  );
});

test("every stretch of an entry lies within its bounds, in the farthest zones", () => {
  const zone = fc.constantFrom("Pacific/Kiritimati", "Etc/GMT+12", "America/New_York");
  fc.assert(
    fc.property(anyWhen, zone, (when, timeZone) => {
      const entry = {
        id: "0195a3c2-7b1e-7c3d-9a4b-000000000001",
        name: "",
        kind: "normal" as const,
        content: { kind: "asset" as const, assetId: "0195a3c2-7b1e-7c3d-9a4b-000000000002" },
        priority: 0,
        createdAt: "2026-01-01T00:00:00.000Z",
        timeZone: null,
        when,
        validFrom: null,
        validUntil: null,
        daypartIds: [],
        startsExactly: false,
        sharePercent: null,
        zoneName: null,
      };
      const { startMs, endMs } = entryBounds(entry);
      const range = { startMs: Date.UTC(2025, 11, 1), endMs: Date.UTC(2028, 0, 1) };
      for (const one of activitiesOf(entry, timeZone, new Map(), range)) {
        expect(one.startMs).toBeGreaterThanOrEqual(startMs ?? Number.NEGATIVE_INFINITY);
        expect(one.endMs).toBeLessThanOrEqual(endMs ?? Number.POSITIVE_INFINITY);
      }
      if (when.recurrence === null)
        expect(daysBetween(when.start.slice(0, 10), datesOf(when)[0] ?? "")).toBe(0);
    }),
  );
});
