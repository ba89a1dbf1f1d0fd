import type { OrganizationTransaction } from "@vitrine/db/database";
import { sql } from "drizzle-orm";
import { makeBrowserToken } from "../../auth/browser-tokens.ts";
import type { AuthStatements, SessionSecret } from "../../auth/sessions.ts";
import { hashToken } from "../../auth/token-hash.ts";
import type { RequestContext } from "../../trpc/context.ts";
import type { Person } from "./note-factor.ts";
import { askedBy, traceOf } from "./trace.ts";

/** As long as browsers keep any cookie (RFC 6265bis, 5.5), from each sign-in on. */
const DEVICE_DAYS = 400;
/** A person's browsers that were signed in from longest ago are forgotten beyond this many. */
const MAX_DEVICES = 20;

/** What a browser gets the cookies of once it is committed that its person is let in. */
export type Entry = { session: SessionSecret; device: string };

/**
 * Lets somebody in who has shown who they are, by all that they have to show: opens a session for this request's
 * browser, remembers the browser, notes it, and tells the person when the browser is one that they never used, but for
 * the first of all. Together with what `before` takes up. Returns the secret token.
 */
export async function openSession(
  ctx: RequestContext,
  user: Person,
  before: (auth: AuthStatements) => Promise<void> = async () => {},
): Promise<string> {
  const { services } = ctx;
  const device = deviceOf(ctx);
  const notice = { kind: "notice", notice: "newDevice", to: user.email, name: user.name } as const;
  const session = await services.authDatabase.inTransaction(async (auth) => {
    await before(auth);
    const opened = await services.sessions.open(startOf(ctx, user.id, null), auth.createSession);
    const acquaintance = await auth.rememberDevice(user.id, hashToken(device), MAX_DEVICES);
    const mails = acquaintance === "new" ? [{ ...notice, ...askedBy(ctx) }] : [];
    await auth.noteAccountEvent(user.id, traceOf(ctx, "signedIn", { mails }));
    return opened;
  });
  services.queue.wake("send-mail");
  return admit(ctx, { session, device });
}

/** Writes the same of somebody whom this transaction registers, who acts in its organization; `admit` ends it. */
export async function writeFirstEntry(
  ctx: RequestContext,
  tx: OrganizationTransaction,
  { userId, isVerified }: { userId: string; isVerified: boolean },
): Promise<Entry> {
  const device = deviceOf(ctx);
  const trace = traceOf(ctx, "signedIn");
  const session = await ctx.services.sessions.open(
    startOf(ctx, userId, tx.scope.organizationId),
    async (row) => {
      await tx.execute(sql`select app.let_in(${userId}, ${JSON.stringify(row)}::text::jsonb, ${hashToken(device)},
        ${isVerified}, ${JSON.stringify(trace)}::text::jsonb)`);
    },
  );
  return { session, device };
}

/** Gives the browser its cookies; returns the session's secret token. */
export function admit(ctx: RequestContext, { session, device }: Entry): string {
  ctx.setSessionCookie(session);
  const expiresAt = new Date(ctx.services.clock.nowMs() + DEVICE_DAYS * 86_400_000);
  ctx.setDeviceCookie({ token: device, expiresAt });
  return session.token;
}

function deviceOf(ctx: RequestContext): string {
  return ctx.deviceToken() ?? makeBrowserToken(ctx.services.mac);
}

function startOf(
  { userAgent, remoteAddress }: RequestContext,
  userId: string,
  organizationId: string | null,
) {
  return { userId, organizationId, userAgent, remoteAddress };
}
