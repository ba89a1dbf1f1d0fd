import type { AuditCheck } from "@vitrine/core/model/audit";
import { appError } from "@vitrine/core/model/errors";
import { auditChecks } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { and, desc, eq, gt } from "drizzle-orm";
import * as z from "zod";
import { anchorsOf } from "../../audit/anchors-of.ts";
import { verifyOrganization } from "../../audit/verify-organization.ts";
import { enqueueJob, type QueuedJob } from "../../platform/queue.ts";
import type { Services } from "../../services.ts";
import { type CommandContext, runCommand } from "../../trpc/command.ts";

/** A verification that has not ended after this long never will: another may be asked for. */
const PATIENCE_MS = 15 * 60_000;
const RATE = { limit: 30, windowMs: 3_600_000 };

/** Has the chain verified in the background, or gives the verification that is under way. Errors: TOO_MANY_REQUESTS. */
export async function startCheck(ctx: CommandContext): Promise<AuditCheck> {
  const { clock, newId, rateLimits, queue } = ctx.services;
  rateLimits.take("audit-verify", ctx.scope.organizationId, RATE);
  const check = await runCommand(ctx, async (tx, record) => {
    const { organizationId } = tx.scope;
    const [latest] = await tx
      .select()
      .from(auditChecks)
      .where(
        and(
          eq(auditChecks.organizationId, organizationId),
          gt(auditChecks.startedAt, new Date(clock.nowMs() - PATIENCE_MS)),
        ),
      )
      .orderBy(desc(auditChecks.startedAt), desc(auditChecks.id))
      .limit(1);
    const isUnderWay = latest?.state === "waiting" || latest?.state === "running";
    const id = isUnderWay ? latest.id : newId();
    record.audit({ action: "audit.verify", subject: "audit", subjectId: id });
    if (isUnderWay) return latest;
    const [made] = await tx
      .insert(auditChecks)
      .values({ organizationId, id, startedAt: clock.now(), startedByName: ctx.actor.name })
      .returning();
    if (!made) throw appError("INTERNAL");
    await enqueueJob(tx, "verify-audit", { checkId: id });
    return made;
  });
  queue.wake("verify-audit");
  return toCheck(check);
}

const jobData = z.object({ organizationId: z.uuid(), checkId: z.uuid() });

/** Verifies a chain for a check and notes what was found; that it could not be, once no further try follows. */
export async function performCheck(services: Services, job: QueuedJob): Promise<void> {
  const { organizationId, checkId } = jobData.parse(job.data);
  const { database, jobsDatabase, auditAnchors, mac, clock } = services;
  const scope = organizationScope(organizationId);
  const note = (values: Partial<typeof auditChecks.$inferInsert>) =>
    database.batch(scope, (q) => [
      q
        .update(auditChecks)
        .set(values)
        .where(and(eq(auditChecks.organizationId, organizationId), eq(auditChecks.id, checkId))),
    ]);
  await note({ state: "running" });
  try {
    const { anchors, badLine } = await anchorsOf(auditAnchors.path, mac, organizationId);
    const { signal } = job;
    const { events, fault } = await verifyOrganization(jobsDatabase, { organizationId, anchors, signal });
    const found = fault ?? (badLine === null ? null : ({ kind: "anchors", line: badLine } as const));
    await note({
      state: "finished",
      finishedAt: clock.now(),
      events,
      anchors: anchors.length,
      fault: found,
    });
  } catch (error) {
    if (job.isLastTry) await note({ state: "failed", finishedAt: clock.now() });
    throw error;
  }
}

/** A verification as people see it. */
export function toCheck(row: typeof auditChecks.$inferSelect): AuditCheck {
  return {
    id: row.id,
    state: row.state,
    startedAt: row.startedAt.toISOString(),
    startedByName: row.startedByName,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    events: row.events,
    anchors: row.anchors,
    fault: row.fault,
  };
}
