import type { Permission, Role } from "@vitrine/core/model/permissions";

/** Who acts: a signed-in person or a program with an API key, and where they may do what. */
export type Principal = {
  actor: Actor;
  /** Null for a person who belongs to no organization. */
  organization: PrincipalOrganization | null;
};

export type Actor =
  | { kind: "user"; id: string; name: string; email: string; sessionId: string; sessionExpiresAt: Date }
  | { kind: "apiKey"; id: string; name: string };

export type PrincipalOrganization = {
  id: string;
  name: string;
  slug: string;
  timeZone: string;
  /** Null for an API key, which has permissions but no role. */
  role: Role | null;
  permissions: ReadonlySet<Permission>;
};
