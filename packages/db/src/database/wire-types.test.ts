import fc from "fast-check";
import { expect, test } from "vitest";
import { parseInstant } from "./wire-types.ts";

test("every instant of four-digit years is read as it was written", () => {
  const instants = fc.date({
    min: new Date("1000-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instants, (instant) => {
      const written = instant.toISOString().replace("T", " ").replace("Z", "+00");
      const trimmed = written.replace(/0{1,3}\+00$/, "+00").replace(".+00", "+00");
      expect(parseInstant(trimmed)).toEqual(instant);
    }),
  );
});

test.each([
  ["2026-11-20 10:00:00.123456+00", "2026-11-20T10:00:00.123Z"],
  ["2026-11-20 12:00:00+02", "2026-11-20T10:00:00.000Z"],
  ["2026-11-20 15:30:00.5+05:30", "2026-11-20T10:00:00.500Z"],
])("%s, written otherwise than by a server in UTC, is still read", (text, iso) => {
  expect(parseInstant(text).toISOString()).toBe(iso);
});
