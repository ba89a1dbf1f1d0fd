import { AppError, appError } from "@vitrine/core/model/errors";
import { SECOND_STEP_MINUTES } from "@vitrine/core/model/second-factor";
import { hashToken, makeToken } from "../../auth/token-hash.ts";
import type { RequestContext } from "../../trpc/context.ts";
import type { Person } from "./note-factor.ts";
import { openSession } from "./open-session.ts";
import { checkFactor } from "./prove-factor.ts";
import { traceOf } from "./trace.ts";

/** Where a person who gave the right password is: signed in, or asked for the second factor. */
export type Entered = { kind: "signedIn"; token: string } | { kind: "secondStep"; expiresAt: Date };

/**
 * Lets in a person who has shown their first factor: opens a session, or, where they have a second one, a half session
 * in a cookie of its own, which is good for `completeSignIn` and nothing else. Every way in by a first factor ends here.
 */
export async function enter(ctx: RequestContext, user: Person): Promise<Entered> {
  const { authDatabase, clock } = ctx.services;
  const factor = await authDatabase.secondFactors.find(user.id);
  if (!factor?.confirmedAt) return { kind: "signedIn", token: await openSession(ctx, user) };
  const token = makeToken();
  const expiresAt = new Date(clock.nowMs() + SECOND_STEP_MINUTES * 60_000);
  await authDatabase.secondFactors.openStep(hashToken(token), user.id, expiresAt);
  ctx.setSecondStepCookie({ token, expiresAt });
  return { kind: "secondStep", expiresAt };
}

/**
 * Turns a half session into a session, once, and returns its secret token. Errors: SECOND_STEP_EXPIRED, WRONG_CODE,
 * TOO_MANY_REQUESTS.
 */
export async function completeSignIn(ctx: RequestContext, code: string): Promise<string> {
  const { authDatabase } = ctx.services;
  const half = ctx.secondStepToken();
  const userId = half === null ? null : await authDatabase.secondFactors.findStep(hashToken(half));
  const user = userId === null ? undefined : await authDatabase.findUser(userId);
  if (half === null || !user) throw appError("SECOND_STEP_EXPIRED");
  const token = await noting(ctx, user, async () => {
    const takeUp = await checkFactor(ctx, user, code);
    return openSession(ctx, user, async (auth) => {
      await takeUp(auth);
      if (!(await auth.secondFactors.closeStep(hashToken(half)))) throw appError("SECOND_STEP_EXPIRED");
    });
  });
  ctx.setSecondStepCookie(null);
  return token;
}

/** Who gives the right password and a wrong code may be somebody else: the person finds it on their record. */
async function noting<Result>(
  ctx: RequestContext,
  user: Person,
  enter: () => Promise<Result>,
): Promise<Result> {
  try {
    return await enter();
  } catch (error) {
    if (error instanceof AppError && error.code === "WRONG_CODE") {
      await ctx.services.authDatabase.noteAccountEvent(user.id, traceOf(ctx, "signInFailed"));
    }
    throw error;
  }
}
