import type { signInInput } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import type * as z from "zod";
import { takeGuess, takeLookUp } from "../../auth/guess-limits.ts";
import { hashToken } from "../../auth/token-hash.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { type Entered, enter } from "./second-step.ts";
import { traceOf } from "./trace.ts";

/**
 * Signs a person in, or, where they have a second factor, goes on to that. An unknown address, a wrong password and a person
 * who was switched off are told apart by nothing: WRONG_CREDENTIALS. Guessing is slowed: TOO_MANY_REQUESTS, BUSY. From a
 * browser that we never saw, nothing is read before there is a place in the row for hashing.
 */
export async function signIn(ctx: RequestContext, input: z.infer<typeof signInInput>): Promise<Entered> {
  const { services, remoteAddress } = ctx;
  const knownDevice = await findKnownDevice(ctx, input.email);
  takeGuess(services.rateLimits, { email: input.email, remoteAddress, knownDevice });
  using place = services.passwords.enter({ isPreferred: knownDevice !== null });
  const user = await services.authDatabase.findCredentials(input.email, services.passwords.nobody);
  const isRight = await place.matches(input.password, user.passwordHash);
  if (!user.isActive || !isRight) {
    services.failedSignIns.note(user.id, traceOf(ctx, "signInFailed"));
    throw appError("WRONG_CREDENTIALS");
  }
  return enter(ctx, user);
}

/** The hash of this browser's cookie where the address' owner has signed in from it before. */
async function findKnownDevice(ctx: RequestContext, email: string): Promise<string | null> {
  const token = ctx.deviceToken();
  if (token === null) return null;
  const hash = hashToken(token);
  takeLookUp(ctx.services.rateLimits, hash);
  return (await ctx.services.authDatabase.isKnownDevice(email, hash)) ? hash : null;
}
