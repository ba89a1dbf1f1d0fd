import { text } from "../../lib/search-params.ts";

/** What the address of the dayparts page says. */
export type DaypartsSearch = { q?: string; removed?: true };

/** Reads the address; what it does not understand is left out. */
export function readDaypartsSearch(search: Record<string, unknown>): DaypartsSearch {
  const q = text(search.q);
  return { ...(q ? { q } : {}), ...(search.removed === true ? { removed: true } : {}) };
}
