import type { ZoneInput } from "@vitrine/core/model/layout";

/** A rectangle in fractions of the canvas. */
export type Box = Pick<ZoneInput, "left" | "top" | "width" | "height">;

/** Which sides of a box a handle holds: -1 the left or upper, 1 the right or lower, 0 neither. */
export type Handle = { x: -1 | 0 | 1; y: -1 | 0 | 1 };

/** The eight handles, clockwise from the upper left corner. */
export const HANDLES: readonly Handle[] = [
  { x: -1, y: -1 },
  { x: 0, y: -1 },
  { x: 1, y: -1 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
  { x: -1, y: 1 },
  { x: -1, y: 0 },
];

/** The least width and height that a zone can be given, in fractions of the canvas. */
export const MIN_SIDE = 0.01;

/** The box moved by so much, kept inside the canvas. */
export function moved(box: Box, x: number, y: number): Box {
  return tidy({
    ...box,
    left: clamp(box.left + x, 0, 1 - box.width),
    top: clamp(box.top + y, 0, 1 - box.height),
  });
}

/** The box with the sides that the handle holds moved by so much, inside the canvas and never inside out. */
export function resized(box: Box, handle: Handle, x: number, y: number): Box {
  const across = stretched(box.left, box.left + box.width, handle.x, x);
  const down = stretched(box.top, box.top + box.height, handle.y, y);
  return tidy({
    left: across.from,
    top: down.from,
    width: across.to - across.from,
    height: down.to - down.from,
  });
}

/** The box with one of its numbers set, as near to it as the canvas allows. */
export function withSide(box: Box, side: keyof Box, value: number): Box {
  switch (side) {
    case "left":
      return tidy({ ...box, left: clamp(value, 0, 1 - box.width) });
    case "top":
      return tidy({ ...box, top: clamp(value, 0, 1 - box.height) });
    case "width":
      return tidy({ ...box, width: clamp(value, MIN_SIDE, 1 - box.left) });
    case "height":
      return tidy({ ...box, height: clamp(value, MIN_SIDE, 1 - box.top) });
  }
}

/** Rounded to a hundredth of a percent, so that numbers stay readable and edges that touch do touch. */
export function tidy({ left, top, width, height }: Box): Box {
  const [from, upper] = [rounded(left), rounded(top)];
  return {
    left: from,
    top: upper,
    width: rounded(rounded(left + width) - from),
    height: rounded(rounded(top + height) - upper),
  };
}

function stretched(from: number, to: number, side: -1 | 0 | 1, by: number): { from: number; to: number } {
  if (side === -1) return { from: clamp(from + by, 0, to - MIN_SIDE), to };
  if (side === 1) return { from, to: clamp(to + by, from + MIN_SIDE, 1) };
  return { from, to };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
