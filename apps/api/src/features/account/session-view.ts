import type { SessionView } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import { PERMISSIONS } from "@vitrine/core/model/permissions";
import type { FoundSession, Sessions } from "../../auth/sessions.ts";

/** What the dashboard is told of the session with this secret token; NOT_SIGNED_IN when there is none. */
export async function getSessionView(sessions: Sessions, token: string): Promise<SessionView> {
  const found = await sessions.find(token);
  if (!found) throw appError("NOT_SIGNED_IN");
  return toSessionView(found);
}

export function toSessionView({ principal, organizations }: FoundSession): SessionView {
  const { actor, organization } = principal;
  return {
    user: { id: actor.id, name: actor.name, email: actor.email },
    organization: organization && {
      id: organization.id,
      name: organization.name,
      slug: organization.slug,
      timeZone: organization.timeZone,
      role: organization.role ?? "viewer",
      permissions: PERMISSIONS.filter((one) => organization.permissions.has(one)),
    },
    organizations: organizations.map(({ organizationId, name, slug, role }) => ({
      organizationId,
      name,
      slug,
      role,
    })),
    expiresAt: actor.sessionExpiresAt.toISOString(),
  };
}
