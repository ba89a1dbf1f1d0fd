import { appError } from "@vitrine/core/model/errors";
import type { RequestContext } from "../../trpc/context.ts";

/** Gives this request's session a new secret and its browser the cookie of it; notes where the person was just asked. Errors: NOT_SIGNED_IN. */
export async function renewSession(ctx: RequestContext, { isSteppedUp = false } = {}): Promise<string> {
  const renewed = await ctx.services.sessions.renew(ctx.requireSessionToken(), { isSteppedUp });
  if (!renewed) throw appError("NOT_SIGNED_IN");
  ctx.setSessionCookie(renewed);
  return renewed.token;
}
