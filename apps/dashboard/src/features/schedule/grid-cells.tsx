import { Cell, CellGrid, CellRow } from "@vitrine/ui/cell-grid";
import { type KeyboardEvent, memo, useCallback, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { CalendarWords } from "./calendar-words.ts";
import { DAY_MS, HOUR_MS, startOf } from "./wall-time.ts";

/** How long a cell is. A week of half hours would be more cells than anybody walks through. */
export function cellMs(dates: readonly string[]): number {
  return dates.length > 1 ? HOUR_MS : HOUR_MS / 2;
}

/** The hours of some days, half hours of a single one: Tab reaches the one that was last, the arrow keys all of them. Enter plans there. */
export function GridCells({
  dates,
  words,
  label,
  firstMs,
  firstDay,
  onPlan,
  onStep,
}: {
  dates: readonly string[];
  words: CalendarWords;
  label: string;
  /** The time of day on which focus begins, and the day. */
  firstMs: number;
  firstDay: number;
  onPlan: (startMs: number) => void;
  /** The arrows leave the days shown, to the days before or after. */
  onStep: (step: 1 | -1) => void;
}) {
  const rowMs = cellMs(dates);
  const rows = DAY_MS / rowMs;
  const [active, setActive] = useState({ row: Math.floor(firstMs / rowMs), day: firstDay });
  const [isInside, setInside] = useState(false);
  const grid = useRef<HTMLDivElement>(null);
  const day = Math.min(active.day, dates.length - 1);
  const go = (row: number, nextDay: number) => {
    const next = { row: Math.min(rows - 1, Math.max(0, row)), day: nextDay };
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
    else if (key === "Enter" || key === " ") onPlan(startOf(dates[day] ?? "") + active.row * rowMs);
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
      tabIndex={isInside ? -1 : 0}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        setInside(true);
        if (event.target === event.currentTarget) go(active.row, day);
      }}
      onBlur={() => setInside(false)}
      className="absolute inset-0 grid auto-rows-fr"
    >
      {Array.from({ length: rows }, (_, row) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its half hour
          key={row}
          row={row}
          rowMs={rowMs}
          dates={dates}
          words={words}
          onFocus={onFocus}
        />
      ))}
    </CellGrid>
  );
}

const Row = memo(function Row({
  row,
  rowMs,
  dates,
  words,
  onFocus,
}: {
  row: number;
  rowMs: number;
  dates: readonly string[];
  words: CalendarWords;
  onFocus: (row: number, day: number) => void;
}) {
  const t = useTranslations("schedule");
  return (
    <CellRow className="flex">
      {dates.map((date, day) => (
        <Cell
          key={date}
          tabIndex={-1}
          data-row={row}
          data-day={day}
          aria-label={t("at", { day: words.day(date), time: words.time(startOf(date) + row * rowMs) })}
          onFocus={() => onFocus(row, day)}
          className={`min-w-0 grow basis-0 border-s -outline-offset-2 focus-visible:z-10 border-t ${(row * rowMs) % HOUR_MS === 0 ? "" : "border-t-transparent"} hover:bg-hover/60`}
        />
      ))}
    </CellRow>
  );
});
