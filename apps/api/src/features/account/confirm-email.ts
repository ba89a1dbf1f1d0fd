import type { confirmedEmail, openedLink, requestEmailChangeInput } from "@vitrine/core/model/account";
import { appError, invalidInput } from "@vitrine/core/model/errors";
import type * as z from "zod";
import { type FoundLink, requireAccountLink } from "../../auth/account-links.ts";
import { networkOf } from "../../platform/networks.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { emailDomainOf } from "../organization/email-domains.ts";
import type { AccountMail } from "./account-mail.ts";
import { changeAccount } from "./change-account.ts";
import { renewSession } from "./renew-session.ts";
import { requirePassword } from "./require-password.ts";
import type { SignedIn } from "./signed-in.ts";
import { spread } from "./spread-mail.ts";
import { askedBy, traceOf } from "./trace.ts";

const AN_HOUR_MS = 3_600_000;

/** Sends the link anew by which a person shows that the address is theirs. Errors: TOO_MANY_REQUESTS. */
export async function sendVerification(ctx: SignedIn): Promise<void> {
  const { services, user } = ctx;
  services.rateLimits.take("ask-verification", user.id, { limit: 5, windowMs: AN_HOUR_MS });
  const mail: AccountMail = { kind: "verifyEmail", userId: user.id, ...askedBy(ctx) };
  await services.authDatabase.enqueueMail(mail);
  services.queue.wake("send-mail");
}

/**
 * Sends a link to the address that is to take the place of the present one, which is told. Whether somebody has it
 * already is told to nobody but its owner. Errors: WRONG_PASSWORD, INVALID_INPUT for one's own, EMAIL_DOMAIN_REFUSED, TOO_MANY_REQUESTS.
 */
export async function requestEmailChange(
  ctx: SignedIn,
  { email, currentPassword }: z.infer<typeof requestEmailChangeInput>,
): Promise<void> {
  const { services, user } = ctx;
  if (email === user.email) throw invalidInput("email", "This is your address already");
  await requirePassword(ctx, currentPassword);
  await requireTaken(ctx, user.id, email);
  services.rateLimits.take("ask-email-change", user.id, { limit: 5, windowMs: AN_HOUR_MS });
  const told = { kind: "notice", notice: "emailChangeAsked", to: user.email, name: user.name } as const;
  const link = spread(services, { kind: "changeEmail", userId: user.id, email, ...askedBy(ctx) });
  const mails: AccountMail[] = [link, { ...told, newEmail: email, ...askedBy(ctx) }];
  await services.authDatabase.noteAccountEvent(user.id, traceOf(ctx, "emailChangeAsked", { email, mails }));
  services.queue.wake("send-mail");
  services.queue.wake("send-mail", link.delayMs);
}

/** What the holder of a link for an address is told. Errors: LINK_INVALID, TOO_MANY_REQUESTS. */
export async function openEmailLink(ctx: RequestContext, token: string): Promise<z.infer<typeof openedLink>> {
  const { email, expiresAt } = await find(ctx, token);
  return { email, expiresAt: expiresAt.toISOString() };
}

/**
 * Takes a link for an address up, once: it is shown to be the person's, and becomes the one of the account, of which the
 * former is told. A session of theirs in this browser gets a new secret. Errors: LINK_INVALID, EMAIL_TAKEN, EMAIL_DOMAIN_REFUSED.
 */
export async function confirmEmail(
  ctx: RequestContext,
  token: string,
): Promise<z.infer<typeof confirmedEmail>> {
  const link = await find(ctx, token);
  const { email, ownEmail, name, userId } = link;
  if (link.purpose === "changeEmail") await requireTaken(ctx, userId, email);
  const told = { kind: "notice", notice: "emailChanged", to: ownEmail, name, newEmail: email } as const;
  const trace =
    link.purpose === "changeEmail"
      ? traceOf(ctx, "emailChanged", { email, mails: [{ ...told, ...askedBy(ctx) }] })
      : traceOf(ctx, "emailVerified", { email });
  const principal = await ctx.findPrincipal();
  const isTheirs = principal?.actor.id === userId && ctx.sessionToken() !== null;
  const renewed = await changeAccount(ctx, userId, async (auth) => {
    if (!(await auth.confirmEmail(link.id, trace))) throw appError("LINK_INVALID");
    return isTheirs ? renewSession(ctx, auth) : undefined;
  });
  if (renewed) ctx.setSessionCookie(renewed);
  return { email };
}

/** Throws when one of the person's organizations takes no addresses like this one. Errors: EMAIL_DOMAIN_REFUSED. */
async function requireTaken({ services }: RequestContext, userId: string, email: string): Promise<void> {
  const domain = emailDomainOf(email);
  const [organization] = await services.authDatabase.listEmailRefusals(userId, domain);
  if (organization !== undefined) throw appError("EMAIL_DOMAIN_REFUSED", { domain, organization });
}

function find(ctx: RequestContext, token: string): Promise<FoundLink> {
  const network = networkOf(ctx.remoteAddress);
  ctx.services.rateLimits.take("account-link-held", network, { limit: 60, windowMs: 600_000 });
  return requireAccountLink(ctx.services, token, ["verifyEmail", "changeEmail"]);
}
