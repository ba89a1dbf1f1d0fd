import { makeBrowserToken } from "../../auth/browser-tokens.ts";
import { hashToken } from "../../auth/token-hash.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { askedBy, traceOf } from "./trace.ts";

/** As long as browsers keep any cookie (RFC 6265bis, 5.5), from each sign-in on. */
const DEVICE_DAYS = 400;
/** A person's browsers that were signed in from longest ago are forgotten beyond this many. */
const MAX_DEVICES = 20;

/**
 * Lets somebody in who has shown who they are, by all that they have to show: opens a session for this request's
 * browser, remembers the browser, notes it, and tells the person when the browser is one that they never used, but for
 * the first of all. Returns the secret token.
 */
export async function openSession(
  ctx: RequestContext,
  user: { id: string; name: string; email: string },
  organizationId: string | null,
): Promise<string> {
  const { services, userAgent, remoteAddress } = ctx;
  const session = await services.sessions.open({ userId: user.id, organizationId, userAgent, remoteAddress });
  ctx.setSessionCookie(session);
  const device = ctx.deviceToken() ?? makeBrowserToken(services.mac);
  const acquaintance = await services.authDatabase.rememberDevice(user.id, hashToken(device), MAX_DEVICES);
  const expiresAt = new Date(services.clock.nowMs() + DEVICE_DAYS * 86_400_000);
  ctx.setDeviceCookie({ token: device, expiresAt });
  const notice = { kind: "notice", notice: "newDevice", to: user.email, name: user.name } as const;
  const mails = acquaintance === "new" ? [{ ...notice, ...askedBy(ctx) }] : [];
  await services.authDatabase.noteAccountEvent(user.id, traceOf(ctx, "signedIn", { mails }));
  if (mails.length > 0) services.queue.wake("send-mail");
  return session.token;
}
