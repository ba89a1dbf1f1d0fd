import { appError } from "@vitrine/core/model/errors";
import { INVITATION_DAYS, type inviteInput, MAX_OPEN_INVITATIONS } from "@vitrine/core/model/member";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { invitationBusinesses, invitations, memberships } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, count, eq, sql } from "drizzle-orm";
import type * as z from "zod";
import { invitationUrl } from "../../auth/invitation-tokens.ts";
import type { PrincipalOrganization } from "../../auth/principal.ts";
import { enqueueJob } from "../../platform/queue.ts";
import type { CommandContext, Recorder } from "../../trpc/command.ts";
import { runCommand } from "../../trpc/command.ts";
import type { RequestContext } from "../../trpc/context.ts";
import type { MaybeDangerous } from "../../trpc/procedures.ts";
import { requireVerified } from "../account/require-verified.ts";
import { personOf } from "../edited-by.ts";
import { takeBusinesses } from "../members/limits.ts";
import { requireSteppedUpFor, requireWithinOwn } from "../members/role-bounds.ts";
import { requireAllowedEmails } from "../organization/email-domains.ts";
import { requireRoomInPlan } from "../plan/room.ts";
import { takeTurn } from "../take-turn.ts";
import { IS_OPEN } from "./queries.ts";

type Inviting = CommandContext &
  Pick<RequestContext, "findPublicOrigin" | "findMailOrigin"> & { organization: PrincipalOrganization };
type Invitation = typeof invitations.$inferSelect;

/** An organization's invitations go out at most this fast, whoever sends them. */
const RATE = { limit: 300, windowMs: 3_600_000 };
const DAY_MS = 86_400_000;

/**
 * Asks people to join as `role` and has each sent a message; who was asked already is asked anew. Gives the ids and,
 * apart, the addresses of those who belong to the organization. Errors: PERMISSION_MISSING for a role beyond one's
 * own, NOT_FOUND for a business, OWNER_NOT_LIMITED, EMAIL_UNVERIFIED, EMAIL_DOMAIN_REFUSED, HOST_UNKNOWN, TOO_MANY,
 * PLAN_LIMIT, TOO_MANY_REQUESTS, and for roles that run the organization STEP_UP_REQUIRED,
 * PEOPLE_ONLY.
 */
export async function invite(
  ctx: Inviting & MaybeDangerous,
  { emails, role, businessIds }: z.infer<typeof inviteInput>,
): Promise<{ ids: string[]; members: string[] }> {
  requireVerified(ctx.actor);
  requireWithinOwn(ctx.organization, role);
  if (role === "owner" && businessIds !== null) throw appError("OWNER_NOT_LIMITED");
  requireSteppedUpFor(ctx, role);
  takeRate(ctx, emails.length);
  const origin = await ctx.findMailOrigin();
  const done = await runCommand(ctx, async (tx, record) => {
    await takeTurn(tx, "invitations");
    await takeOpen(tx, emails);
    if (businessIds !== null) await takeBusinesses(tx, businessIds);
    const members = await membersAmong(tx, emails);
    const asked = emails.filter((email) => !members.includes(email));
    await requireAllowedEmails(tx, asked);
    await requireRoom(tx, asked);
    if (asked.length > 0) await requireRoomInPlan(tx, "people", await countOpen(tx, asked));
    await requireWithinOwnNow(ctx, tx, asked);
    const ids: string[] = [];
    for (const email of asked) ids.push(await ask(ctx, tx, record, { email, role, businessIds, origin }));
    return { ids, members };
  });
  ctx.services.queue.wake("send-mail");
  return done;
}

/** Sends an invitation anew, with another address and for its whole time. Errors: NOT_FOUND, PERMISSION_MISSING, EMAIL_UNVERIFIED. */
export async function resendInvitation(ctx: Inviting, id: string): Promise<void> {
  requireVerified(ctx.actor);
  takeRate(ctx, 1);
  const origin = await ctx.findMailOrigin();
  await runCommand(ctx, async (tx, record) => {
    const { email, role, isLimited } = await lockInvitation(ctx, tx, id);
    await requireAllowedEmails(tx, [email]);
    const businessIds = isLimited ? await businessesOf(tx, id) : null;
    await ask(ctx, tx, record, { email, role, businessIds, origin });
  });
  ctx.services.queue.wake("send-mail");
}

/** Takes an invitation back: its address opens nothing any more. Errors: NOT_FOUND, PERMISSION_MISSING. */
export async function withdrawInvitation(ctx: Inviting, id: string): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const { email, role } = await lockInvitation(ctx, tx, id);
    await tx.update(invitations).set({ withdrawnAt: ctx.services.clock.now() }).where(isIt(tx, id));
    const before = { email, role };
    record.audit({ action: "invitations.withdraw", subject: "invitation", subjectId: id, before });
    record.changed("invitation", [id], "withdrawn");
  });
}

/** The address that the message holds, to be handed over by other means. Errors: NOT_FOUND, PERMISSION_MISSING, EMAIL_UNVERIFIED. */
export async function linkInvitation(ctx: Inviting, id: string): Promise<{ url: string; expiresAt: string }> {
  requireVerified(ctx.actor);
  const origin = await ctx.findPublicOrigin();
  return runCommand(ctx, async (tx, record) => {
    const invitation = await lockInvitation(ctx, tx, id);
    if (invitation.expiresAt.getTime() <= ctx.services.clock.nowMs()) throw appError("INVITATION_INVALID");
    const after = { email: invitation.email };
    record.audit({ action: "invitations.link", subject: "invitation", subjectId: id, after });
    return {
      url: invitationUrl(ctx.services.mac, origin, invitation, "handed"),
      expiresAt: invitation.expiresAt.toISOString(),
    };
  });
}

