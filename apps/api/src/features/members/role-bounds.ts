import { appError } from "@vitrine/core/model/errors";
import {
  type Grant,
  isGranted,
  lackingForGrants,
  type Permission,
  ROLE_GRANTS,
  type Role,
} from "@vitrine/core/model/permissions";
import type { PrincipalOrganization } from "../../auth/principal.ts";
import type { MaybeDangerous } from "../../trpc/procedures.ts";

/**
 * Nobody gives, changes or takes a role, or what somebody has beyond theirs, that may do more than they do.
 * PERMISSION_MISSING names what they lack.
 */
export function requireWithinOwn(
  { permissions }: Pick<PrincipalOrganization, "permissions">,
  role: Role,
  extra: readonly Grant[] = [],
): void {
  const permission = lackingForGrants([...ROLE_GRANTS[role], ...extra], permissions);
  if (permission !== undefined) throw appError("PERMISSION_MISSING", { permission });
}

/** Who has one of these runs the organization. */
const RUNNING: readonly Permission[] = ["organization.edit", "members.manage", "apiKeys.manage"];

/** To let somebody run the organization, by their role or beyond it, is dangerous. Errors: STEP_UP_REQUIRED, PEOPLE_ONLY. */
export function requireSteppedUpFor(
  { requireSteppedUp }: MaybeDangerous,
  role: Role,
  extra: readonly Grant[] = [],
): void {
  if (RUNNING.some((one) => isGranted([...ROLE_GRANTS[role], ...extra], one))) requireSteppedUp();
}
