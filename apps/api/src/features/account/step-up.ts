import type { stepUpInput } from "@vitrine/core/model/account";
import { invalidInput } from "@vitrine/core/model/errors";
import type * as z from "zod";
import { proveFactor } from "./prove-factor.ts";
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
  if (factor?.confirmedAt) {
    if (code === undefined) throw invalidInput("code", "Enter the code of your app");
    await proveFactor(ctx, user, code);
  }
  return renewSession(ctx, { isSteppedUp: true });
}
