import { describe, expect, it } from "vitest";
import { availabilityAt } from "./availability.ts";
import { instantOfLocal, localOf } from "./local-instant.ts";

describe("availabilityAt", () => {
  const from = "2026-11-24T08:00:00.000Z";
  const until = "2026-12-24T17:00:00.000Z";
  it.each([
    [from, until, "2026-11-24T07:59:59.999Z", "notYet"],
    [from, until, "2026-11-24T08:00:00.000Z", undefined],
    [from, until, "2026-12-24T16:59:59.999Z", undefined],
    [from, until, "2026-12-24T17:00:00.000Z", "over"],
    [null, until, "2020-01-01T00:00:00.000Z", undefined],
    [null, null, "2020-01-01T00:00:00.000Z", undefined],
  ])("from %s until %s, at %s: %s", (availableFrom, availableUntil, at, expected) => {
    expect(availabilityAt({ availableFrom, availableUntil }, Date.parse(at))).toBe(expected);
  });
});

describe("local instants", () => {
  it.each([
    ["Europe/Berlin", "2026-11-24T09:00", "2026-11-24T08:00:00.000Z"],
    ["Europe/Berlin", "2026-07-01T09:00", "2026-07-01T07:00:00.000Z"],
    ["America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00.000Z"],
    ["Asia/Kathmandu", "2026-11-24T09:00", "2026-11-24T03:15:00.000Z"],
  ])("%s %s is %s, and back", (zone, local, instant) => {
    expect(instantOfLocal(local, zone)).toBe(instant);
    expect(localOf(instant, zone)).toBe(local);
  });

  it("moves a time that the clock leaves out forward, and knows what is no time", () => {
    expect(instantOfLocal("2026-03-29T02:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
    expect(instantOfLocal("", "Europe/Berlin")).toBeUndefined();
  });
});
