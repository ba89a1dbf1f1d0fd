import { appError } from "@vitrine/core/model/errors";
import { organizations } from "@vitrine/db/schema";
import { eq } from "drizzle-orm";
import { type CommandContext, runCommand } from "../../trpc/command.ts";

/**
 * Says whether members of the organization need a second factor, from their next call on. Errors:
 * SECOND_FACTOR_REQUIRED for a person who asks it of others and has none, who would be the first to be shut out.
 */
export async function requireSecondFactor(ctx: CommandContext, isRequired: boolean): Promise<void> {
  const { actor, services, scope } = ctx;
  const { organizationId } = scope;
  const hasOne = actor.kind === "user" && actor.hasSecondFactor;
  if (isRequired && !hasOne) throw appError("SECOND_FACTOR_REQUIRED");
  await runCommand(ctx, async (tx, record) => {
    const rows = await tx
      .select({ before: organizations.isSecondFactorRequired })
      .from(organizations)
      .where(eq(organizations.organizationId, organizationId))
      .for("update");
    await tx
      .update(organizations)
      .set({ isSecondFactorRequired: isRequired, updatedAt: services.clock.now(), updatedBy: actor.id })
      .where(eq(organizations.organizationId, organizationId));
    record.audit({
      action: "organization.requireSecondFactor",
      subject: "organization",
      subjectId: organizationId,
      before: { isSecondFactorRequired: rows[0]?.before ?? false },
      after: { isSecondFactorRequired: isRequired },
    });
    record.changed("organization", [organizationId], "updated");
  });
  services.sessions.forgetOrganization(organizationId);
}
