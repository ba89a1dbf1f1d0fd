import type { Role } from "@vitrine/core/model/permissions";
import { oneOf, text } from "../../lib/search-params.ts";

const ROLES = ["owner", "admin", "manager", "operator", "viewer"] as const satisfies readonly Role[];

/** What the address of the people page says. `invite` opens the dialog that invites. */
export type PeopleSearch = { q?: string; role?: Role; invite?: true };

/** Reads the address; what it does not understand is left out. */
export function readPeopleSearch(search: Record<string, unknown>): PeopleSearch {
  const q = text(search.q);
  const role = oneOf(ROLES, search.role);
  return {
    ...(q ? { q } : {}),
    ...(role ? { role } : {}),
    ...(search.invite === true ? { invite: true } : {}),
  };
}
