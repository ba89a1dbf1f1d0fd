import { type KeyboardEvent, useId, useMemo, useRef } from "react";
import { useTranslations } from "use-intl";
import { ASPECT_RATIO, percent } from "./aspects.ts";
import { CanvasKeys } from "./canvas-keys.tsx";
import type { Draft } from "./layout-draft.ts";
import type { LayoutFault } from "./layout-faults.ts";
import { GRID } from "./snapping.ts";
import type { ZoneActs } from "./use-zone-acts.ts";
import { useZoneDrag } from "./use-zone-drag.ts";
import type { PlaylistLook } from "./use-zone-pictures.ts";
import { ZoneBox } from "./zone-box.tsx";
import { ZoneHandles } from "./zone-handles.tsx";

const GRID_LINES =
  "linear-gradient(to right, #27272a 1px, transparent 1px), linear-gradient(to bottom, #27272a 1px, transparent 1px)";
const STEP = 0.01;
const BIG_STEP = 0.05;
const ARROWS: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The canvas in the layout's aspect. Zones are moved and resized on it by pointer and by keyboard. */
export function Canvas({
  draft,
  faults,
  selectedId,
  isSnapping,
  mayEdit,
  lookOf,
  acts,
}: {
  draft: Draft;
  faults: readonly LayoutFault[];
  selectedId: string | null;
  isSnapping: boolean;
  mayEdit: boolean;
  lookOf: (playlistId: string | null) => PlaylistLook | undefined;
  acts: ZoneActs;
}) {
  const t = useTranslations("layout");
  const id = useId();
  const canvas = useRef<HTMLDivElement>(null);
  const drag = useZoneDrag({ canvas, draft, acts, isSnapping });
  const ratio = ASPECT_RATIO[draft.aspect];
  const selected = draft.zones.find((zone) => zone.id === selectedId);
  const order = useReadingOrder(draft);
  const onKey = (event: KeyboardEvent, zoneId: string) => {
    if (event.key === "Escape" && drag.cancel()) return event.preventDefault();
    if (!mayEdit || event.ctrlKey || event.metaKey) return;
    const act = actFor(event, zoneId, acts);
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="grid gap-3">
      <div className="grid place-items-center rounded-lg border bg-sunken p-3 sm:p-5">
        <div
          ref={canvas}
          role="application"
          aria-label={t("canvasLabel", { count: draft.zones.length })}
          aria-describedby={mayEdit ? `${id}-keys` : undefined}
          dir="ltr"
          onPointerDown={(event) => (event.target === canvas.current ? acts.select(null) : undefined)}
          onPointerMove={drag.move}
          onPointerUp={drag.end}
          onPointerCancel={drag.end}
          className="relative max-w-full bg-glass shadow-lift outline-1 outline-control/60"
          style={{
            aspectRatio: ratio,
            width: `min(100%, calc((100dvh - 21rem) * ${ratio}), 90rem)`,
            minWidth: "min(100%, 16rem)",
            backgroundImage: GRID_LINES,
            backgroundSize: `${GRID * 100}% ${GRID * 100}%`,
          }}
        >
          {order.map((zone) => (
            <ZoneBox
              key={zone.id}
              zone={zone}
              ratio={ratio}
              depth={draft.zones.indexOf(zone)}
              isMain={zone.id === draft.mainZoneId}
              isSelected={zone.id === selectedId}
              hasFault={faults.some((fault) => fault.zoneId === zone.id)}
              look={lookOf(zone.playlistId)}
              acts={acts}
              onKey={onKey}
              {...(mayEdit ? { onGrab: (event) => drag.begin(event, zone, null) } : {})}
            />
          ))}
          {selected && mayEdit ? (
            <ZoneHandles
              zone={selected}
              isDragging={drag.isDragging}
              onGrab={(event, handle) => drag.begin(event, selected, handle)}
              size={acts.places(selected)}
            />
          ) : null}
          {drag.guides.map((guide) => (
            <span
              key={`${guide.axis} ${guide.at}`}
              data-guide={guide.axis}
              className={
                guide.axis === "x"
                  ? "pointer-events-none absolute -inset-y-3 z-2000 w-px bg-fuchsia-500"
                  : "pointer-events-none absolute -inset-x-3 z-2000 h-px bg-fuchsia-500"
              }
              style={guide.axis === "x" ? { left: percent(guide.at) } : { top: percent(guide.at) }}
            />
          ))}
        </div>
      </div>
      {mayEdit ? <CanvasKeys id={`${id}-keys`} /> : null}
    </div>
  );
}

function actFor(event: KeyboardEvent, zoneId: string, acts: ZoneActs): (() => void) | undefined {
  const arrow = ARROWS[event.key];
  if (arrow) {
    const by = event.shiftKey ? BIG_STEP : STEP;
    const [x, y] = [arrow[0] * by, arrow[1] * by];
    return event.altKey ? () => acts.stretch(zoneId, x, y) : () => acts.nudge(zoneId, x, y);
  }
  if (event.altKey) return undefined;
  switch (event.key) {
    case "Delete":
    case "Backspace":
      return () => acts.remove(zoneId);
    case "Enter":
      return () => acts.open(zoneId);
    case "]":
      return () => acts.step(zoneId, 1);
    case "[":
      return () => acts.step(zoneId, -1);
    default:
      return undefined;
  }
}

/**
 * The zones as one reads them, top to bottom: the order of Tab. It is kept while zones are moved, since an element
 * that changes its place in the page under a pointer loses it.
 */
function useReadingOrder({ zones }: Draft): readonly Draft["zones"][number][] {
  const ids = zones
    .map((zone) => zone.id)
    .sort()
    .join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: only zones that come or go change the order
  const places = useMemo(
    () =>
      new Map(
        [...zones]
          .sort((one, other) => one.top - other.top || one.left - other.left)
          .map((zone, place) => [zone.id, place]),
      ),
    [ids],
  );
  return [...zones].sort((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0));
}
