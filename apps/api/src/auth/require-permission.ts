import { mayBeLimited } from "@vitrine/core/model/business";
import { appError } from "@vitrine/core/model/errors";
import type { Permission } from "@vitrine/core/model/permissions";
import type { PrincipalOrganization } from "./principal.ts";

/** Throws unless the caller holds a permission. Errors: PERMISSION_MISSING; LIMITED_TO_BUSINESSES where that is why. */
export function requirePermission(
  { permissions, businessIds }: Pick<PrincipalOrganization, "permissions" | "businessIds">,
  permission: Permission,
): void {
  if (permissions.has(permission)) return;
  const isLimit = businessIds !== null && !mayBeLimited(permission);
  throw appError(isLimit ? "LIMITED_TO_BUSINESSES" : "PERMISSION_MISSING", { permission });
}
