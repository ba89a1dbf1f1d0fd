import { describe, expect, test } from "vitest";
import { canonicalEvent, canonicalInstant, canonicalJson } from "./canonical.ts";

describe("canonical JSON", () => {
  test.each([
    [{ bb: 1, a: 2, ab: 3, é: 4 }, '{"a": 2, "ab": 3, "bb": 1, "é": 4}'],
    [{ list: [1, [true, null], {}], empty: [] }, '{"list": [1, [true, null], {}], "empty": []}'],
    ['a "quoted"\n\\ \u0001 € 😀 \u2028', '"a \\"quoted\\"\\n\\\\ \\u0001 € 😀 \u2028"'],
    [1e21, "1000000000000000000000"],
    [-1.5e25, "-15000000000000000000000000"],
    [5e-7, "0.0000005"],
    [-1.25e-9, "-0.00000000125"],
    [-0, "0"],
    [0.1, "0.1"],
  ])("%j", (value, text) => {
    expect(canonicalJson(value)).toBe(text);
    expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
  });

  test("names of one length are ordered by their bytes, also beyond ASCII", () => {
    expect(canonicalJson({ 中: 1, é1: 2, zzz: 3 })).toBe('{"zzz": 3, "é1": 2, "中": 1}');
  });
});

const EVENT = {
  organizationId: "0195a3c2-7b1e-7c3d-9a4b-0000000000a1",
  id: "0195a3c2-7b1e-7c3d-9a4b-0000000000a2",
  at: "2026-11-24T09:00:00.25",
  actorKind: "user",
  actorId: null,
  actorName: 'Sam "S"',
  action: "playlists.create",
  subject: "playlist",
  subjectId: "0195a3c2-7b1e-7c3d-9a4b-0000000000a3",
  before: null,
  after: '{"name": "Loop"}',
  requestId: null,
  remoteAddress: "::1",
};

describe("a canonical event", () => {
  test("is the canonical JSON of its members and a version", () => {
    const { before, after, ...members } = EVENT;
    const value = { v: 1, ...members, before, after: JSON.parse(after) };
    expect(canonicalEvent(EVENT)).toBe(canonicalJson(value));
  });

  test("tells nothing from a JSON null", () => {
    expect(canonicalEvent({ ...EVENT, before: "null" })).not.toBe(canonicalEvent(EVENT));
  });

  test.each([
    ["2026-11-24T09:00:00.250Z", "2026-11-24T09:00:00.25"],
    ["2026-11-24T09:00:00.000Z", "2026-11-24T09:00:00"],
    ["2026-11-24T09:00:10.100Z", "2026-11-24T09:00:10.1"],
    ["2026-11-24T09:00:10.007Z", "2026-11-24T09:00:10.007"],
  ])("writes %s without zeros at its end", (instant, text) => {
    expect(canonicalInstant(instant)).toBe(text);
  });
});
