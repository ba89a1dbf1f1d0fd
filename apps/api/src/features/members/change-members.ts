import type { AuditAction } from "@vitrine/core/audit/actions";
import { appError } from "@vitrine/core/model/errors";
import type { Role } from "@vitrine/core/model/permissions";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { memberships } from "@vitrine/db/schema";
import { and, eq, or } from "drizzle-orm";
import type { PrincipalOrganization } from "../../auth/principal.ts";
import { type CommandContext, type Recorder, runCommand } from "../../trpc/command.ts";
import type { MaybeDangerous } from "../../trpc/procedures.ts";
import { requireSteppedUpFor, requireWithinOwn } from "./role-bounds.ts";

type MemberContext = CommandContext & { organization: PrincipalOrganization };
type Membership = { userId: string; role: Role; isActive: boolean };

/**
 * Gives a member another role. Errors: NOT_FOUND, PERMISSION_MISSING for roles beyond one's own, LAST_OWNER, and for
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
    requireWithinOwn(ctx.organization, member.role);
    return { action: "members.setRole", to: { role } };
  });
}

/** Ends a membership, at once and so that it can be undone. Errors: NOT_FOUND, PERMISSION_MISSING, LAST_OWNER. */
export async function removeMember(ctx: MemberContext, userId: string): Promise<void> {
  await change(ctx, userId, (member) => {
    requireWithinOwn(ctx.organization, member.role);
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
    requireWithinOwn(ctx.organization, member.role);
    requireSteppedUpFor(ctx, member.role);
    await write(tx, record, member, { isActive: true }, "members.restore");
  });
  ctx.services.sessions.forget(userId);
}

/** Makes a member an owner and the caller an admin, both or neither. Errors: NOT_FOUND, also for oneself. */
export async function handOver(ctx: CommandContext, toUserId: string): Promise<void> {
  const fromUserId = ctx.actor.kind === "user" ? ctx.actor.id : null;
  await runCommand(ctx, async (tx, record) => {
    const members = (await lockMembers(tx, toUserId)).filter(({ isActive }) => isActive);
    const to = members.find(({ userId }) => userId === toUserId);
    const from = members.find(({ userId, role }) => userId === fromUserId && role === "owner");
    if (!to || !from || to === from) throw appError("NOT_FOUND");
    await write(tx, record, to, { role: "owner" }, "members.handOver");
    await write(tx, record, from, { role: "admin" }, "members.handOver");
  });
  for (const userId of [toUserId, fromUserId]) if (userId !== null) ctx.services.sessions.forget(userId);
}

type Change = { action: AuditAction; to: Partial<Omit<Membership, "userId">> };

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
  });
  ctx.services.sessions.forget(userId);
}

/** The member and all owners, in one order: of two who change them at a time, one waits for the other. */
function lockMembers(tx: OrganizationTransaction, userId: string): Promise<Membership[]> {
  const { organizationId } = tx.scope;
  return tx
    .select({ userId: memberships.userId, role: memberships.role, isActive: memberships.isActive })
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
  { userId, ...before }: Membership,
  to: Change["to"],
  action: AuditAction,
): Promise<void> {
  await tx
    .update(memberships)
    .set(to)
    .where(and(eq(memberships.organizationId, tx.scope.organizationId), eq(memberships.userId, userId)));
  record.audit({ action, subject: "member", subjectId: userId, before, after: { ...before, ...to } });
  record.changed("member", [userId], action);
}
