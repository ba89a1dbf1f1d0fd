import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesOf, snapMoved, snapResized } from "./snapping.ts";
import { type Box, HANDLES, MIN_SIDE, moved, resized, withSide } from "./zone-geometry.ts";

const REACH = { x: 0.01, y: 0.02 };
const box = (left: number, top: number, width: number, height: number): Box => ({ left, top, width, height });

describe("snapMoved", () => {
  it.each([
    ["its left edge to the canvas", box(0.008, 0.33, 0.2, 0.2), box(0, 0.33, 0.2, 0.2), [0]],
    ["its right edge to the canvas", box(0.793, 0.33, 0.2, 0.2), box(0.8, 0.33, 0.2, 0.2), [1]],
    ["its centre to the canvas' centre", box(0.393, 0.33, 0.2, 0.2), box(0.4, 0.33, 0.2, 0.2), [0.5]],
    ["its left edge to the grid, without a guide", box(0.154, 0.33, 0.2, 0.2), box(0.15, 0.33, 0.2, 0.2), []],
    ["nothing far away", box(0.173, 0.33, 0.2, 0.2), box(0.173, 0.33, 0.2, 0.2), []],
  ])("draws %s", (_, from, expected, x) => {
    const snapped = snapMoved(from, linesOf([]), REACH);
    expect(snapped.box.left).toBeCloseTo(expected.left, 6);
    expect(snapped.guides.filter(({ axis }) => axis === "x").map(({ at }) => at)).toEqual(x);
  });

  it("lays a zone against its neighbour", () => {
    const lines = linesOf([box(0, 0, 0.7, 1)]);
    const { box: snapped, guides } = snapMoved(box(0.694, 0.11, 0.24, 0.33), lines, REACH);
    expect(snapped.left).toBe(0.7);
    expect(guides).toContainEqual({ axis: "x", at: 0.7 });
  });

  it("takes the nearest of several lines", () => {
    const lines = linesOf([box(0.3, 0, 0.008, 1)]);
    expect(snapMoved(box(0.307, 0.1, 0.1234, 0.1), lines, REACH).box.left).toBe(0.308);
  });
});

describe("snapResized", () => {
  it("moves only the side that is held", () => {
    const { box: snapped, guides } = snapResized(
      box(0.1, 0.1, 0.397, 0.333),
      { x: 1, y: 0 },
      linesOf([]),
      REACH,
    );
    expect(snapped).toEqual(box(0.1, 0.1, 0.4, 0.333));
    expect(guides).toEqual([{ axis: "x", at: 0.5 }]);
  });
});

describe("boxes", () => {
  const fraction = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);
  const someBox = fc.tuple(fraction, fraction, fraction, fraction).map(([a, b, c, d]) => {
    const [left, top] = [Math.min(a, 0.98), Math.min(b, 0.98)];
    return box(left, top, Math.max(0.02, c * (1 - left)), Math.max(0.02, d * (1 - top)));
  });
  const step = fc.double({ min: -2, max: 2, noNaN: true });
  const isInside = ({ left, top, width, height }: Box) =>
    left >= 0 &&
    top >= 0 &&
    width >= MIN_SIDE - 1e-9 &&
    height >= MIN_SIDE - 1e-9 &&
    left + width <= 1 + 1e-6 &&
    top + height <= 1 + 1e-6;

  it("stay inside the canvas and never turn inside out, whatever is done to them", () => {
    fc.assert(
      fc.property(someBox, fc.constantFrom(...HANDLES), step, step, (from, handle, x, y) => {
        const lines = linesOf([box(0.2, 0.2, 0.3, 0.3)]);
        const made = [
          moved(from, x, y),
          resized(from, handle, x, y),
          snapMoved(moved(from, x, y), lines, REACH).box,
          snapResized(resized(from, handle, x, y), handle, lines, REACH).box,
          withSide(from, "left", x),
          withSide(from, "width", x),
          withSide(from, "top", y),
          withSide(from, "height", y),
        ];
        expect(made.filter((one) => !isInside(one))).toEqual([]);
      }),
    );
  });

  it("keep their size while they are moved", () => {
    fc.assert(
      fc.property(someBox, step, step, (from, x, y) => {
        const to = moved(from, x, y);
        expect(to.width).toBeCloseTo(from.width, 3);
        expect(to.height).toBeCloseTo(from.height, 3);
      }),
    );
  });
});
