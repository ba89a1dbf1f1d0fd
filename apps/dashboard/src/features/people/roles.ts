import {
  expandGrants,
  type Permission,
  ROLE_GRANTS,
  ROLES,
  type Role,
} from "@vitrine/core/model/permissions";

/** The roles that somebody with these permissions may give and take: those that may nothing that they may not. */
export function rolesWithin(permissions: readonly Permission[]): Role[] {
  return ROLES.filter((role) =>
    expandGrants(ROLE_GRANTS[role]).every((permission) => permissions.includes(permission)),
  );
}
