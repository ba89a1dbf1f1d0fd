import { MINUTE_MS } from "./wall-time.ts";

/** Everything that is dragged or moved by keys stands on quarters of an hour. */
export const SNAP_MS = 15 * MINUTE_MS;

/** Wall time, `[start, end)`. */
export type Span = { start: number; end: number };
/** What is held while dragging: empty grid, a whole block (`grab` is where), or one of its edges. */
export type Grip =
  | { kind: "create"; anchor: number }
  | { kind: "move"; span: Span; grab: number }
  | { kind: "start" | "end"; span: Span };

/** Where the stretch is while the pointer is at a wall time; never shorter than one snap. */
export function heldAt(grip: Grip, at: number): Span {
  switch (grip.kind) {
    case "create": {
      const anchor = snapDown(grip.anchor);
      return at >= anchor
        ? { start: anchor, end: Math.max(snapUp(at), anchor + SNAP_MS) }
        : { start: snapDown(at), end: anchor + SNAP_MS };
    }
    case "move": {
      const moved = at - grip.grab;
      if (Math.abs(moved) < SNAP_MS / 2) return grip.span;
      const start = snap(grip.span.start + moved);
      return { start, end: start + (grip.span.end - grip.span.start) };
    }
    case "start":
      return { start: Math.min(snap(at), grip.span.end - SNAP_MS), end: grip.span.end };
    case "end":
      return { start: grip.span.start, end: Math.max(snap(at), grip.span.start + SNAP_MS) };
  }
}

/** A stretch after one of its ends was moved by keys; never shorter than one snap. */
export function nudged(span: Span, edge: "both" | "end", byMs: number): Span {
  if (edge === "both") return { start: span.start + byMs, end: span.end + byMs };
  return { start: span.start, end: Math.max(span.start + SNAP_MS, span.end + byMs) };
}

function snap(wallMs: number): number {
  return Math.round(wallMs / SNAP_MS) * SNAP_MS;
}
function snapDown(wallMs: number): number {
  return Math.floor(wallMs / SNAP_MS) * SNAP_MS;
}
function snapUp(wallMs: number): number {
  return Math.ceil(wallMs / SNAP_MS) * SNAP_MS;
}
