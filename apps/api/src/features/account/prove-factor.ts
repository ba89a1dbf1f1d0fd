import { appError } from "@vitrine/core/model/errors";
import { appCodeOf, findStep, hashRecoveryCode } from "../../auth/second-factor.ts";
import type { AuthStatements } from "../../auth/sessions.ts";
import type { Services } from "../../services.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { noteFactor, type Person } from "./note-factor.ts";

type Proving = Pick<Services, "authDatabase" | "vault" | "clock">;

/**
 * Checks a code of the person's app, or a recovery code, and gives what takes it up, once, together with what it was
 * asked for; of a recovery code they are told then. Errors, of both: WRONG_CODE; TOO_MANY_REQUESTS after five wrong codes
 * of the app in a row, longer each time up to a quarter of an hour; recovery codes are taken all the same.
 */
export async function checkFactor(
  ctx: RequestContext,
  person: Person,
  code: string,
): Promise<(auth: AuthStatements) => Promise<void>> {
  const digits = appCodeOf(code);
  if (digits === undefined) {
    return async (auth) => {
      if (!(await auth.secondFactors.useRecoveryCode(person.id, hashRecoveryCode(code))))
        throw appError("WRONG_CODE");
      await noteFactor(ctx, auth, person, "recoveryCodeUsed");
    };
  }
  // That a code was tried stays, whatever comes of it: else tries could be had for nothing.
  const found = await tryCode(ctx.services, person.id, { digits, isConfirmed: true });
  if (!found) throw appError("WRONG_CODE");
  return async (auth) => {
    if (!(await auth.secondFactors.acceptStep(person.id, found.step))) throw appError("WRONG_CODE");
  };
}

/**
 * Counts a try at a code of the factor that is on, or of the seed that waits, and gives the step that it is right for
 * with that seed as it is stored; undefined when it is wrong or there is no such factor. Errors: TOO_MANY_REQUESTS.
 */
export async function tryCode(
  { authDatabase, vault, clock }: Proving,
  userId: string,
  { digits, isConfirmed }: { digits: string; isConfirmed: boolean },
): Promise<{ seed: Buffer; step: number } | undefined> {
  const tried = await authDatabase.secondFactors.try(userId, isConfirmed);
  if (!tried) return undefined;
  const { seed, waitSeconds } = tried;
  if (!seed) throw appError("TOO_MANY_REQUESTS", { retryAfterSeconds: Math.max(1, waitSeconds) });
  const step = findStep(await vault.open(seedPlace(userId), seed), digits, clock.nowMs());
  return step === undefined ? undefined : { seed, step };
}

/** Where a person's seed is sealed for. */
export function seedPlace(userId: string) {
  return { organizationId: null, table: "second_factors", row: userId, column: "seed" };
}
