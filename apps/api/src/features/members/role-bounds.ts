import { appError } from "@vitrine/core/model/errors";
import { lackingFor, type Role } from "@vitrine/core/model/permissions";
import type { PrincipalOrganization } from "../../auth/principal.ts";
import type { MaybeDangerous } from "../../trpc/procedures.ts";

/** Nobody gives, changes or takes a role that may do more than they do. PERMISSION_MISSING names what they lack. */
export function requireWithinOwn(
  { permissions }: Pick<PrincipalOrganization, "permissions">,
  role: Role,
): void {
  const permission = lackingFor(role, permissions);
  if (permission !== undefined) throw appError("PERMISSION_MISSING", { permission });
}

/** To give somebody one of the roles that run the organization is dangerous. Errors: STEP_UP_REQUIRED, PEOPLE_ONLY. */
export function requireSteppedUpFor({ requireSteppedUp }: MaybeDangerous, role: Role): void {
  if (role === "owner" || role === "admin") requireSteppedUp();
}
