import type { AuditAction } from "@vitrine/core/audit/actions";
import type { BusinessName } from "@vitrine/core/model/business";
import { appError, invalidInput } from "@vitrine/core/model/errors";
import type { ExtraGrant, setBusinessesInput, setExtraInput } from "@vitrine/core/model/member";
import type { Grant, Role } from "@vitrine/core/model/permissions";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { memberGrants, memberships } from "@vitrine/db/schema";
import { and, eq, or } from "drizzle-orm";
import type * as z from "zod";
import type { PrincipalOrganization } from "../../auth/principal.ts";
import { type CommandContext, type Recorder, runCommand } from "../../trpc/command.ts";
import type { MaybeDangerous } from "../../trpc/procedures.ts";
import { personOf } from "../edited-by.ts";
import { notifyRunning } from "../notifications/notify.ts";
import { takeRoomInPlan } from "../plan/room.ts";
import { EXTRA } from "./extra.ts";
import { LIMIT_OF_MEMBER, takeBusinesses, writeLimit } from "./limits.ts";
import { requireSteppedUpFor, requireWithinOwn } from "./role-bounds.ts";

type MemberContext = CommandContext & { organization: PrincipalOrganization };
type Membership = {
  userId: string;
  role: Role;
  isActive: boolean;
  extra: ExtraGrant[];
  businesses: BusinessName[] | null;
};

/**
 * Says what a member may do beyond their role. Errors: NOT_FOUND, INVALID_INPUT for an end that is past,
 * PERMISSION_MISSING for what the caller lacks, be it given or taken back, and for what runs the organization
 * STEP_UP_REQUIRED, PEOPLE_ONLY.
 */
export async function setExtra(
  ctx: MemberContext & MaybeDangerous,
  { userId, extra }: z.infer<typeof setExtraInput>,
): Promise<void> {
  const { organizationId } = ctx.scope;
  const given = extra.map(({ grant }) => grant);
  requireSteppedUpFor(ctx, "viewer", given);
  const now = ctx.services.clock.now();
  const past = extra.findIndex(({ expiresAt }) => expiresAt !== null && new Date(expiresAt) <= now);
  if (past >= 0) throw invalidInput(`extra.${past}.expiresAt`, "Choose an end that is to come");
  await runCommand(ctx, async (tx, record) => {
    const member = (await lockMembers(tx, userId)).find((one) => one.userId === userId && one.isActive);
    if (!member) throw appError("NOT_FOUND");
    requireWithinOwn(ctx.organization, member.role, [...grantsOf(member), ...given]);
    const own = and(eq(memberGrants.organizationId, organizationId), eq(memberGrants.userId, userId));
    const before = await tx
      .delete(memberGrants)
      .where(own)
      .returning({ grant: memberGrants.grant, expiresAt: memberGrants.expiresAt });
    const givenBy = personOf(ctx);
    const rows = extra.map(({ grant, expiresAt }) => ({
      organizationId,
      userId,
      grant,
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
      givenBy,
      createdAt: now,
    }));
    if (rows.length > 0) await tx.insert(memberGrants).values(rows);
    record.audit({
      action: "members.setExtra",
      subject: "member",
      subjectId: userId,
      before: { extra: before.map((one) => ({ ...one, expiresAt: one.expiresAt?.toISOString() ?? null })) },
      after: { extra },
    });
    record.changed("member", [userId], "members.setExtra");
  });
  ctx.services.sessions.forget(userId);
}

/**
 * Limits a member to businesses, or (null) ends that; in force at once. Errors: NOT_FOUND, also for a business,
 * PERMISSION_MISSING for who may do more than the caller, OWNER_NOT_LIMITED; STEP_UP_REQUIRED, PEOPLE_ONLY for ending it.
 */
export async function setBusinesses(
  ctx: MemberContext & MaybeDangerous,
  { userId, businessIds }: z.infer<typeof setBusinessesInput>,
): Promise<void> {
  if (businessIds === null) ctx.requireSteppedUp();
  await runCommand(ctx, async (tx, record) => {
    const member = (await lockMembers(tx, userId)).find((one) => one.userId === userId && one.isActive);
    if (!member) throw appError("NOT_FOUND");
    requireWithinOwn(ctx.organization, member.role, grantsOf(member));
    if (businessIds !== null && member.role === "owner") throw appError("OWNER_NOT_LIMITED");
    const after = businessIds && (await takeBusinesses(tx, businessIds));
    await writeLimit(tx, userId, businessIds);
    const names = (list: BusinessName[] | null) => list?.map(({ name }) => name).toSorted();
    record.audit({
      action: "members.setBusinesses",
      subject: "member",
      subjectId: userId,
      before: { businesses: names(member.businesses) },
      after: { businesses: names(after) },
    });
    record.changed("member", [userId], "members.setBusinesses");
  });
  ctx.services.sessions.forget(userId);
}

/**
 * Gives a member another role. Errors: NOT_FOUND, OWNER_NOT_LIMITED for an owner to be who is limited to businesses, PERMISSION_MISSING for roles beyond one's own, LAST_OWNER, and for
 * roles that run the organization STEP_UP_REQUIRED, PEOPLE_ONLY.
 */
