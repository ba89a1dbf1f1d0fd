import { useEffect, useRef } from "react";
import type { CalendarView } from "./schedule-search.ts";

const VIEW_KEYS: Record<string, CalendarView> = { d: "day", w: "week", m: "month" };

/** T goes to today, D, W and M to a view; not while something is typed or a dialog is open. */
export function useCalendarKeys(on: { onToday: () => void; onView: (view: CalendarView) => void }): void {
  const latest = useRef(on);
  useEffect(() => {
    latest.current = on;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      if (!(target instanceof HTMLElement) || isElsewhere(target)) return;
      const view = VIEW_KEYS[key.toLowerCase()];
      if (view) latest.current.onView(view);
      else if (key.toLowerCase() === "t") latest.current.onToday();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function isElsewhere(target: HTMLElement): boolean {
  return (
    target.closest("input, textarea, select, aside, [role=dialog], [role=menu], [role=listbox]") !== null
  );
}
