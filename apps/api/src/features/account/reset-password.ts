import type { openedLink, requestPasswordResetInput, resetPasswordInput } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import type * as z from "zod";
import { type FoundLink, requireAccountLink } from "../../auth/account-links.ts";
import { networkOf } from "../../platform/networks.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { spread } from "./spread-mail.ts";
import { askedBy, traceOf } from "./trace.ts";

const WINDOW_MS = 600_000;

/**
 * Has a link sent to whoever has the address. Whether anybody has is looked up by the job that sends it, after the
 * answer, so that neither the answer nor its time tells. Errors: TOO_MANY_REQUESTS, by network and address alike.
 */
export async function requestPasswordReset(
  ctx: RequestContext,
  { email }: z.infer<typeof requestPasswordResetInput>,
): Promise<void> {
  const { services } = ctx;
  const network = networkOf(ctx.remoteAddress);
  services.rateLimits.take("ask-reset", network, { limit: 20, windowMs: WINDOW_MS });
  services.rateLimits.take("ask-reset-address", `${email}\0${network}`, { limit: 5, windowMs: WINDOW_MS });
  const mail = spread(services, { kind: "resetPassword", email, ...askedBy(ctx) });
  await services.authDatabase.enqueueMail(mail);
  services.queue.wake("send-mail", mail.delayMs);
}

/** What the holder of such a link is told. Errors: LINK_INVALID, TOO_MANY_REQUESTS. */
export async function openPasswordReset(
  ctx: RequestContext,
  token: string,
): Promise<z.infer<typeof openedLink>> {
  const { email, expiresAt } = await find(ctx, token);
  return { email, expiresAt: expiresAt.toISOString() };
}

/**
 * Sets a new password, once, and ends every session and every link of the person. Nobody is let in by it: they sign in
 * as always. Errors: LINK_INVALID, PASSWORD_UNSAFE, TOO_MANY_REQUESTS.
 */
export async function resetPassword(
  ctx: RequestContext,
  { token, password }: z.infer<typeof resetPasswordInput>,
): Promise<void> {
  const { services } = ctx;
  const link = await find(ctx, token);
  const passwordHash = await services.passwords.hash(password, link);
  const notice = { kind: "notice", notice: "passwordChanged", to: link.email, name: link.name } as const;
  const trace = traceOf(ctx, "passwordReset", { mails: [{ ...notice, ...askedBy(ctx) }] });
  if (!(await services.authDatabase.resetPassword(link.id, passwordHash, trace)))
    throw appError("LINK_INVALID");
  services.queue.wake("send-mail");
  services.sessions.forget(link.userId);
}

function find(ctx: RequestContext, token: string): Promise<FoundLink> {
  const network = networkOf(ctx.remoteAddress);
  ctx.services.rateLimits.take("account-link-held", network, { limit: 60, windowMs: WINDOW_MS });
  return requireAccountLink(ctx.services, token, ["resetPassword"]);
}
