import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Block } from "./blocks.ts";
import { type Grip, heldAt, type Span } from "./grip.ts";
import { DAY_MS, startOf } from "./wall-time.ts";

/** What is being dragged and where it would be put; `block` is null for one that is being made. */
export type Held = { block: Block | null; span: Span };

/** Less than this is a press, not a drag. */
const SLACK_PX = 4;
const EDGE_PX = 36;
const SCROLL_PX = 14;

type Drag = { grip: Grip; block: Block | null; left: number; top: number; isMoving: boolean };

/**
 * Dragging with a mouse or pen over columns of days: empty grid, blocks and their edges (`data-edge`). Fingers
 * scroll instead. Escape leaves everything as it was.
 */
export function useGridDrag({
  columns,
  dates,
  findBlock,
  mayEdit,
  onDrop,
}: {
  /** The element that the days fill side by side, 24 hours high. */
  columns: RefObject<HTMLElement | null>;
  dates: readonly string[];
  findBlock: (key: string) => Block | undefined;
  mayEdit: boolean;
  onDrop: (held: Held) => void;
}): {
  held: Held | null;
  onPointerDown: (event: ReactPointerEvent) => void;
  /** Whether the click that follows belongs to a drag that has just ended. */
  hasDragged: () => boolean;
} {
  const [held, setHeld] = useState<Held | null>(null);
  const drag = useRef<Drag | null>(null);
  const dragged = useRef(false);
  const drop = useRef(onDrop);
  useEffect(() => {
    drop.current = onDrop;
  }, [onDrop]);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);

  const onPointerDown = (event: ReactPointerEvent) => {
    dragged.current = false;
    const box = columns.current;
    if (!box || !mayEdit || event.button !== 0 || event.pointerType === "touch") return;
    const at = wallUnder(box, dates, event.clientX, event.clientY);
    const target = event.target instanceof Element ? event.target : null;
    const found = gripOf(target, at, findBlock);
    if (!found) return;
    drag.current = { ...found, left: event.clientX, top: event.clientY, isMoving: false };

    const onMove = (move: PointerEvent) => {
      const now = drag.current;
      if (!now) return;
      if (!now.isMoving && Math.hypot(move.clientX - now.left, move.clientY - now.top) < SLACK_PX) return;
      now.isMoving = true;
      dragged.current = true;
      scrollNear(box, move.clientY);
      const span = heldAt(now.grip, wallUnder(box, dates, move.clientX, move.clientY));
      setHeld({ block: now.block, span });
    };
    const end = () => {
      drag.current = null;
      setHeld(null);
      stop.current();
    };
    const onUp = (up: PointerEvent) => {
      const now = drag.current;
      const isDrop = now?.isMoving === true;
      const span = now ? heldAt(now.grip, wallUnder(box, dates, up.clientX, up.clientY)) : undefined;
      end();
      if (isDrop && now && span && span !== gripSpan(now.grip)) drop.current({ block: now.block, span });
    };
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== "Escape") return;
      key.preventDefault();
      key.stopPropagation();
      end();
    };
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", end);
    window.addEventListener("keydown", onKey, true);
    stop.current = () => {
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", end);
      window.removeEventListener("keydown", onKey, true);
    };
  };
  return {
    held,
    onPointerDown,
    hasDragged: () => dragged.current,
  };
}

function gripOf(
  target: Element | null,
  at: number,
  findBlock: (key: string) => Block | undefined,
): { grip: Grip; block: Block | null } | undefined {
  const key = target?.closest("[data-block]")?.getAttribute("data-block");
  if (!key) return { grip: { kind: "create", anchor: at }, block: null };
  const block = findBlock(key);
  if (!block || block.date === null) return undefined;
  const span = { start: block.start, end: block.end };
  const edge = target?.closest("[data-edge]")?.getAttribute("data-edge");
  if (edge === "start" || edge === "end") return { grip: { kind: edge, span }, block };
  return { grip: { kind: "move", span, grab: at }, block };
}

function gripSpan(grip: Grip): Span | undefined {
  return grip.kind === "create" ? undefined : grip.span;
}

/** The wall time under a point; points beside the columns count for the nearest day. */
function wallUnder(box: HTMLElement, dates: readonly string[], left: number, top: number): number {
  const rect = box.getBoundingClientRect();
  const isRightToLeft = getComputedStyle(box).direction === "rtl";
  const along = (isRightToLeft ? rect.right - left : left - rect.left) / rect.width;
  const day = Math.min(dates.length - 1, Math.max(0, Math.floor(along * dates.length)));
  const down = Math.min(1, Math.max(0, (top - rect.top) / rect.height));
  return startOf(dates[day] ?? "1970-01-01") + down * DAY_MS;
}

function scrollNear(box: HTMLElement, top: number): void {
  const scroller = box.closest("[data-scroller]");
  if (!scroller) return;
  const rect = scroller.getBoundingClientRect();
  if (top > rect.bottom - EDGE_PX) scroller.scrollTop += SCROLL_PX;
  if (top < rect.top + EDGE_PX * 2) scroller.scrollTop -= SCROLL_PX;
}
