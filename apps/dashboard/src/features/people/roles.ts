import { lackingFor, type Permission, ROLES, type Role } from "@vitrine/core/model/permissions";

/** The roles that somebody with these permissions may give and take. */
export function rolesWithin(permissions: readonly Permission[]): Role[] {
  const held = new Set(permissions);
  return ROLES.filter((role) => lackingFor(role, held) === undefined);
}
