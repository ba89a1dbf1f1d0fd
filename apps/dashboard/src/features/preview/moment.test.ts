import { dayBounds } from "@vitrine/core/schedule";
import { describe, expect, it } from "vitest";
import {
  atTime,
  fractionOf,
  hoursOf,
  instantOf,
  momentText,
  movedIn,
  oddHours,
  onDate,
  timeText,
} from "./moment.ts";
import { isMomentText, readPreviewSearch } from "./preview-search.ts";

const BERLIN = "Europe/Berlin";
const utc = (text: string) => Date.parse(`${text}Z`);

describe("a moment in an address", () => {
  it("is read on the wall of the screen's zone, and written back alike", () => {
    expect(instantOf(BERLIN, "2026-03-03T09:00")).toBe(utc("2026-03-03T08:00:00"));
    expect(momentText(BERLIN, utc("2026-03-03T08:00:05.900"))).toBe("2026-03-03T09:00:05");
    expect(timeText(BERLIN, utc("2026-03-03T08:00:05.900"))).toBe("09:00:05");
  });

  it("moves forward by the gap where the clock leaves it out", () => {
    expect(instantOf(BERLIN, "2026-03-29T02:30")).toBe(utc("2026-03-29T01:30:00"));
    expect(momentText(BERLIN, utc("2026-03-29T01:30:00"))).toBe("2026-03-29T03:30:00");
  });

  it("says by its offset which of two times it is where the clock says it twice", () => {
    const [first, second] = [utc("2026-10-25T00:30:00"), utc("2026-10-25T01:30:00")];
    expect(momentText(BERLIN, first)).toBe("2026-10-25T02:30:00");
    expect(momentText(BERLIN, second)).toBe("2026-10-25T02:30:00+01:00");
    expect(instantOf(BERLIN, momentText(BERLIN, first))).toBe(first);
    expect(instantOf(BERLIN, momentText(BERLIN, second))).toBe(second);
  });

  it.each([
    ["2026-03-03T09:00", true],
    ["2026-03-03T09:00:30", true],
    ["2026-10-25T02:30:00+01:00", true],
    ["2026-02-30T09:00", false],
    ["2026-03-03", false],
    ["2026-03-03T24:00", false],
    ["9999-03-03T09:00", false],
    ["now", false],
  ])("%s may be one: %s", (text, may) => {
    expect(isMomentText(text)).toBe(may);
    expect(readPreviewSearch({ at: text })).toEqual(may ? { at: text } : {});
  });

  it("keeps its time of day on another date, and its date with another time", () => {
    const at = utc("2026-03-28T08:15:00");
    expect(onDate(BERLIN, at, "2026-03-29")).toBe(utc("2026-03-29T07:15:00"));
    expect(atTime(BERLIN, at, "18:30")).toBe(utc("2026-03-28T17:30:00"));
  });
});

describe("the slider of a day", () => {
  it.each([
    ["2026-03-03", 24, 0],
    ["2026-03-29", 23, -1],
    ["2026-10-25", 25, 1],
  ])("has on %s an hour's mark for each of %i hours", (date, count, odd) => {
    const day = dayBounds(BERLIN, date);
    expect(hoursOf(BERLIN, day)).toHaveLength(count);
    expect(oddHours(day)).toBe(odd);
  });

  it("leaves out the hour that is missing and says the one that comes twice twice", () => {
    const said = (date: string) => hoursOf(BERLIN, dayBounds(BERLIN, date)).map(({ hour }) => hour);
    expect(said("2026-03-29").slice(0, 4)).toEqual([0, 1, 3, 4]);
    expect(said("2026-10-25").slice(0, 5)).toEqual([0, 1, 2, 2, 3]);
  });

  it("knows zones that move by half an hour", () => {
    const day = dayBounds("Australia/Lord_Howe", "2026-10-04");
    expect(oddHours(day)).toBe(-0.5);
    expect(
      hoursOf("Australia/Lord_Howe", day)
        .map(({ hour }) => hour)
        .slice(0, 4),
    ).toEqual([0, 1, 3, 4]);
  });

  it("steps by what passes, also over a change of the clock, and stays in its day", () => {
    const day = dayBounds(BERLIN, "2026-03-29");
    expect(timeText(BERLIN, movedIn(day, utc("2026-03-29T00:30:00"), 3_600_000))).toBe("03:30:00");
    expect(movedIn(day, day.startMs + 10, -60_000)).toBe(day.startMs);
    expect(movedIn(day, day.endMs - 10_000, 60_000)).toBe(day.endMs - 1000);
    expect(fractionOf(day, day.startMs + 23 * 1_800_000)).toBe(0.5);
  });
});
