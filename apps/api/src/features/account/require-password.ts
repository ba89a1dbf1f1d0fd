import { appError } from "@vitrine/core/model/errors";
import type { SignedIn } from "./signed-in.ts";

/** Makes sure that whoever asks knows the present password. Errors: WRONG_PASSWORD, TOO_MANY_REQUESTS. */
export async function requirePassword({ services, user }: SignedIn, password: string): Promise<void> {
  services.rateLimits.take("own-password", user.id, { limit: 10, windowMs: 600_000 });
  using place = services.passwords.enter({ isPreferred: true });
  const stored = await services.authDatabase.findUser(user.id);
  if (!stored || !(await place.matches(password, stored.passwordHash))) throw appError("WRONG_PASSWORD");
}
