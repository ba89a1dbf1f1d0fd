import type { changePasswordInput } from "@vitrine/core/model/account";
import type * as z from "zod";
import { hashToken } from "../../auth/token-hash.ts";
import { changeAccount } from "./change-account.ts";
import { renewSession } from "./renew-session.ts";
import { requirePassword } from "./require-password.ts";
import type { SignedIn } from "./signed-in.ts";
import { askedBy, traceOf } from "./trace.ts";

/**
 * Sets a new password, ends every other session and every link, and gives this session a new secret, so that no stolen
 * cookie outlives the change. Errors: WRONG_PASSWORD, PASSWORD_UNSAFE, TOO_MANY_REQUESTS. Returns the session's secret token.
 */
export async function changePassword(
  ctx: SignedIn,
  input: z.infer<typeof changePasswordInput>,
): Promise<string> {
  const { services, user } = ctx;
  await requirePassword(ctx, input.currentPassword);
  const notice = { kind: "notice", notice: "passwordChanged", to: user.email, name: user.name } as const;
  const change = {
    userId: user.id,
    passwordHash: await services.passwords.hash(input.newPassword, user),
    exceptTokenHash: hashToken(ctx.requireSessionToken()),
    trace: traceOf(ctx, "passwordChanged", { mails: [{ ...notice, ...askedBy(ctx) }] }),
  };
  const renewed = await changeAccount(ctx, user.id, async (auth) => {
    await auth.setPassword(change);
    return renewSession(ctx, auth);
  });
  ctx.setSessionCookie(renewed);
  return renewed.token;
}