export async function setRole(
  ctx: MemberContext & MaybeDangerous,
  userId: string,
  role: Role,
): Promise<void> {
  requireWithinOwn(ctx.organization, role);
  requireSteppedUpFor(ctx, role);
  await change(ctx, userId, (member) => {
    requireWithinOwn(ctx.organization, member.role, grantsOf(member));
    if (role === "owner" && member.businesses !== null) throw appError("OWNER_NOT_LIMITED");
    return { action: "members.setRole", to: { role } };
  });
}

/** Ends a membership, at once and so that it can be undone. Errors: NOT_FOUND, PERMISSION_MISSING, LAST_OWNER. */
export async function removeMember(ctx: MemberContext, userId: string): Promise<void> {
  await change(ctx, userId, (member) => {
    requireWithinOwn(ctx.organization, member.role, grantsOf(member));
    return { action: "members.remove", to: { isActive: false } };
  });
}

/** Ends one's own membership. Errors: LAST_OWNER. */
export async function leaveOrganization(ctx: CommandContext, userId: string): Promise<void> {
  await change(ctx, userId, () => ({ action: "members.leave", to: { isActive: false } }));
}

/** Undoes a removal: the person is again what they were. Errors: NOT_FOUND, and those of giving them that role. */
export async function restoreMember(ctx: MemberContext & MaybeDangerous, userId: string): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const member = (await lockMembers(tx, userId)).find((one) => one.userId === userId);
    if (!member || member.isActive) throw appError("NOT_FOUND");
    requireWithinOwn(ctx.organization, member.role, grantsOf(member));
    requireSteppedUpFor(ctx, member.role, grantsOf(member));
    await write(tx, record, member, { isActive: true }, "members.restore");
    await takeRoomInPlan(tx, "people", 1);
  });
  ctx.services.sessions.forget(userId);
}

/**
 * Makes a member an owner and the caller an admin, both or neither. Errors: NOT_FOUND, also for oneself, and
 * OWNER_NOT_LIMITED for who is limited to businesses.
 */
export async function handOver(ctx: CommandContext, toUserId: string): Promise<void> {
  const fromUserId = ctx.actor.kind === "user" ? ctx.actor.id : null;
  await runCommand(ctx, async (tx, record) => {
    const members = (await lockMembers(tx, toUserId)).filter(({ isActive }) => isActive);
    const to = members.find(({ userId }) => userId === toUserId);
    const from = members.find(({ userId, role }) => userId === fromUserId && role === "owner");
    if (!to || !from || to === from) throw appError("NOT_FOUND");
    if (to.businesses !== null) throw appError("OWNER_NOT_LIMITED");
    await write(tx, record, to, { role: "owner" }, "members.handOver");
    await write(tx, record, from, { role: "admin" }, "members.handOver");
  });
  for (const userId of [toUserId, fromUserId]) if (userId !== null) ctx.services.sessions.forget(userId);
}

function grantsOf({ extra }: Membership): Grant[] {
  return extra.map(({ grant }) => grant);
}

type Change = { action: AuditAction; to: Partial<Pick<Membership, "role" | "isActive">> };

async function change(
  ctx: CommandContext,
  userId: string,
  decide: (member: Membership) => Change,
): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const members = await lockMembers(tx, userId);
    const member = members.find((one) => one.userId === userId && one.isActive);
    if (!member) throw appError("NOT_FOUND");
    const { action, to } = decide(member);
    const isOwner = (one: Membership) => one.isActive && one.role === "owner";
    const others = members.filter((one) => one !== member);
    if (isOwner(member) && ![...others, { ...member, ...to }].some(isOwner)) throw appError("LAST_OWNER");
    await write(tx, record, member, to, action);
    if (to.isActive === false) await notifyLeft(ctx, tx, userId);
  });
  ctx.services.sessions.forget(userId);
  ctx.services.queue.wake("send-mail");
}

function notifyLeft(ctx: CommandContext, tx: OrganizationTransaction, memberId: string): Promise<void> {
  const doneBy = personOf(ctx);
  const removedBy = doneBy === memberId ? null : ctx.actor.name;
  return notifyRunning(tx, { kind: "memberLeft", memberId, removedBy }, doneBy);
}

/** The member and all owners, in one order: of two who change them at a time, one waits for the other. */
function lockMembers(tx: OrganizationTransaction, userId: string): Promise<Membership[]> {
  const { organizationId } = tx.scope;
  return tx
    .select({
      userId: memberships.userId,
      role: memberships.role,
      isActive: memberships.isActive,
      extra: EXTRA,
      businesses: LIMIT_OF_MEMBER,
    })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        or(
          eq(memberships.userId, userId),
          and(eq(memberships.role, "owner"), eq(memberships.isActive, true)),
        ),
      ),
    )
    .orderBy(memberships.userId)
    .for("update");
}

async function write(
  tx: OrganizationTransaction,
  record: Recorder,
  { userId, role, isActive }: Membership,
  to: Change["to"],
  action: AuditAction,
): Promise<void> {
  await tx
    .update(memberships)
    .set(to)
    .where(and(eq(memberships.organizationId, tx.scope.organizationId), eq(memberships.userId, userId)));
  const before = { role, isActive };
  record.audit({ action, subject: "member", subjectId: userId, before, after: { ...before, ...to } });
  record.changed("member", [userId], action);
}
