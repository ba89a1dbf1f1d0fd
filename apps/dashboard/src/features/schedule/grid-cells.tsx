import { Cell, CellGrid, CellRow } from "@vitrine/ui/cell-grid";
import { type KeyboardEvent, memo, useCallback, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { CalendarWords } from "./calendar-words.ts";
import { HOUR_MS, startOf } from "./wall-time.ts";

const ROW_MS = HOUR_MS / 2;
const ROWS = 48;

/** The half hours of some days, one of which can be reached by Tab and all by the arrow keys. Enter plans there. */
export function GridCells({
  dates,
  words,
  label,
  firstRow,
  onPlan,
  onStep,
}: {
  dates: readonly string[];
  words: CalendarWords;
  label: string;
  /** The row on which focus begins. */
  firstRow: number;
  onPlan: (startMs: number) => void;
  /** The arrows leave the days shown, to the days before or after. */
  onStep: (step: 1 | -1) => void;
}) {
  const [active, setActive] = useState({ row: firstRow, day: 0 });
  const grid = useRef<HTMLDivElement>(null);
  const day = Math.min(active.day, dates.length - 1);
  const go = (row: number, nextDay: number) => {
    const next = { row: Math.min(ROWS - 1, Math.max(0, row)), day: nextDay };
    setActive(next);
    const cell = grid.current?.querySelector(`[data-row="${next.row}"][data-day="${next.day}"]`);
    if (cell instanceof HTMLElement) cell.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const isRightToLeft = document.documentElement.dir === "rtl";
    const { key } = event;
    if (key === "ArrowUp") go(active.row - 1, day);
    else if (key === "ArrowDown") go(active.row + 1, day);
    else if (key === "ArrowLeft") aside(isRightToLeft ? 1 : -1);
    else if (key === "ArrowRight") aside(isRightToLeft ? -1 : 1);
    else if (key === "Home") go(active.row, 0);
    else if (key === "End") go(active.row, dates.length - 1);
    else if (key === "PageUp") onStep(-1);
    else if (key === "PageDown") onStep(1);
    else if (key === "Enter" || key === " ") onPlan(startOf(dates[day] ?? "") + active.row * ROW_MS);
    else return;
    event.preventDefault();
  };
  const aside = (step: 1 | -1) => {
    const next = day + step;
    if (next >= 0 && next < dates.length) return go(active.row, next);
    onStep(step);
    go(active.row, step === 1 ? 0 : dates.length - 1);
  };
  const onFocus = useCallback((row: number, at: number) => setActive({ row, day: at }), []);
  return (
    <CellGrid
      ref={grid}
      aria-label={label}
      onKeyDown={onKeyDown}
      className="absolute inset-0 grid grid-rows-48"
    >
      {Array.from({ length: ROWS }, (_, row) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its half hour
          key={row}
          row={row}
          dates={dates}
          words={words}
          activeDay={row === active.row ? day : -1}
          onFocus={onFocus}
        />
      ))}
    </CellGrid>
  );
}

const Row = memo(function Row({
  row,
  dates,
  words,
  activeDay,
  onFocus,
}: {
  row: number;
  dates: readonly string[];
  words: CalendarWords;
  activeDay: number;
  onFocus: (row: number, day: number) => void;
}) {
  const t = useTranslations("schedule");
  return (
    <CellRow className="flex">
      {dates.map((date, day) => (
        <Cell
          key={date}
          tabIndex={day === activeDay ? 0 : -1}
          data-row={row}
          data-day={day}
          aria-label={t("at", { day: words.day(date), time: words.time(startOf(date) + row * ROW_MS) })}
          onFocus={() => onFocus(row, day)}
          className={`min-w-0 grow basis-0 border-s -outline-offset-2 focus-visible:z-10 ${row % 2 === 0 ? "border-t" : "border-t border-t-transparent"} hover:bg-hover/60`}
        />
      ))}
    </CellRow>
  );
});
