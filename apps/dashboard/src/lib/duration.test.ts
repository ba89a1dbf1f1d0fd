import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDuration, parseDuration } from "./duration.ts";

describe("parseDuration", () => {
  it.each([
    ["10", 10_000],
    ["7.5", 7_500],
    ["7,5", 7_500],
    [" 90 s ", 90_000],
    ["1:30", 90_000],
    ["1:5", 65_000],
    ["90:00", 5_400_000],
    ["1:02:03", 3_723_000],
    ["2 min", 120_000],
    ["1h 30m", 5_400_000],
    ["2m 5s", 125_000],
    ["24:00:00", 86_400_000],
    [".5", 500],
  ])("reads %j as %d ms", (text, durationMs) => {
    expect(parseDuration(text)).toEqual({ kind: "ok", durationMs });
  });

  it.each(["", "abc", "1:75", "1:2:3:4", "-5", "1:61:00", "10 apples", ":"])("refuses %j", (text) => {
    expect(parseDuration(text)).toEqual({ kind: "unreadable" });
  });

  it("keeps to the bounds of the core", () => {
    expect(parseDuration("0.4")).toEqual({ kind: "tooShort" });
    expect(parseDuration("0")).toEqual({ kind: "tooShort" });
    expect(parseDuration("24:00:01")).toEqual({ kind: "tooLong" });
  });

  it("reads back what formatDuration writes, to a tenth of a second", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 864_000 }), (tenths) => {
        expect(parseDuration(formatDuration(tenths * 100))).toEqual({ kind: "ok", durationMs: tenths * 100 });
      }),
    );
  });
});

describe("formatDuration", () => {
  it.each([
    [10_000, "0:10"],
    [7_500, "0:07.5"],
    [90_000, "1:30"],
    [3_723_000, "1:02:03"],
    [86_400_000, "24:00:00"],
  ])("writes %d ms as %j", (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});
