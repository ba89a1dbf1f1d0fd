import { describe, expect, it } from "vitest";
import {
  drawTimeline,
  hourAt,
  lossesOf,
  type Span,
  type Stretch,
  spanOf,
  totalsOf,
  within,
} from "./timeline-drawing.ts";

const START = Date.parse("2026-03-03T00:00:00Z");
const HOUR_MS = 3_600_000;
const hours = (from: number, until: number): Span => ({
  fromMs: START + from * HOUR_MS,
  untilMs: START + until * HOUR_MS,
});

/** Stretches one after the other, each of some hours. */
function run(...parts: readonly [status: Stretch["status"], hours: number][]): Stretch[] {
  let at = START;
  return parts.map(([status, length]) => {
    const from = new Date(at).toISOString();
    at += length * HOUR_MS;
    return { status, from, until: new Date(at).toISOString(), because: null };
  });
}

describe("drawTimeline", () => {
  it("gives shares of the span, neighbours of one status as one piece", () => {
    const stretches = run(["playing", 6], ["playing", 6], ["idle", 12]);
    expect(drawTimeline(stretches, hours(0, 24))).toEqual([
      { status: "playing", start: 0, length: 0.5 },
      { status: "idle", start: 0.5, length: 0.5 },
    ]);
  });

  it("paints trouble and losses last, where nothing covers them", () => {
    const stretches = run(["offline", 1], ["playing", 10], ["trouble", 1], ["playing", 12]);
    expect(drawTimeline(stretches, hours(0, 24)).map(({ status }) => status)).toEqual([
      "playing",
      "playing",
      "offline",
      "trouble",
    ]);
  });

  it("leaves out what is outside of the span, and stands one without time", () => {
    const stretches = run(["playing", 6], ["idle", 6]);
    expect(drawTimeline(stretches, hours(6, 12))).toEqual([{ status: "idle", start: 0, length: 1 }]);
    expect(drawTimeline(stretches, hours(6, 6))).toEqual([]);
    expect(drawTimeline([], hours(0, 1))).toEqual([]);
  });
});

describe("within", () => {
  it("cuts stretches at both ends, and forgets why those began that began before", () => {
    const day = run(["playing", 24]).map((stretch) => ({ ...stretch, because: "online" as const }));
    expect(within(day, hours(0, 4))).toMatchObject([{ because: "online" }]);
    const [cut, ...others] = within(day, hours(3, 4));
    expect(others).toEqual([]);
    expect(cut?.because).toBeNull();
    expect(cut).toMatchObject({ from: "2026-03-03T03:00:00.000Z", until: "2026-03-03T04:00:00.000Z" });
  });
});

it("sums each status, the longest first, and covers all of the span", () => {
  const stretches = run(["playing", 5], ["offline", 1], ["playing", 4]);
  expect(totalsOf(stretches)).toEqual([
    { status: "playing", ms: 9 * HOUR_MS },
    { status: "offline", ms: HOUR_MS },
  ]);
  expect(spanOf(stretches)).toEqual(hours(0, 10));
  expect(spanOf([])).toBeUndefined();
});

it("counts a loss once, though it was noted in two stretches", () => {
  expect(lossesOf(run(["offline", 1], ["offline", 2], ["playing", 1], ["offline", 1]))).toEqual({
    count: 2,
    ms: 4 * HOUR_MS,
  });
  expect(lossesOf(run(["playing", 1]))).toEqual({ count: 0, ms: 0 });
});

describe("hourAt", () => {
  it("is the whole hour on the wall", () => {
    expect(hourAt(START + 90 * 60_000, "Europe/Berlin")).toEqual(hours(1, 2));
  });

  it("is so in zones that are off by parts of an hour", () => {
    const { fromMs } = hourAt(START + 90 * 60_000, "Asia/Kathmandu");
    expect(new Date(fromMs).toISOString()).toBe("2026-03-03T01:15:00.000Z");
  });
});
