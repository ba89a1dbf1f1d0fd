import { appError } from "@vitrine/core/model/errors";
import { describeSeed, hashRecoveryCode, makeRecoveryCodes, makeSeed } from "../../auth/second-factor.ts";
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
  const recoveryCodes = makeRecoveryCodes();
  const codeHashes = recoveryCodes.map(hashRecoveryCode);
  const isOn =
    found && (await services.authDatabase.secondFactors.confirm(user.id, { ...found, codeHashes }));
  if (!isOn) throw appError("WRONG_CODE");
  await services.sessions.closeOthers(user.id, ctx.requireSessionToken());
  await noteFactor(ctx, user, "secondFactorOn");
  return { recoveryCodes, token: await renewSession(ctx) };
}

/** Makes new recovery codes in place of all former ones. Errors: NOT_FOUND without a second factor. */
export async function renewRecoveryCodes(ctx: SignedIn): Promise<string[]> {
  const { services, user } = ctx;
  const recoveryCodes = makeRecoveryCodes();
  const isDone = await services.authDatabase.secondFactors.replaceRecoveryCodes(
    user.id,
    recoveryCodes.map(hashRecoveryCode),
  );
  if (!isDone) throw appError("NOT_FOUND");
  await noteFactor(ctx, user, "recoveryCodesRenewed");
  return recoveryCodes;
}

/** Turns the second factor off. Errors: NOT_FOUND without one. */
export async function turnOffSecondFactor(ctx: SignedIn): Promise<void> {
  const { services, user } = ctx;
  if (!(await services.authDatabase.secondFactors.remove(user.id))) throw appError("NOT_FOUND");
  await noteFactor(ctx, user, "secondFactorOff");
  services.sessions.forget(user.id);
}
