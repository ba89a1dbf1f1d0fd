import { PERMISSIONS, type Permission } from "@vitrine/core/model/permissions";
import { oneOf } from "../../lib/search-params.ts";

/** What the address of the page of rights says: whose names are shown beside it. */
export type RightsSearch = { who?: Permission };

/** Reads the address; what it does not understand is left out. */
export function readRightsSearch(search: Record<string, unknown>): RightsSearch {
  const who = oneOf(PERMISSIONS, search.who);
  return who ? { who } : {};
}
