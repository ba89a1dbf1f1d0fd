import { appError } from "@vitrine/core/model/errors";
import { describeSeed, hashRecoveryCode, makeRecoveryCodes, makeSeed } from "../../auth/second-factor.ts";
import { hashToken } from "../../auth/token-hash.ts";
import { changeAccount } from "../account/change-account.ts";
import { noteFactor } from "../account/note-factor.ts";
import { seedPlace, tryCode } from "../account/prove-factor.ts";
import { renewSession } from "../account/renew-session.ts";
import type { SignedIn } from "../account/signed-in.ts";

/** Makes a seed, which counts once a code of it was given. Gives it this once. Errors: SECOND_FACTOR_ON. */
export async function beginSecondFactor({ services, user }: SignedIn): Promise<{ key: string; uri: string }> {
  const seed = makeSeed();
  const sealed = await services.vault.seal(seedPlace(user.id), seed);
  if (!(await services.authDatabase.secondFactors.begin(user.id, sealed))) throw appError("SECOND_FACTOR_ON");
  return describeSeed(seed, user.email);
}

/**
 * Turns the second factor on by a first code of it: ends every other session, and gives this one a new secret. Errors: WRONG_CODE, also when nothing was begun, TOO_MANY_REQUESTS.
 */
export async function confirmSecondFactor(
  ctx: SignedIn,
  digits: string,
): Promise<{ recoveryCodes: string[]; token: string }> {
  const { services, user } = ctx;
  const found = await tryCode(services, user.id, { digits, isConfirmed: false });
  if (!found) throw appError("WRONG_CODE");
  const recoveryCodes = makeRecoveryCodes();
  const codeHashes = recoveryCodes.map(hashRecoveryCode);
  const renewed = await changeAccount(ctx, user.id, async (auth) => {
    if (!(await auth.secondFactors.confirm(user.id, { ...found, codeHashes }))) throw appError("WRONG_CODE");
    await auth.deleteSessionsOfUser(user.id, hashToken(ctx.requireSessionToken()));
    await noteFactor(ctx, auth, user, "secondFactorOn");
    return renewSession(ctx, auth);
  });
  ctx.setSessionCookie(renewed);
  return { recoveryCodes, token: renewed.token };
}

/** Makes new recovery codes in place of all former ones. Errors: NOT_FOUND without a second factor. */
export async function renewRecoveryCodes(ctx: SignedIn): Promise<string[]> {
  const { user } = ctx;
  const recoveryCodes = makeRecoveryCodes();
  const codeHashes = recoveryCodes.map(hashRecoveryCode);
  await changeAccount(ctx, user.id, async (auth) => {
    if (!(await auth.secondFactors.replaceRecoveryCodes(user.id, codeHashes))) throw appError("NOT_FOUND");
    await noteFactor(ctx, auth, user, "recoveryCodesRenewed");
  });
  return recoveryCodes;
}

/** Turns the second factor off. Errors: NOT_FOUND without one. */
export async function turnOffSecondFactor(ctx: SignedIn): Promise<void> {
  const { user } = ctx;
  await changeAccount(ctx, user.id, async (auth) => {
    if (!(await auth.secondFactors.remove(user.id))) throw appError("NOT_FOUND");
    await noteFactor(ctx, auth, user, "secondFactorOff");
  });
}
