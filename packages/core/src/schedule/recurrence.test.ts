import fc from "fast-check";
import { expect, test } from "vitest";
import { RecurrenceFault } from "../model/recurrence.ts";
import lines from "./fixtures/recurrences.json" with { type: "json" };
import { recurrenceDates } from "./recurrence.ts";

const daysAfter = (date: string, days: number) =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

/** What fixtures/make-recurrences.py wrote. */
const cases = lines.map((line) => {
  const [rule = "", start = "", from = "", days = "", offsets = ""] = line.split(" ");
  const expected = offsets === "" ? [] : offsets.split(",").map((offset) => daysAfter(from, Number(offset)));
  return { rule, start, from, to: daysAfter(from, Number(days) - 1), expected };
});

test("10,000 rules fall on the dates python-dateutil gives", () => {
  const wrong = cases.flatMap((one) => {
    const dates = recurrenceDates(one.rule, one.start, one.from, one.to);
    return dates.join() === one.expected.join() ? [] : [{ ...one, dates }];
  });
  expect(wrong).toEqual([]);
  expect(cases).toHaveLength(10_000);
});

test("two windows side by side hold what the window over both holds", () => {
  const offset = fc.integer({ min: -30, max: 1_500 });
  fc.assert(
    fc.property(fc.constantFrom(...cases), offset, offset, offset, ({ rule, start }, ...offsets) => {
      const [first = 0, middle = 0, last = 0] = offsets.sort((one, other) => one - other);
      const dates = (from: number, to: number) =>
        recurrenceDates(rule, start, daysAfter(start, from), daysAfter(start, to));
      expect([...dates(first, middle), ...dates(middle + 1, last)]).toEqual(dates(first, last));
    }),
    { numRuns: 500 },
  );
});

