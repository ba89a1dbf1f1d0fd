import { appError } from "@vitrine/core/model/errors";
import type { AuthStatements, SessionSecret } from "../../auth/sessions.ts";
import { hashToken, makeToken } from "../../auth/token-hash.ts";
import type { RequestContext } from "../../trpc/context.ts";

/**
 * Gives this request's session a new secret, as whenever it may do more from now on; notes where the person was just
 * asked. Its browser gets the cookie of it once that is committed. Errors: NOT_SIGNED_IN.
 */
export async function renewSession(
  ctx: RequestContext,
  auth: AuthStatements,
  { isSteppedUp = false } = {},
): Promise<SessionSecret> {
  const token = makeToken();
  const hashes = { tokenHash: hashToken(ctx.requireSessionToken()), newTokenHash: hashToken(token) };
  const expiresAt = await auth.renewSession({ ...hashes, isSteppedUp });
  if (!expiresAt) throw appError("NOT_SIGNED_IN");
  return { token, expiresAt };
}
