import { appError, invalidInput } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { memberships, organizations } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { and, eq, isNotNull } from "drizzle-orm";
import type { Actor } from "../../auth/principal.ts";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { editedBy } from "../edited-by.ts";
import { actHere } from "./act-here.ts";

/**
 * Switches the organization off, so that it can be undone by `restoreOrganization`: nobody acts in it, its keys and
 * invitations are refused, and its screens play on what they have. Errors: INVALID_INPUT for another name than its own.
 */
export async function removeOrganization(ctx: CommandContext, name: string): Promise<void> {
  const { organizationId } = ctx.scope;
  await runCommand(ctx, async (tx, record) => {
    const [removed] = await tx
      .update(organizations)
      .set({ isActive: false, removedAt: ctx.services.clock.now(), ...editedBy(ctx) })
      .where(and(eq(organizations.organizationId, organizationId), eq(organizations.isActive, true)))
      .returning({ name: organizations.name });
    if (!removed) throw appError("NOT_FOUND");
    if (removed.name !== name) throw invalidInput("name", "This is not its name");
    record.audit({
      action: "organization.remove",
      subject: "organization",
      subjectId: organizationId,
      before: { name: removed.name },
    });
    record.changed("organization", [organizationId], "removed");
  });
  ctx.services.sessions.forgetOrganization(organizationId);
  ctx.services.hosts.forget();
}

/** Brings a removed organization back, by one of its owners, whose session acts there from then on. Errors: NOT_FOUND, also for who is not one. */
export async function restoreOrganization(
  ctx: RequestContext & { user: Extract<Actor, { kind: "user" }> },
  organizationId: string,
): Promise<void> {
  const scope = organizationScope(organizationId);
  await runCommand({ ...ctx, scope, actor: ctx.user }, async (tx, record) => {
    await requireOwner(tx, ctx.user.id);
    const [restored] = await tx
      .update(organizations)
      .set({ isActive: true, removedAt: null, ...editedBy({ ...ctx, scope, actor: ctx.user }) })
      .where(
        and(
          eq(organizations.organizationId, organizationId),
          eq(organizations.isActive, false),
          isNotNull(organizations.removedAt),
        ),
      )
      .returning({ name: organizations.name });
    if (!restored) throw appError("NOT_FOUND");
    record.audit({
      action: "organization.restore",
      subject: "organization",
      subjectId: organizationId,
      after: { name: restored.name },
    });
    record.changed("organization", [organizationId], "restored");
    await actHere(tx, ctx);
  });
  ctx.services.sessions.forget(ctx.user.id);
  ctx.services.hosts.forget();
}

async function requireOwner(tx: OrganizationTransaction, userId: string): Promise<void> {
  const found = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, tx.scope.organizationId),
        eq(memberships.userId, userId),
        eq(memberships.role, "owner"),
        eq(memberships.isActive, true),
      ),
    );
  if (found.length === 0) throw appError("NOT_FOUND");
}
