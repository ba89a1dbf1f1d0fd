import type { Role } from "@vitrine/core/model/permissions";
import { oneOf, text } from "../../lib/search-params.ts";

const ROLES = ["owner", "admin", "manager", "operator", "viewer"] as const satisfies readonly Role[];

/** What the address of the people page says. `outside`: whose e-mail address the organization would not take now; `invite` opens the dialog that invites. */
export type PeopleSearch = { q?: string; role?: Role; outside?: true; invite?: true };

/** Reads the address; what it does not understand is left out. */
export function readPeopleSearch(search: Record<string, unknown>): PeopleSearch {
  const q = text(search.q);
  const role = oneOf(ROLES, search.role);
  return {
    ...(q ? { q } : {}),
    ...(role ? { role } : {}),
    ...(search.outside === true ? { outside: true } : {}),
    ...(search.invite === true ? { invite: true } : {}),
  };
}
