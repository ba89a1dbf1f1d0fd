import type { SessionView } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import { PERMISSIONS } from "@vitrine/core/model/permissions";
import type { FoundSession } from "../../auth/sessions.ts";
import type { RequestContext } from "../../trpc/context.ts";

/** What the dashboard is told of the session with this secret token; NOT_SIGNED_IN when there is none. */
export async function getSessionView(
  ctx: Pick<RequestContext, "findSession" | "services">,
  token: string,
): Promise<SessionView> {
  const found = await ctx.findSession(token);
  if (!found) throw appError("NOT_SIGNED_IN");
  return toSessionView(ctx, found);
}

/** What the dashboard is told of a live session. */
export function toSessionView(
  { services }: Pick<RequestContext, "services">,
  { principal, current, organizations, isBound }: FoundSession,
): SessionView {
  const { actor, organization } = principal;
  return {
    user: { id: actor.id, name: actor.name, email: actor.email },
    organization: current && {
      id: current.organizationId,
      name: current.name,
      slug: current.slug,
      timeZone: current.timeZone,
      brandColor: current.brandColor,
      hasLogo: current.hasLogo,
      role: current.role,
      permissions: PERMISSIONS.filter((one) => organization?.permissions.has(one)),
      businesses: current.businesses,
      isSecondFactorMissing: organization?.isSecondFactorMissing ?? false,
      mustSignInAgain: organization?.mustSignInAgain ?? false,
    },
    sendsMail: services.mailer.outcome === "sent",
    isBound,
    isUnavailable: principal.isUnavailable,
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
