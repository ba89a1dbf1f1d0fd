import type { CalendarView } from "./schedule-search.ts";
import { addDays, DAY_MS, isoWeekday, startOf } from "./wall-time.ts";

/** Local days, `[from, until)`. */
export type DayRange = { from: string; until: string };

/** The days that a view around a date shows: a month in whole weeks. `firstWeekday` is 1 for Monday to 7. */
export function rangeOf(view: CalendarView, date: string, firstWeekday: number): DayRange {
  if (view === "day") return { from: date, until: addDays(date, 1) };
  if (view === "week") {
    const from = weekStart(date, firstWeekday);
    return { from, until: addDays(from, 7) };
  }
  const first = `${date.slice(0, 7)}-01`;
  const last = addDays(monthLater(first, 1), -1);
  return { from: weekStart(first, firstWeekday), until: addDays(weekStart(last, firstWeekday), 7) };
}

/** A date in the next view, or with -1 in the one before. */
export function stepDate(view: CalendarView, date: string, step: 1 | -1): string {
  if (view === "day") return addDays(date, step);
  if (view === "week") return addDays(date, 7 * step);
  return monthLater(date, step);
}

/** Every date of a range, in order. */
export function datesOf({ from, until }: DayRange): string[] {
  const count = Math.round((startOf(until) - startOf(from)) / DAY_MS);
  return Array.from({ length: count }, (_, index) => addDays(from, index));
}

/** The first day of the week of a date. */
export function weekStart(date: string, firstWeekday: number): string {
  return addDays(date, -((isoWeekday(date) - firstWeekday + 7) % 7));
}

/** The same day some months later; the month's last where it has no such day. */
function monthLater(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}
