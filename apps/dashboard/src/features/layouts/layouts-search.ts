import { businessIn, text } from "../../lib/search-params.ts";

/** What the address of the layouts page says. */
export type LayoutsSearch = { q?: string; business?: string; removed?: true };

/** Reads the address; what it does not understand is left out. */
export function readLayoutsSearch(search: Record<string, unknown>): LayoutsSearch {
  const q = text(search.q);
  const business = businessIn(search);
  return {
    ...(q ? { q } : {}),
    ...(business ? { business } : {}),
    ...(search.removed === true ? { removed: true } : {}),
  };
}
