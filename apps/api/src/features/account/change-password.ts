import type { changePasswordInput } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import type * as z from "zod";
import type { Actor } from "../../auth/principal.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { openSession } from "./sign-up.ts";

type SignedIn = RequestContext & {
  user: Extract<Actor, { kind: "user" }>;
  organization: { id: string } | null;
};

/**
 * Sets a new password, ends every session of the person, and opens a new one here, so that no stolen cookie
 * outlives the change. Errors: WRONG_PASSWORD.
 */
export async function changePassword(
  ctx: SignedIn,
  input: z.infer<typeof changePasswordInput>,
): Promise<string> {
  const { services, user } = ctx;
  services.rateLimits.take("change-password", user.id, { limit: 10, windowMs: 600_000 });
  const stored = await services.authDatabase.findUserByEmail(user.email);
  if (!(await services.passwords.matches(input.currentPassword, stored?.passwordHash)))
    throw appError("WRONG_PASSWORD");
  const passwordHash = await services.passwords.hash(input.newPassword);
  await services.authDatabase.setPassword(user.id, passwordHash);
  await services.sessions.closeAll(user.id);
  return openSession(ctx, user.id, ctx.organization?.id ?? null);
}
