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

/** What the dashboard is told of a live session. */
export function toSessionView({ principal, current, organizations }: FoundSession): SessionView {
  const { actor, organization } = principal;
  return {
    user: { id: actor.id, name: actor.name, email: actor.email },
    organization: current && {
      id: current.organizationId,
      name: current.name,
      slug: current.slug,
      timeZone: current.timeZone,
      role: current.role,
      permissions: PERMISSIONS.filter((one) => organization?.permissions.has(one)),
      isSecondFactorMissing: organization?.isSecondFactorMissing ?? false,
    },
    organizations: organizations.map(({ organizationId, name, slug, role }) => ({
      organizationId,
      name,
      slug,
      role,
    })),
    mustVerifyEmail: actor.mustVerifyEmail,
    hasSecondFactor: actor.hasSecondFactor,
    expiresAt: actor.sessionExpiresAt.toISOString(),
  };
}
