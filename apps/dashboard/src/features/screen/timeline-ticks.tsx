import { useFormatter } from "use-intl";
import type { HistoryRange } from "./screen-search.ts";
import { hourAt, type Span } from "./timeline-drawing.ts";

const HOUR_MS = 3_600_000;
const STEP_HOURS: Record<HistoryRange, number> = { day: 4, week: 24, month: 24 * 5 };

/** Times below a bar, as many as have room. */
export function TimelineTicks({
  span,
  timeZone,
  range,
}: {
  span: Span;
  timeZone: string;
  range: HistoryRange;
}) {
  const format = useFormatter();
  const wholeMs = span.untilMs - span.fromMs;
  const stepMs = STEP_HOURS[range] * HOUR_MS;
  const last = hourAt(span.untilMs - 1, timeZone).fromMs;
  const ticks: number[] = [];
  for (let at = last; at > span.fromMs; at -= stepMs) {
    const place = (at - span.fromMs) / wholeMs;
    if (place > 0.04 && place < 0.97) ticks.push(at);
  }
  return (
    <div aria-hidden dir="ltr" className="tabular relative h-4 text-muted text-xs">
      {ticks.map((at, index) => (
        <span
          key={at}
          className={`absolute -translate-x-1/2 whitespace-nowrap ${index % 2 === 1 ? "max-sm:hidden" : ""}`}
          style={{ left: `${((at - span.fromMs) / wholeMs) * 100}%` }}
        >
          {range === "day"
            ? format.dateTime(at, { timeStyle: "short", timeZone })
            : format.dateTime(at, { day: "numeric", month: "short", timeZone })}
        </span>
      ))}
    </div>
  );
}
