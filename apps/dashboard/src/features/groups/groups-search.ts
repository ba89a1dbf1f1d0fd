import { businessIn, text, uuid } from "../../lib/search-params.ts";

/** What the address of the groups page says; `group` is the one whose screens are open beside the list. */
export type GroupsSearch = { q?: string; business?: string; removed?: true; group?: string };

/** Reads the address; what it does not understand is left out. */
export function readGroupsSearch(search: Record<string, unknown>): GroupsSearch {
  const q = text(search.q);
  const business = businessIn(search);
  const group = uuid(search.group);
  return {
    ...(q ? { q } : {}),
    ...(business ? { business } : {}),
    ...(search.removed === true ? { removed: true } : {}),
    ...(group ? { group } : {}),
  };
}
