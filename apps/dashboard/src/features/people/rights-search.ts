import { text } from "../../lib/search-params.ts";

/** What the address of the page of rights says: whose names are shown beside it, by what they may do. */
export type RightsSearch = { who?: string };

/** Reads the address; the page leaves out what is no permission. */
export function readRightsSearch(search: Record<string, unknown>): RightsSearch {
  const who = text(search.who, 60);
  return who ? { who } : {};
}
