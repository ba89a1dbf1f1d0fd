import { appError } from "@vitrine/core/model/errors";
import type { OwnLimits, PlanName } from "@vitrine/core/model/plan";
import type { Database } from "@vitrine/db/database";
import { organizations } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { eq } from "drizzle-orm";
import type { NewId } from "../../platform/clock.ts";
import { runCommand } from "../../trpc/command.ts";

export type PlanChange = {
  organizationId: string;
  plan: PlanName;
  /** What was agreed beside the plan, in place of what was agreed before. */
  ownLimits: OwnLimits;
};

/**
 * Gives an organization a plan. What it has beyond its limits stays; nothing is added to it until there is room. Only
 * for whoever runs the server: no procedure calls this. Errors: NOT_FOUND.
 */
export async function setPlan(
  services: { database: Database; newId: NewId },
  { organizationId, plan, ownLimits }: PlanChange,
): Promise<void> {
  const scope = organizationScope(organizationId);
  const actor = { kind: "system" as const, id: null, name: "npm run plan" };
  await runCommand({ services, scope, actor, requestId: "", remoteAddress: "" }, async (tx, record) => {
    const own = eq(organizations.organizationId, organizationId);
    const [before] = await tx
      .select({ plan: organizations.plan, ownLimits: organizations.ownLimits })
      .from(organizations)
      .where(own)
      .for("update");
    if (!before) throw appError("NOT_FOUND");
    // How near to the former limits it came says nothing of these.
    await tx.update(organizations).set({ plan, ownLimits, planNotices: {} }).where(own);
    record.audit({
      action: "organization.setPlan",
      subject: "organization",
      subjectId: organizationId,
      before,
      after: { plan, ownLimits },
    });
    record.changed("organization", [organizationId], "plan");
  });
}
