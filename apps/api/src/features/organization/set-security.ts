import { appError } from "@vitrine/core/model/errors";
import type { setSecurityInput } from "@vitrine/core/model/organization";
import { organizations } from "@vitrine/db/schema";
import { eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { editedBy } from "../edited-by.ts";

/**
 * Says whose addresses may belong to the organization, and how long sessions may act in it, each from the next call on.
 * Members whose address it takes no more stay; sessions that are too old sign in again.
 */
export async function setSecurity(
  ctx: CommandContext,
  input: z.infer<typeof setSecurityInput>,
): Promise<void> {
  const { organizationId } = ctx.scope;
  await runCommand(ctx, async (tx, record) => {
    const [before] = await tx
      .select({
        allowedEmailDomains: organizations.allowedEmailDomains,
        sessionIdleMinutes: organizations.sessionIdleMinutes,
        sessionHours: organizations.sessionHours,
      })
      .from(organizations)
      .where(eq(organizations.organizationId, organizationId))
      .for("update");
    if (!before) throw appError("NOT_FOUND");
    const { sessionIdleMinutes, sessionHours } = input;
    const after = {
      allowedEmailDomains: input.allowedEmailDomains ?? before.allowedEmailDomains,
      sessionIdleMinutes: sessionIdleMinutes === undefined ? before.sessionIdleMinutes : sessionIdleMinutes,
      sessionHours: sessionHours === undefined ? before.sessionHours : sessionHours,
    };
    await tx
      .update(organizations)
      .set({ ...after, ...editedBy(ctx) })
      .where(eq(organizations.organizationId, organizationId));
    record.audit({
      action: "organization.setSecurity",
      subject: "organization",
      subjectId: organizationId,
      before,
      after,
    });
    record.changed("organization", [organizationId], "updated");
  });
  ctx.services.sessions.forgetOrganization(organizationId);
}
