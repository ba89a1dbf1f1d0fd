import type { Permission } from "@vitrine/core/model/permissions";

/** Who acts: a signed-in person or a program with an API key, and where they may do what. */
export type Principal = {
  actor: Actor;
  /** Null for a person who belongs to no organization. */
  organization: PrincipalOrganization | null;
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
  /** The organization asks for a second factor and the caller has none: `permissions` is empty. */
  isSecondFactorMissing: boolean;
};
