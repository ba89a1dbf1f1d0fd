import { appError } from "@vitrine/core/model/errors";
import type { RequestContext } from "../../trpc/context.ts";

/** Gives this request's session a new secret and its browser the cookie of it. Errors: NOT_SIGNED_IN. */
export async function renewSession(ctx: RequestContext): Promise<string> {
  const renewed = await ctx.services.sessions.renew(ctx.requireSessionToken());
  if (!renewed) throw appError("NOT_SIGNED_IN");
  ctx.setSessionCookie(renewed);
  return renewed.token;
}
