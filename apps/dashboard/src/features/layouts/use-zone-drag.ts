import type { ZoneInput } from "@vitrine/core/model/layout";
import { type PointerEvent, type RefObject, useRef, useState } from "react";
import type { Draft } from "./layout-draft.ts";
import { type Guide, linesOf, snapMoved, snapResized } from "./snapping.ts";
import type { ZoneActs } from "./use-zone-acts.ts";
import { type Handle, moved, resized } from "./zone-geometry.ts";

/** A press becomes a drag once it has gone this far; edges are caught from this near. */
const THRESHOLD_PX = 3;
const REACH_PX = 7;

type Drag = {
  pointerId: number;
  zone: ZoneInput;
  handle: Handle | null;
  x: number;
  y: number;
  mark: string;
  isMoving: boolean;
};

/**
 * Moves and resizes zones with a pointer over the canvas, drawn to lines unless Ctrl is held. A drag is one step
 * of the history; Escape takes it back.
 */
export function useZoneDrag({
  canvas,
  draft,
  acts,
  isSnapping,
}: {
  canvas: RefObject<HTMLElement | null>;
  draft: Draft;
  acts: ZoneActs;
  isSnapping: boolean;
}) {
  const drag = useRef<Drag | null>(null);
  const count = useRef(0);
  const [guides, setGuides] = useState<readonly Guide[]>([]);
  const [isDragging, setDragging] = useState(false);
  const end = () => {
    drag.current = null;
    setGuides([]);
    setDragging(false);
  };
  return {
    guides,
    isDragging,
    begin: (event: PointerEvent, zone: ZoneInput, handle: Handle | null) => {
      if (event.button !== 0 || drag.current) return;
      count.current += 1;
      drag.current = {
        pointerId: event.pointerId,
        zone,
        handle,
        x: event.clientX,
        y: event.clientY,
        mark: `drag ${count.current}`,
        isMoving: false,
      };
      acts.select(zone.id);
      canvas.current?.setPointerCapture(event.pointerId);
    },
    move: (event: PointerEvent) => {
      const now = drag.current;
      const area = canvas.current?.getBoundingClientRect();
      if (!now || !area || event.pointerId !== now.pointerId) return;
      const [x, y] = [event.clientX - now.x, event.clientY - now.y];
      if (!now.isMoving && Math.hypot(x, y) < THRESHOLD_PX) return;
      now.isMoving = true;
      setDragging(true);
      const { zone, handle } = now;
      const [across, down] = [x / area.width, y / area.height];
      const wanted = handle ? resized(zone, handle, across, down) : moved(zone, across, down);
      if (!isSnapping || event.ctrlKey || event.metaKey) {
        setGuides([]);
        acts.put(zone, wanted, now.mark);
        return;
      }
      const lines = linesOf(draft.zones.filter((one) => one.id !== zone.id));
      const reach = { x: REACH_PX / area.width, y: REACH_PX / area.height };
      const snapped = handle ? snapResized(wanted, handle, lines, reach) : snapMoved(wanted, lines, reach);
      setGuides(snapped.guides);
      acts.set(zone.id, snapped.box, now.mark);
    },
    end: (event: PointerEvent) => {
      if (drag.current?.pointerId === event.pointerId) end();
    },
    /** Takes a drag that is under way back; tells whether there was one. */
    cancel: (): boolean => {
      const now = drag.current;
      if (!now?.isMoving) return false;
      const { left, top, width, height } = now.zone;
      acts.set(now.zone.id, { left, top, width, height }, now.mark);
      end();
      return true;
    },
  };
}
