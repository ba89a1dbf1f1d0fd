import type { OwnSession } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import { readUserAgent } from "../../platform/user-agent.ts";
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
  const { services, user } = ctx;
  if (!(await services.sessions.revoke(user.id, id))) throw appError("NOT_FOUND");
  await services.authDatabase.noteAccountEvent(user.id, traceOf(ctx, "sessionRevoked"));
}

/** Ends all of the person's sessions but the one that asks; says how many. */
export async function revokeOtherSessions(ctx: SignedIn): Promise<number> {
  const { services, user } = ctx;
  const count = await services.sessions.closeOthers(user.id, ctx.requireSessionToken());
  if (count > 0) await services.authDatabase.noteAccountEvent(user.id, traceOf(ctx, "sessionsRevoked"));
  return count;
}
