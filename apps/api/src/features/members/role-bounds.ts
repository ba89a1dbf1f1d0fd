import { appError } from "@vitrine/core/model/errors";
import { expandGrants, ROLE_GRANTS, type Role } from "@vitrine/core/model/permissions";
import type { PrincipalOrganization } from "../../auth/principal.ts";

/** Nobody gives, changes or takes a role that may do more than they do. PERMISSION_MISSING names what they lack. */
export function requireWithinOwn(
  { permissions }: Pick<PrincipalOrganization, "permissions">,
  role: Role,
): void {
  const beyond = expandGrants(ROLE_GRANTS[role]).find((one) => !permissions.has(one));
  if (beyond !== undefined) throw appError("PERMISSION_MISSING", { permission: beyond });
}
