import type { OwnSession } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import { hashToken } from "../../auth/token-hash.ts";
import { readUserAgent } from "../../platform/user-agent.ts";
import { changeAccount } from "./change-account.ts";
import type { SignedIn } from "./signed-in.ts";
import { traceOf } from "./trace.ts";

/** Where the person is signed in, the last used first. */
export async function listOwnSessions({ services, user }: SignedIn): Promise<OwnSession[]> {
  const sessions = await services.sessions.list(user.id);
  return sessions.map(({ id, userAgent, remoteAddress, createdAt, lastSeenAt }) => ({
    id,
    isThis: id === user.sessionId,
    ...readUserAgent(userAgent ?? ""),
    remoteAddress: remoteAddress ?? "",
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }));
}

/** Ends one of the person's sessions at once. Errors: NOT_FOUND. */
export async function revokeSession(ctx: SignedIn, id: string): Promise<void> {
  const { user } = ctx;
  await changeAccount(ctx, user.id, async (auth) => {
    if (!(await auth.deleteSessionById(user.id, id))) throw appError("NOT_FOUND");
    await auth.noteAccountEvent(user.id, traceOf(ctx, "sessionRevoked"));
  });
}

/** Ends all of the person's sessions but the one that asks; says how many. */
export async function revokeOtherSessions(ctx: SignedIn): Promise<number> {
  const { user } = ctx;
  return changeAccount(ctx, user.id, async (auth) => {
    const count = await auth.deleteSessionsOfUser(user.id, hashToken(ctx.requireSessionToken()));
    if (count > 0) await auth.noteAccountEvent(user.id, traceOf(ctx, "sessionsRevoked"));
    return count;
  });
}
