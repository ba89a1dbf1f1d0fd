import { text } from "../../lib/search-params.ts";

/** What the address of the businesses page says. */
export type BusinessesSearch = { q?: string };

/** Reads the address; what it does not understand is left out. */
export function readBusinessesSearch(search: Record<string, unknown>): BusinessesSearch {
  const q = text(search.q);
  return q ? { q } : {};
}
