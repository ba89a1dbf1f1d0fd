import { appError } from "@vitrine/core/model/errors";
import type { OpenedInvitation } from "@vitrine/core/model/member";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { invitations, memberships } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { and, eq, sql } from "drizzle-orm";
import { requireInvitation } from "../../auth/invitation-tokens.ts";
import type { Actor } from "../../auth/principal.ts";
import { type CommandContext, type Recorder, runCommand } from "../../trpc/command.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { admit, writeFirstEntry } from "../account/open-session.ts";
import { writeLimit } from "../members/limits.ts";
import { notifyInviter } from "../notifications/notify.ts";
import { actHere } from "../organization/act-here.ts";
import { requireAllowedEmails } from "../organization/email-domains.ts";
import { takeRoomInPlan } from "../plan/room.ts";
import { businessesOf } from "./invite.ts";
import { IS_OPEN } from "./queries.ts";

/** What the holder of a token is told. Errors: INVITATION_INVALID, TOO_MANY_REQUESTS. */
export async function openInvitation(ctx: RequestContext, token: string): Promise<OpenedInvitation> {
  const found = await find(ctx, token);
  const { organizationName, invitedByName, email, role, expiresAt, hasAccount } = found;
  return { organizationName, invitedByName, email, role, expiresAt: expiresAt.toISOString(), hasAccount };
}

/**
 * Makes the signed-in person a member, whose session acts there from then on. Errors: INVITATION_INVALID,
 * INVITATION_FOR_ANOTHER, EMAIL_DOMAIN_REFUSED, TOO_MANY_REQUESTS.
 */
export async function acceptInvitation(
  ctx: RequestContext & { user: Extract<Actor, { kind: "user" }> },
  token: string,
): Promise<void> {
  const found = await find(ctx, token);
  if (ctx.user.email !== found.email) throw appError("INVITATION_FOR_ANOTHER", { email: found.email });
  await runCommand(
    { ...ctx, scope: organizationScope(found.organizationId), actor: ctx.user },
    async (tx, record) => {
      await join(ctx.services, tx, record, found, ctx.user.id);
      if (isMailed(found)) await tx.execute(sql`select app.verify_member(${ctx.user.id}, ${found.email})`);
      await actHere(tx, ctx);
    },
  );
  ctx.services.queue.wake("send-mail");
  ctx.services.sessions.forget(ctx.user.id);
}

/**
 * Makes a person and their membership and signs them in, all of it or nothing; returns the session's secret token.
 * Errors: INVITATION_INVALID, EMAIL_TAKEN for who has an account and signs in instead, PASSWORD_UNSAFE,
 * EMAIL_DOMAIN_REFUSED, TOO_MANY_REQUESTS.
 */
export async function acceptAsNew(
  ctx: RequestContext,
  { token, name, password }: { token: string; name: string; password: string },
): Promise<string> {
  const { services } = ctx;
  const found = await find(ctx, token);
  if (found.hasAccount) throw appError("EMAIL_TAKEN");
  const passwordHash = await services.passwords.hash(password, { name, email: found.email });
  const userId = services.newId();
  const actor = { kind: "newcomer" as const, id: userId, name };
  const scope = organizationScope(found.organizationId);
  const entry = await runCommand({ ...ctx, scope, actor }, async (tx, record) => {
    await tx.execute(sql`select app.register_user(${userId}, ${found.email}, ${name}, ${passwordHash})`);
    await join(services, tx, record, found, userId);
    return writeFirstEntry(ctx, tx, { userId, isVerified: isMailed(found) });
  });
  services.queue.wake("send-mail");
  return admit(ctx, entry);
}

type Found = Awaited<ReturnType<typeof requireInvitation>>;

function find(ctx: RequestContext, token: string): Promise<Found> {
  ctx.services.rateLimits.take("invitation", ctx.remoteAddress, { limit: 60, windowMs: 600_000 });
  return requireInvitation(ctx.services, token);
}

/** Who took up what came to the address has shown that it is theirs. */
function isMailed({ way }: Found): boolean {
  return way === "mailed";
}

/** Takes the invitation up, once; who belongs to the organization already keeps the role and the limit they have. */
async function join(
  { clock }: CommandContext["services"],
  tx: OrganizationTransaction,
  record: Recorder,
  { organizationId, id, issue, role, email }: Found,
  userId: string,
): Promise<void> {
  const now = clock.now();
  const taken = await tx
    .update(invitations)
    .set({ acceptedAt: now, acceptedBy: userId })
    .where(
      and(
        eq(invitations.organizationId, organizationId),
        eq(invitations.id, id),
        eq(invitations.issue, issue),
        IS_OPEN,
      ),
    )
    .returning({ invitedBy: invitations.invitedBy, isLimited: invitations.isLimited });
  const invitation = taken[0];
  if (!invitation) throw appError("INVITATION_INVALID");
  await requireAllowedEmails(tx, [email]);
  const fresh = {
    role,
    isLimited: invitation.isLimited,
    isActive: true,
    invitedBy: invitation.invitedBy,
    joinedAt: now,
  };
  const joined = await tx
    .insert(memberships)
    .values({ organizationId, userId, ...fresh })
    .onConflictDoUpdate({
      target: [memberships.organizationId, memberships.userId],
      set: fresh,
      setWhere: eq(memberships.isActive, false),
    })
    .returning({ userId: memberships.userId });
  if (joined.length > 0) {
    await takeRoomInPlan(tx, "people", 1);
    await writeLimit(tx, userId, invitation.isLimited ? await businessesOf(tx, id) : null);
    const { invitedBy } = invitation;
    if (invitedBy !== null)
      await notifyInviter(tx, invitedBy, { kind: "invitationAccepted", memberId: userId });
  }
  record.audit({
    action: "invitations.accept",
    subject: "member",
    subjectId: userId,
    after: { email, role },
  });
  record.changed("invitation", [id], "accepted");
  record.changed("member", [userId], "joined");
}
