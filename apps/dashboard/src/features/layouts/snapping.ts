import { type Box, type Handle, moved, resized } from "./zone-geometry.ts";

/** Where edges like to lie, in fractions: across (`x`) and down (`y`). */
export type Lines = { x: readonly number[]; y: readonly number[] };

/** A line that an edge has met, to be drawn while it is dragged. */
export type Guide = { axis: "x" | "y"; at: number };

/** How near an edge has to come, in fractions of the canvas. */
export type Reach = { x: number; y: number };

/** The pitch of the grid that catches what nothing else does. */
export const GRID = 0.05;
/** The grid holds more weakly than lines that mean something. */
const GRID_HOLD = 0.6;

/** The canvas' edges and centre, and the edges and centres of the boxes given. */
export function linesOf(boxes: readonly Box[]): Lines {
  return {
    x: unique([0, 0.5, 1, ...boxes.flatMap(({ left, width }) => [left, left + width / 2, left + width])]),
    y: unique([0, 0.5, 1, ...boxes.flatMap(({ top, height }) => [top, top + height / 2, top + height])]),
  };
}

/** A moved box drawn to the nearest lines: with an edge or its centre, else with an edge to the grid. */
export function snapMoved(box: Box, lines: Lines, reach: Reach): { box: Box; guides: Guide[] } {
  const x = pull([box.left, box.left + box.width, box.left + box.width / 2], lines.x, reach.x);
  const y = pull([box.top, box.top + box.height, box.top + box.height / 2], lines.y, reach.y);
  return { box: moved(box, x.by, y.by), guides: guidesOf(x, y) };
}

/** A resized box with the sides that the handle holds drawn to the nearest lines, else to the grid. */
export function snapResized(
  box: Box,
  handle: Handle,
  lines: Lines,
  reach: Reach,
): { box: Box; guides: Guide[] } {
  const x = handle.x === 0 ? FREE : pull([edge(box.left, box.width, handle.x)], lines.x, reach.x);
  const y = handle.y === 0 ? FREE : pull([edge(box.top, box.height, handle.y)], lines.y, reach.y);
  return { box: resized(box, handle, x.by, y.by), guides: guidesOf(x, y) };
}

type Pull = { by: number; line: number | null };
const FREE: Pull = { by: 0, line: null };

/** How far to move so that one of the places lies on a line; of several the nearest, of equals the first place's. */
function pull(places: readonly number[], lines: readonly number[], reach: number): Pull {
  let best: Pull = FREE;
  let least = reach;
  for (const place of places) {
    for (const line of lines) {
      const distance = Math.abs(line - place);
      if (distance > least || (distance === least && best.line !== null)) continue;
      least = distance;
      best = { by: line - place, line };
    }
  }
  if (best.line !== null) return best;
  const [first = 0] = places;
  const by = Math.round(first / GRID) * GRID - first;
  return Math.abs(by) <= reach * GRID_HOLD ? { by, line: null } : FREE;
}

function guidesOf(x: Pull, y: Pull): Guide[] {
  return [
    ...(x.line === null ? [] : [{ axis: "x" as const, at: x.line }]),
    ...(y.line === null ? [] : [{ axis: "y" as const, at: y.line }]),
  ];
}

function edge(from: number, length: number, side: -1 | 1): number {
  return side === -1 ? from : from + length;
}

function unique(values: readonly number[]): number[] {
  return [...new Set(values)];
}
