import { describe, expect, it } from "vitest";
import { airtimeBars } from "./airtime-bars.ts";
import { rangeFrom } from "./airtime-range.ts";

describe("rangeFrom", () => {
  it.each([
    ["today", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
    ["week", "2026-03-28T23:00:00.000Z", "2026-04-04T22:00:00.000Z"],
    ["month", "2026-03-28T23:00:00.000Z", "2026-04-27T22:00:00.000Z"],
  ] as const)("%s is whole local days, also over a change of the clock", (range, from, until) => {
    expect(rangeFrom(range, "Europe/Berlin", Date.parse("2026-03-29T09:00:00Z"))).toEqual({ from, until });
  });

  it("never asks for more than a forecast may be long", () => {
    const { from, until } = rangeFrom("month", "Europe/Berlin", Date.parse("2026-10-01T09:00:00Z"));
    expect(Date.parse(until) - Date.parse(from)).toBeLessThanOrEqual(31 * 86_400_000);
  });
});

describe("airtimeBars", () => {
  const row = (number: number, shownMs: number) => ({
    asset: { id: String(number), name: `Asset ${number}` },
    plays: 1,
    shownMs,
  });

  it("measures each by the whole time and draws it by the longest", () => {
    const { bars, idleMs } = airtimeBars({ rows: [row(1, 60), row(2, 30)], totalMs: 100 });
    expect(bars.map(({ share, length }) => [share, length])).toEqual([
      [0.6, 1],
      [0.3, 0.5],
    ]);
    expect(idleMs).toBe(10);
  });

  it("does not take zones side by side for idle time, and stands an empty forecast", () => {
    expect(airtimeBars({ rows: [row(1, 100), row(2, 100)], totalMs: 100 }).idleMs).toBe(0);
    expect(airtimeBars({ rows: [], totalMs: 0 })).toEqual({ bars: [], idleMs: 0 });
  });
});
