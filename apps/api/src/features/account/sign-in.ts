import type { signInInput } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import type * as z from "zod";
import type { RequestContext } from "../../trpc/context.ts";
import { openSession } from "./sign-up.ts";

/**
 * Signs a person in and returns the session's secret token. An unknown address, a wrong password and a person
 * who was switched off are told apart by nothing: WRONG_CREDENTIALS. Guessing is slowed by account and address.
 */
export async function signIn(ctx: RequestContext, input: z.infer<typeof signInInput>): Promise<string> {
  const { services } = ctx;
  services.rateLimits.take("sign-in-address", ctx.remoteAddress, { limit: 60, windowMs: 600_000 });
  services.rateLimits.take("sign-in-account", `${input.email}\0${ctx.remoteAddress}`, {
    limit: 10,
    windowMs: 600_000,
  });
  const user = await services.authDatabase.findUserByEmail(input.email);
  const isRight = await services.passwords.matches(input.password, user?.passwordHash);
  if (!user?.isActive || !isRight) throw appError("WRONG_CREDENTIALS");
  return openSession(ctx, user.id, null);
}
