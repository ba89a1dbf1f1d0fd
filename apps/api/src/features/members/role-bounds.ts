import { appError } from "@vitrine/core/model/errors";
import { lackingFor, type Role } from "@vitrine/core/model/permissions";
import type { PrincipalOrganization } from "../../auth/principal.ts";

/** Nobody gives, changes or takes a role that may do more than they do. PERMISSION_MISSING names what they lack. */
export function requireWithinOwn(
  { permissions }: Pick<PrincipalOrganization, "permissions">,
  role: Role,
): void {
  const permission = lackingFor(role, permissions);
  if (permission !== undefined) throw appError("PERMISSION_MISSING", { permission });
}
