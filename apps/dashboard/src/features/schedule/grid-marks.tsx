import type { Span } from "./grip.ts";
import { DAY_MS, dateOf, startOf } from "./wall-time.ts";

/** Hatches the times in which nothing plays. They are listed in words elsewhere. */
export function GapLayer({ dates, gaps }: { dates: readonly string[]; gaps: readonly Span[] }) {
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0">
      {dates.flatMap((date, day) =>
        gaps.map((gap) => {
          const start = Math.max(0, gap.start - startOf(date));
          const end = Math.min(DAY_MS, gap.end - startOf(date));
          return start < end ? (
            <div
              key={`${date} ${gap.start}`}
              data-gap
              className="absolute border-edge-warning/60 border-s-2 bg-[repeating-linear-gradient(-45deg,var(--color-edge-warning)_0_1px,transparent_1px_8px)] opacity-45"
              style={{
                top: `${(start / DAY_MS) * 100}%`,
                height: `${((end - start) / DAY_MS) * 100}%`,
                insetInlineStart: `${(day / dates.length) * 100}%`,
                width: `${100 / dates.length}%`,
              }}
            />
          ) : null;
        }),
      )}
    </div>
  );
}

/** Where the day has come to. */
export function NowLine({ dates, nowMs }: { dates: readonly string[]; nowMs: number }) {
  const today = dateOf(nowMs);
  const day = dates.indexOf(today);
  if (day < 0) return null;
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute z-30 h-0.5 -translate-y-px bg-edge-danger before:absolute before:-start-1 before:-top-[3px] before:size-2 before:rounded-full before:bg-edge-danger"
      style={{
        top: `${((nowMs - startOf(today)) / DAY_MS) * 100}%`,
        insetInlineStart: `${(day / dates.length) * 100}%`,
        width: `${100 / dates.length}%`,
      }}
    />
  );
}
