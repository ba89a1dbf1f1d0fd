import { appError } from "@vitrine/core/model/errors";
import type { Permission } from "@vitrine/core/model/permissions";
import { limitedScope, type OrganizationScope, organizationScope } from "@vitrine/db/scope";

/** Who acts: a signed-in person or a program with an API key, and where they may do what. */
export type Principal = {
  actor: Actor;
  /** Null for a person who belongs to no organization, or to none that the request may be for. */
  organization: PrincipalOrganization | null;
  /** The request names an organization that is not to be had for the caller. */
  isUnavailable: boolean;
};

export type Actor =
  | {
      kind: "user";
      id: string;
      name: string;
      email: string;
      sessionId: string;
      sessionExpiresAt: Date;
      /** Whether some things wait for them to show that the address is theirs. */
      mustVerifyEmail: boolean;
      /** When they last gave password and second factor. */
      steppedUpAt: Date;
      hasSecondFactor: boolean;
    }
  | { kind: "apiKey"; id: string; name: string };

export type PrincipalOrganization = {
  id: string;
  /** What the caller may do there: of role and membership, or of the API key. */
  permissions: ReadonlySet<Permission>;
  /** The businesses that they are limited to; null: not limited. */
  businessIds: readonly string[] | null;
  /** The organization asks for a second factor and the caller has none: `permissions` is empty. */
  isSecondFactorMissing: boolean;
  /** The session is too old for the organization, or was idle for too long: `permissions` is empty. */
  mustSignInAgain: boolean;
};

/**
 * Where the caller acts. Errors: ORGANIZATION_UNAVAILABLE, NO_ORGANIZATION, SECOND_FACTOR_REQUIRED and SIGN_IN_AGAIN for
 * who may do nothing there yet.
 */
export function requireOrganization({ organization, isUnavailable }: Principal): PrincipalOrganization {
  if (isUnavailable) throw appError("ORGANIZATION_UNAVAILABLE");
  if (!organization) throw appError("NO_ORGANIZATION");
  if (organization.isSecondFactorMissing) throw appError("SECOND_FACTOR_REQUIRED");
  if (organization.mustSignInAgain) throw appError("SIGN_IN_AGAIN");
  return organization;
}

/** For which organization, and within which of its businesses, somebody's transactions speak. */
export function scopeOf({ id, businessIds }: PrincipalOrganization): OrganizationScope {
  return businessIds === null ? organizationScope(id) : limitedScope(id, businessIds);
}
