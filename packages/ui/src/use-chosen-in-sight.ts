import { type RefObject, useEffect } from "react";

const CHOSEN = "[aria-selected='true'], [aria-current='page']";

/**
 * Keeps the chosen one of a row that scrolls in the middle of it, where it can be: when another is chosen, and when the
 * row becomes narrower. The page around it stays where it is.
 */
export function useChosenInSight(row: RefObject<HTMLElement | null>, chosen: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one chosen is brought into sight
  useEffect(() => {
    if (!row.current) return;
    const observer = new ResizeObserver(() => {
      if (row.current) center(row.current);
    });
    observer.observe(row.current);
    return () => observer.disconnect();
  }, [row, chosen]);
}

function center(row: HTMLElement): void {
  const box = row.querySelector(CHOSEN)?.getBoundingClientRect();
  if (!box) return;
  const around = row.getBoundingClientRect();
  row.scrollLeft += box.left + box.width / 2 - (around.left + around.width / 2);
  row.scrollTop += box.top + box.height / 2 - (around.top + around.height / 2);
}