test("dates come in order, each once, within the window", () => {
  const days = fc.integer({ min: -30, max: 3_000 });
  fc.assert(
    fc.property(fc.constantFrom(...cases), days, days, ({ rule, start }, fromDays, toDays) => {
      const [from, to] = [daysAfter(start, fromDays), daysAfter(start, toDays)];
      const dates = recurrenceDates(rule, start, from, to);
      expect(dates).toEqual([...new Set(dates)].sort());
      expect(dates.every((date) => date >= from && date >= start && date <= to)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("every second Tuesday", () => {
  expect(
    recurrenceDates("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-03", "2026-11-01", "2026-12-31"),
  ).toEqual(["2026-11-03", "2026-11-17", "2026-12-01", "2026-12-15", "2026-12-29"]);
});

test("WKST decides which Sunday belongs to a week in phase", () => {
  const rule = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=";
  const dates = (weekStart: string) =>
    recurrenceDates(rule + weekStart, "1997-08-05", "1997-08-01", "1997-12-31");
  expect(dates("MO")).toEqual(["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"]);
  expect(dates("SU")).toEqual(["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"]);
});

test("the last Friday of the month", () => {
  expect(recurrenceDates("FREQ=MONTHLY;BYDAY=-1FR", "2026-01-30", "2026-01-01", "2026-04-30")).toEqual([
    "2026-01-30",
    "2026-02-27",
    "2026-03-27",
    "2026-04-24",
  ]);
});

test("the last working day of the month", () => {
  const rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1";
  expect(recurrenceDates(rule, "2026-01-30", "2026-05-01", "2026-06-30")).toEqual([
    "2026-05-29",
    "2026-06-30",
  ]);
});

test("the 31st is skipped in the months without one", () => {
  expect(recurrenceDates("FREQ=MONTHLY", "2026-01-31", "2026-01-01", "2026-08-01")).toEqual([
    "2026-01-31",
    "2026-03-31",
    "2026-05-31",
    "2026-07-31",
  ]);
});

test("29 February comes in leap years, which 2100 is not", () => {
  expect(recurrenceDates("FREQ=YEARLY", "2024-02-29", "2024-01-01", "2033-12-31")).toEqual([
    "2024-02-29",
    "2028-02-29",
    "2032-02-29",
  ]);
  expect(recurrenceDates("FREQ=YEARLY", "2024-02-29", "2096-03-01", "2104-12-31")).toEqual(["2104-02-29"]);
});

test("a start the rule does not name comes first, and COUNT does not count it", () => {
  const dates = recurrenceDates("FREQ=WEEKLY;COUNT=2;BYDAY=MO", "2026-11-21", "2026-11-01", "2026-12-31");
  expect(dates).toEqual(["2026-11-21", "2026-11-23", "2026-11-30"]);
  const later = recurrenceDates("FREQ=MONTHLY;COUNT=2;BYDAY=1MO", "2026-11-21", "2026-11-21", "2027-12-31");
  expect(later).toEqual(["2026-11-21", "2026-12-07", "2027-01-04"]);
});

test("UNTIL is included; one before the start leaves the start", () => {
  const dates = (until: string) =>
    recurrenceDates(`FREQ=DAILY;UNTIL=${until}`, "2026-11-21", "2026-11-01", "2026-12-31");
  expect(dates("20261122")).toEqual(["2026-11-21", "2026-11-22"]);
  expect(dates("20261101")).toEqual(["2026-11-21"]);
});

test("BYSETPOS chooses from the whole week of a start in its middle", () => {
  const rule = "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2";
  expect(recurrenceDates(rule, "2026-11-20", "2026-11-16", "2026-11-29")).toEqual([
    "2026-11-20",
    "2026-11-25",
  ]);
});

test("a numbered weekday of the year: beside a plain one, limited by BYMONTHDAY, a 53rd only where there is one", () => {
  const dates = (rule: string) =>
    recurrenceDates(`FREQ=YEARLY;${rule}`, "2025-12-31", "2026-01-01", "2027-01-31");
  expect(dates("BYDAY=1MO,SU;BYSETPOS=1,2,3")).toEqual([
    "2026-01-04",
    "2026-01-05",
    "2026-01-11",
    "2027-01-03",
    "2027-01-04",
    "2027-01-10",
  ]);
  expect(dates("BYDAY=4MO;BYMONTHDAY=25,26")).toEqual(["2026-01-26", "2027-01-25"]);
  expect(dates("BYDAY=53MO,53TH")).toEqual(["2026-12-31"]);
});

test.each([
  "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
  "FREQ=YEARLY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=30;COUNT=10000",
  "FREQ=MONTHLY;BYDAY=6MO;COUNT=3",
  "FREQ=MONTHLY;BYDAY=99MO",
  "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31",
  "FREQ=DAILY;BYDAY=TU;BYSETPOS=2;COUNT=1",
  "FREQ=DAILY;INTERVAL=7;BYDAY=TU;COUNT=5",
  "FREQ=YEARLY;BYDAY=1MO;BYMONTHDAY=31",
  "FREQ=WEEKLY;BYMONTH=1;BYSETPOS=366",
])("%s names nothing, and says so soon", (rule) => {
  const before = process.cpuUsage();
  expect(recurrenceDates(rule, "2026-11-21", "2026-11-01", "2199-12-31")).toEqual(["2026-11-21"]);
  expect(recurrenceDates(rule, "2026-11-21", "2199-12-31", "2199-12-31")).toEqual([]);
  // Of this process: how long others have the machine does not count.
  expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
});

test("nothing before the start, nor in a window that ends before it begins", () => {
  expect(recurrenceDates("FREQ=DAILY", "2026-11-21", "2026-01-01", "2026-11-20")).toEqual([]);
  expect(recurrenceDates("FREQ=DAILY", "2026-11-21", "2026-11-23", "2026-11-22")).toEqual([]);
});

test("a text that is no rule is a RecurrenceFault", () => {
  expect(() => recurrenceDates("FREQ=HOURLY", "2026-11-21", "2026-11-21", "2026-11-21")).toThrow(
    RecurrenceFault,
  );
});