/** Writes an invitation, or the next issue of the open one to this address, and has it sent. Returns its id. */
async function ask(
  ctx: Inviting,
  tx: OrganizationTransaction,
  record: Recorder,
  {
    email,
    role,
    businessIds,
    origin,
  }: Pick<Invitation, "email" | "role"> & { businessIds: string[] | null; origin: string },
): Promise<string> {
  const { clock, newId } = ctx.services;
  const fresh = {
    role,
    isLimited: businessIds !== null,
    invitedBy: personOf(ctx),
    expiresAt: new Date(clock.nowMs() + INVITATION_DAYS * DAY_MS),
    mail: "waiting" as const,
    mailFault: null,
  };
  const [written] = await tx
    .insert(invitations)
    .values({ organizationId: tx.scope.organizationId, id: newId(), email, createdAt: clock.now(), ...fresh })
    .onConflictDoUpdate({
      target: [invitations.organizationId, invitations.email],
      targetWhere: IS_OPEN,
      set: { ...fresh, issue: sql`${invitations.issue} + 1` },
    })
    .returning({ id: invitations.id, issue: invitations.issue });
  if (!written) throw appError("INTERNAL");
  const { id, issue } = written;
  await writeBusinesses(tx, id, businessIds ?? []);
  await enqueueJob(tx, "send-mail", { kind: "invitation", id, issue, origin });
  const action = issue === 1 ? "invitations.create" : "invitations.resend";
  record.audit({ action, subject: "invitation", subjectId: id, after: { email, role, businessIds } });
  record.changed("invitation", [id], issue === 1 ? "created" : "resent");
  return id;
}

async function writeBusinesses(tx: OrganizationTransaction, invitationId: string, ids: readonly string[]) {
  const { organizationId } = tx.scope;
  await tx.delete(invitationBusinesses).where(ofInvitation(tx, invitationId));
  const rows = ids.map((businessId) => ({ organizationId, invitationId, businessId }));
  if (rows.length > 0) await tx.insert(invitationBusinesses).values(rows);
}

/** The businesses that an invitation is limited to. */
export async function businessesOf(tx: OrganizationTransaction, invitationId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: invitationBusinesses.businessId })
    .from(invitationBusinesses)
    .where(ofInvitation(tx, invitationId));
  return rows.map(({ id }) => id);
}

function ofInvitation(tx: OrganizationTransaction, invitationId: string) {
  return and(
    eq(invitationBusinesses.organizationId, tx.scope.organizationId),
    eq(invitationBusinesses.invitationId, invitationId),
  );
}

/** Who has been asked to a role beyond one's own is not asked to another one in its place. */
async function requireWithinOwnNow(ctx: Inviting, tx: OrganizationTransaction, emails: readonly string[]) {
  const open = await tx.select({ role: invitations.role }).from(invitations).where(isOpenTo(tx, emails));
  for (const { role } of open) requireWithinOwn(ctx.organization, role);
}

/** An open invitation to a role within one's own. */
async function lockInvitation(ctx: Inviting, tx: OrganizationTransaction, id: string): Promise<Invitation> {
  const [invitation] = await tx
    .select()
    .from(invitations)
    .where(and(isIt(tx, id), IS_OPEN))
    .for("update");
  if (!invitation) throw appError("NOT_FOUND");
  requireWithinOwn(ctx.organization, invitation.role);
  return invitation;
}

function isOpenTo(tx: OrganizationTransaction, emails: readonly string[]) {
  return and(
    eq(invitations.organizationId, tx.scope.organizationId),
    IS_OPEN,
    isAnyOf(invitations.email, "text", emails),
  );
}

/** What is asked anew is taken before the organization's room, as by who accepts it meanwhile. */
async function takeOpen(tx: OrganizationTransaction, emails: readonly string[]): Promise<void> {
  await tx
    .select({ id: invitations.id })
    .from(invitations)
    .where(isOpenTo(tx, emails))
    .orderBy(invitations.email)
    .for("no key update");
}

async function requireRoom(tx: OrganizationTransaction, emails: readonly string[]): Promise<void> {
  const use = await countOpen(tx, emails);
  if (use > MAX_OPEN_INVITATIONS)
    throw appError("TOO_MANY", { what: "invitations", limit: MAX_OPEN_INVITATIONS, use });
}

/** How many are invited once these are. */
async function countOpen(tx: OrganizationTransaction, emails: readonly string[]): Promise<number> {
  const [open] = await tx
    .select({ others: count() })
    .from(invitations)
    .where(
      and(
        eq(invitations.organizationId, tx.scope.organizationId),
        IS_OPEN,
        sql`not ${isAnyOf(invitations.email, "text", emails)}`,
      ),
    );
  return (open?.others ?? 0) + emails.length;
}

async function membersAmong(tx: OrganizationTransaction, emails: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ email: sql<string>`people.email` })
    .from(memberships)
    .innerJoin(sql`app.list_people() people`, sql`people.user_id = ${memberships.userId}`)
    .where(
      and(
        eq(memberships.organizationId, tx.scope.organizationId),
        eq(memberships.isActive, true),
        isAnyOf(sql`people.email`, "text", emails),
      ),
    );
  return rows.map(({ email }) => email);
}

function isIt(tx: OrganizationTransaction, id: string) {
  return and(eq(invitations.organizationId, tx.scope.organizationId), eq(invitations.id, id));
}

function takeRate({ services, scope }: CommandContext, times: number): void {
  for (let time = 0; time < times; time += 1) services.rateLimits.take("invite", scope.organizationId, RATE);
}
