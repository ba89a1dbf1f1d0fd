import { cn } from "@vitrine/ui/cn";
import type { KeyboardEvent, PointerEvent } from "react";
import { useTranslations } from "use-intl";
import { drawTimeline, hourAt, type Span, type Stretch } from "./timeline-drawing.ts";
import { TIMELINE_FILL } from "./timeline-look.ts";

const HOUR_MS = 3_600_000;

/** States over time as a bar. The pointer and the arrow keys move over its hours, each of which is told in words. */
export function TimelineBar({
  stretches,
  span,
  timeZone,
  hour,
  onHour,
  describe,
}: {
  stretches: readonly Stretch[];
  span: Span;
  timeZone: string;
  hour: Span;
  onHour: (hour: Span) => void;
  describe: (hour: Span) => string;
}) {
  const t = useTranslations("history");
  const wholeMs = span.untilMs - span.fromMs;
  const go = (atMs: number) =>
    onHour(hourAt(Math.max(span.fromMs, Math.min(span.untilMs - 1, atMs)), timeZone));
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    if (box.width > 0) go(span.fromMs + ((event.clientX - box.left) / box.width) * wholeMs);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = keyTarget(event.key, hour, span);
    if (target === undefined) return;
    event.preventDefault();
    go(target);
  };
  const markStart = Math.max(0, (hour.fromMs - span.fromMs) / wholeMs);
  const markEnd = Math.min(1, (hour.untilMs - span.fromMs) / wholeMs);
  return (
    <div
      role="slider"
      tabIndex={0}
      dir="ltr"
      aria-label={t("bar")}
      aria-valuemin={0}
      aria-valuemax={Math.round(wholeMs / HOUR_MS)}
      aria-valuenow={Math.max(0, Math.round((hour.fromMs - span.fromMs) / HOUR_MS))}
      aria-valuetext={describe(hour)}
      onPointerMove={onPointerMove}
      onPointerDown={onPointerMove}
      onKeyDown={onKeyDown}
      className="relative h-9 cursor-crosshair touch-pan-y rounded-md"
    >
      <Pieces stretches={stretches} span={span} className="absolute inset-0 rounded-md" />
      <span
        aria-hidden
        className="pointer-events-none absolute -inset-y-1 min-w-1.5 rounded-sm border-2 border-text"
        style={{ left: `${markStart * 100}%`, width: `${(markEnd - markStart) * 100}%` }}
      />
    </div>
  );
}

/** Stretches of a span, drawn. */
export function Pieces({
  stretches,
  span,
  className,
}: {
  stretches: readonly Stretch[];
  span: Span;
  className?: string;
}) {
  return (
    <div aria-hidden dir="ltr" className={cn("overflow-hidden bg-sunken", className)}>
      {drawTimeline(stretches, span).map((piece) => (
        <span
          key={`${piece.status}-${piece.start}`}
          className={cn("absolute inset-y-0 min-w-0.5", TIMELINE_FILL[piece.status])}
          style={{ left: `${piece.start * 100}%`, width: `${piece.length * 100}%` }}
        />
      ))}
    </div>
  );
}

/** Where a key leads from an hour: an hour, a day, or to an end. */
function keyTarget(key: string, hour: Span, span: Span): number | undefined {
  const middle = hour.fromMs + HOUR_MS / 2;
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return middle - HOUR_MS;
    case "ArrowRight":
    case "ArrowUp":
      return middle + HOUR_MS;
    case "PageDown":
      return middle - 24 * HOUR_MS;
    case "PageUp":
      return middle + 24 * HOUR_MS;
    case "Home":
      return span.fromMs;
    case "End":
      return span.untilMs - 1;
    default:
      return undefined;
  }
}
