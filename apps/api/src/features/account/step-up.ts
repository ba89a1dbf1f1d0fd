import type { stepUpInput } from "@vitrine/core/model/account";
import { invalidInput } from "@vitrine/core/model/errors";
import type * as z from "zod";
import { changeAccount } from "./change-account.ts";
import { checkFactor } from "./prove-factor.ts";
import { renewSession } from "./renew-session.ts";
import { requirePassword } from "./require-password.ts";
import type { SignedIn } from "./signed-in.ts";

/**
 * Takes password and second factor again, so that dangerous things can be done for some minutes, and gives the session a
 * new secret, which it returns. Errors: WRONG_PASSWORD, WRONG_CODE, TOO_MANY_REQUESTS.
 */
export async function stepUp(
  ctx: SignedIn,
  { password, code }: z.infer<typeof stepUpInput>,
): Promise<string> {
  const { services, user } = ctx;
  await requirePassword(ctx, password);
  const factor = await services.authDatabase.secondFactors.find(user.id);
  const takeUp = factor?.confirmedAt ? await checkFactor(ctx, user, required(code)) : undefined;
  const renewed = await changeAccount(ctx, user.id, async (auth) => {
    await takeUp?.(auth);
    return renewSession(ctx, auth, { isSteppedUp: true });
  });
  ctx.setSessionCookie(renewed);
  return renewed.token;
}

function required(code: string | undefined): string {
  if (code === undefined) throw invalidInput("code", "Enter the code of your app");
  return code;
}
