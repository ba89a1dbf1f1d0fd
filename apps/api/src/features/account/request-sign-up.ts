import type { openedLink, requestSignUpInput, signUpWay } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import type * as z from "zod";
import { readSignUpToken } from "../../auth/sign-up-tokens.ts";
import { isWithin, networkOf } from "../../platform/networks.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { spread } from "./spread-mail.ts";
import { askedBy } from "./trace.ts";

const WINDOW_MS = 600_000;
const LOOPBACK = ["127.0.0.0/8", "::1"];
const LOOPBACK_HOST = /^((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * How somebody new comes in. At an organization's address by invitation alone. At once on this machine, whose owner could read the database anyway, and where nobody has
 * an account yet; elsewhere by a link, since letting some addresses in at once tells which ones have an account.
 */
export async function findSignUpWay(ctx: RequestContext): Promise<z.infer<typeof signUpWay>["way"]> {
  if (await isAtOrganization(ctx)) return "byInvitation";
  if (await isAtThisMachine(ctx)) return "atOnce";
  return (await ctx.services.authDatabase.hasUsers()) ? "byLink" : "atOnce";
}

/** Also where there is none at its address any more, or never was: they are told apart by nothing. */
async function isAtOrganization({ findHost }: RequestContext): Promise<boolean> {
  return (await findHost()).kind === "organization";
}

/** Lets nobody found an organization at the address of one. Errors: SIGN_UP_BY_INVITATION. */
export async function requireOwnAddress(ctx: RequestContext): Promise<void> {
  if (await isAtOrganization(ctx)) throw appError("SIGN_UP_BY_INVITATION");
}

/** The name that the server was called by counts too: a proxy on this machine passes on, or is configured with, another. */
async function isAtThisMachine({ remoteAddress, findPublicOrigin }: RequestContext): Promise<boolean> {
  if (!isWithin(remoteAddress, LOOPBACK)) return false;
  const publicOrigin = await findPublicOrigin();
  return URL.canParse(publicOrigin) && LOOPBACK_HOST.test(new URL(publicOrigin).hostname);
}

/**
 * Has a link sent to an address that makes an account for it; whoever has one already is told that instead. Which of
 * the two is looked up by the job that sends it, after the answer. Errors: SIGN_UP_BY_INVITATION; TOO_MANY_REQUESTS, by
 * network and address.
 */
export async function requestSignUp(
  ctx: RequestContext,
  { email }: z.infer<typeof requestSignUpInput>,
): Promise<void> {
  const { services } = ctx;
  await requireOwnAddress(ctx);
  const network = networkOf(ctx.remoteAddress);
  services.rateLimits.take("ask-sign-up", network, { limit: 20, windowMs: WINDOW_MS });
  services.rateLimits.take("ask-sign-up-address", `${email}\0${network}`, { limit: 5, windowMs: WINDOW_MS });
  const mail = spread(services, { kind: "signUp", email, ...askedBy(ctx) });
  await services.authDatabase.enqueueMail(mail);
  services.queue.wake("send-mail", mail.delayMs);
}

/**
 * What the holder of such a link is told. Errors: SIGN_UP_BY_INVITATION; LINK_INVALID, also once there is an account;
 * TOO_MANY_REQUESTS.
 */
export async function openSignUp(ctx: RequestContext, token: string): Promise<z.infer<typeof openedLink>> {
  await requireOwnAddress(ctx);
  const { email, expiresAt } = readLink(ctx, token);
  if (await ctx.services.authDatabase.findUserByEmail(email)) throw appError("LINK_INVALID");
  return { email, expiresAt: expiresAt.toISOString() };
}

/**
 * Lets those go on who may sign up as they ask to. Errors: SIGN_UP_BY_INVITATION, SIGN_UP_BY_LINK, LINK_INVALID,
 * TOO_MANY_REQUESTS.
 */
export async function requireSignUpWay(
  ctx: RequestContext,
  { email, token }: { email: string; token?: string | undefined },
): Promise<void> {
  await requireOwnAddress(ctx);
  if (token === undefined) {
    if ((await findSignUpWay(ctx)) === "byLink") throw appError("SIGN_UP_BY_LINK");
  } else if (readLink(ctx, token).email !== email) {
    throw appError("LINK_INVALID");
  }
}

function readLink(ctx: RequestContext, token: string) {
  const network = networkOf(ctx.remoteAddress);
  ctx.services.rateLimits.take("account-link-held", network, { limit: 60, windowMs: WINDOW_MS });
  return readSignUpToken(ctx.services, token);
}
