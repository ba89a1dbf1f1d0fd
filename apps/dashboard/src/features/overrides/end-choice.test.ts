import { describe, expect, it } from "vitest";
import { endOf } from "./end-choice.ts";
import { timeLeft } from "./time-left.ts";

const berlin = { timeZone: "Europe/Berlin", nowMs: Date.parse("2026-10-25T00:30:00Z") };
const iso = (...given: Parameters<typeof endOf>) => {
  const end = endOf(...given);
  return end.kind === "ok" ? new Date(end.endsAtMs).toISOString() : end.kind;
};

describe("endOf", () => {
  it("has to be chosen, and counts from now or to the end of the zone's day", () => {
    expect(iso(null, "", berlin)).toBe("missing");
    expect(iso("quarter", "", berlin)).toBe("2026-10-25T00:45:00.000Z");
    expect(iso("hour", "", berlin)).toBe("2026-10-25T01:30:00.000Z");
    expect(iso("day", "", berlin)).toBe("2026-10-25T23:00:00.000Z");
  });

  it("reads an end of one's own on the wall of the zone, and refuses one that is past", () => {
    expect(iso("custom", "2026-10-25T18:00", berlin)).toBe("2026-10-25T17:00:00.000Z");
    expect(iso("custom", "2026-10-24T18:00", berlin)).toBe("past");
    expect(iso("custom", "", berlin)).toBe("unreadable");
  });
});

describe("timeLeft", () => {
  it.each([
    [0, { kind: "over" }],
    [-5000, { kind: "over" }],
    [400, { kind: "minutes", minutes: 0, seconds: 1 }],
    [899_000, { kind: "minutes", minutes: 14, seconds: 59 }],
    [3_600_000, { kind: "hours", hours: 1, minutes: 0 }],
    [47 * 3_600_000, { kind: "hours", hours: 47, minutes: 0 }],
    [75 * 3_600_000, { kind: "days", days: 3, hours: 3 }],
  ])("%d ms", (ms, left) => {
    expect(timeLeft(1_000_000 + ms, 1_000_000)).toEqual(left);
  });
});
