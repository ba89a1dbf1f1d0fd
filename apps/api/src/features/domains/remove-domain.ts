import { appError } from "@vitrine/core/model/errors";
import { domains } from "@vitrine/db/schema";
import { and, eq, sql } from "drizzle-orm";
import { type CommandContext, runCommand } from "../../trpc/command.ts";

/** Lets go of a domain, trusted or not: it leads nowhere from now on. Errors: NOT_FOUND. */
export async function removeDomain(ctx: CommandContext, domain: string): Promise<void> {
  const { organizationId } = ctx.scope;
  await runCommand(ctx, async (tx, record) => {
    const [gone] = await tx
      .delete(domains)
      .where(and(eq(domains.organizationId, organizationId), eq(domains.domain, domain)))
      .returning({ verifiedAt: domains.verifiedAt });
    if (!gone) throw appError("NOT_FOUND");
    await tx.execute(sql`select app.release_domain(${domain})`);
    const before = { domain, isVerified: gone.verifiedAt !== null };
    record.audit({ action: "domains.remove", subject: "organization", subjectId: organizationId, before });
    record.changed("organization", [organizationId], "updated");
  });
  ctx.services.hosts.forget();
}
