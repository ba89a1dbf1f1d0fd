import type { PointerEvent } from "react";
import { percent } from "./aspects.ts";
import { type Box, HANDLES, type Handle } from "./zone-geometry.ts";

const CURSORS = ["nwse-resize", "ns-resize", "nesw-resize", "ew-resize"] as const;

/** The frame around the selected zone with its eight handles; while it is dragged, its size in numbers. */
export function ZoneHandles({
  zone,
  size,
  isDragging,
  onGrab,
}: {
  zone: Box;
  size: { left: string; top: string; width: string; height: string };
  isDragging: boolean;
  onGrab: (event: PointerEvent, handle: Handle) => void;
}) {
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute z-1000 outline-2 outline-accent"
      style={{
        left: percent(zone.left),
        top: percent(zone.top),
        width: percent(zone.width),
        height: percent(zone.height),
      }}
    >
      {HANDLES.map((handle, place) => (
        <span
          key={`${handle.x} ${handle.y}`}
          data-handle={`${handle.x} ${handle.y}`}
          onPointerDown={(event) => onGrab(event, handle)}
          className="-translate-1/2 pointer-events-auto absolute grid size-6 touch-none place-items-center pointer-coarse:size-9"
          style={{
            left: percent((handle.x + 1) / 2),
            top: percent((handle.y + 1) / 2),
            cursor: CURSORS[place % 4],
          }}
        >
          <span className="size-2.5 rounded-[2px] border-2 border-accent bg-white" />
        </span>
      ))}
      {isDragging ? (
        <span className="tabular -translate-x-1/2 absolute start-1/2 bottom-2 whitespace-nowrap rounded-md bg-accent px-1.5 py-0.5 font-medium text-on-accent text-xs">
          {size.left}, {size.top} · {size.width} × {size.height}
        </span>
      ) : null}
    </span>
  );
}
