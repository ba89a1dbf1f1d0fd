import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sideBySide } from "./side-by-side.ts";

test("what overlaps stands side by side, what only touches does not", () => {
  expect(
    sideBySide([
      { start: 0, end: 2 },
      { start: 1, end: 3 },
      { start: 3, end: 4 },
    ]),
  ).toEqual([
    { lane: 0, lanes: 2, span: 1 },
    { lane: 1, lanes: 2, span: 1 },
    { lane: 0, lanes: 1, span: 1 },
  ]);
});

test("one that finds free lanes beside it grows over them", () => {
  const lanes = sideBySide([
    { start: 0, end: 4 },
    { start: 0, end: 2 },
    { start: 0, end: 2 },
    { start: 2, end: 4 },
  ]);
  expect(lanes[3]).toEqual({ lane: 1, lanes: 3, span: 2 });
});

test("no two that overlap share any of their width", () => {
  const stretch = fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 12 }))
    .map(([start, length]) => ({ start, end: start + length }));
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 25 }), (stretches) => {
      const lanes = sideBySide(stretches);
      for (const [left, a] of stretches.entries()) {
        for (const [right, b] of stretches.entries()) {
          const [one, other] = [lanes[left], lanes[right]];
          if (left >= right || !one || !other || a.end <= b.start || b.end <= a.start) continue;
          expect(one.lanes).toBe(other.lanes);
          expect(one.lane + one.span <= other.lane || other.lane + other.span <= one.lane).toBe(true);
        }
      }
      expect(lanes.every((one) => one.lane + one.span <= one.lanes)).toBe(true);
    }),
  );
});
