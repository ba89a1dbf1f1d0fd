import { WEEKDAYS, type Weekday } from "@vitrine/core/model/schedule";
import { describe, expect, it } from "vitest";
import { weekdayName, weekdayRuns, windowHours } from "./dayparts-words.ts";

const runs = (days: string) =>
  weekdayRuns(WEEKDAYS.filter((day) => days.split(" ").includes(day)))
    .map((run) => run.join(""))
    .join(" ");

describe("weekdayRuns", () => {
  it.each([
    ["MO TU WE TH FR", "MOTUWETHFR"],
    ["MO WE FR", "MO WE FR"],
    ["SA SU MO", "MO SASU"],
    ["TU", "TU"],
    ["MO TU WE TH FR SA SU", "MOTUWETHFRSASU"],
    ["", ""],
  ])("puts %j together as %j", (days, expected) => {
    expect(runs(days)).toBe(expected);
  });

  it("does not mind the order in which days were ticked", () => {
    const ticked: Weekday[] = ["FR", "MO", "TH", "TU", "WE"];
    expect(weekdayRuns(ticked)).toEqual([["MO", "TU", "WE", "TH", "FR"]]);
  });
});

describe("windowHours", () => {
  it.each([
    ["06:00", "10:30", { kind: "sameDay", start: "06:00", end: "10:30" }],
    ["22:00", "02:00", { kind: "nextDay", start: "22:00", end: "02:00" }],
    ["06:00", "06:00", { kind: "nextDay", start: "06:00", end: "06:00" }],
    ["18:00", "00:00", { kind: "sameDay", start: "18:00", end: "24:00" }],
    ["00:00", "00:00", { kind: "allDay" }],
    ["00:00:00", "06:30:15", { kind: "sameDay", start: "00:00", end: "06:30:15" }],
    ["23:59:59", "23:59", { kind: "nextDay", start: "23:59:59", end: "23:59" }],
  ])("says %s to %s", (start, end, expected) => {
    expect(windowHours({ start, end })).toEqual(expected);
  });
});

it("names weekdays, Monday first", () => {
  const format = {
    dateTime: (date: Date, options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat("en", options).format(date),
  };
  expect(WEEKDAYS.map((day) => weekdayName(day, format)).join(" ")).toBe("Mon Tue Wed Thu Fri Sat Sun");
});
