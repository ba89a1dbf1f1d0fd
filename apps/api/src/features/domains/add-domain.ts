import { randomUUID } from "node:crypto";
import { type DomainView, MAX_DOMAINS } from "@vitrine/core/model/domain";
import { appError, invalidInput } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { domains } from "@vitrine/db/schema";
import { and, count, eq, ne } from "drizzle-orm";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { personOf } from "../edited-by.ts";
import { takeTurn } from "../take-turn.ts";
import { toDomainView } from "./queries.ts";

/**
 * Says that a domain is the organization's, which counts for nothing until its record is found; who has said so already
 * keeps the record that they were given. Errors: TOO_MANY, INVALID_INPUT for one of whoever runs the server.
 */
export async function addDomain(ctx: CommandContext, domain: string): Promise<DomainView> {
  requireForeign(ctx, domain);
  return runCommand(ctx, async (tx, record) => {
    await requireRoom(tx, domain);
    const { organizationId } = ctx.scope;
    const [added] = await tx
      .insert(domains)
      .values({
        organizationId,
        domain,
        token: randomUUID(),
        createdBy: personOf(ctx),
        createdAt: ctx.services.clock.now(),
      })
      .onConflictDoNothing()
      .returning();
    if (added) {
      record.audit({
        action: "domains.add",
        subject: "organization",
        subjectId: organizationId,
        after: { domain },
      });
      record.changed("organization", [organizationId], "updated");
      return toDomainView(added);
    }
    const [known] = await tx
      .select()
      .from(domains)
      .where(and(eq(domains.organizationId, organizationId), eq(domains.domain, domain)));
    if (!known) throw appError("NOT_FOUND");
    return toDomainView(known);
  });
}

/** Of two who add at a time, one waits for the other: the limit is counted once. */
async function requireRoom(tx: OrganizationTransaction, domain: string): Promise<void> {
  const { organizationId } = tx.scope;
  await takeTurn(tx, "domains");
  const [{ use } = { use: 0 }] = await tx
    .select({ use: count() })
    .from(domains)
    .where(and(eq(domains.organizationId, organizationId), ne(domains.domain, domain)));
  if (use >= MAX_DOMAINS) throw appError("TOO_MANY", { what: "domains", limit: MAX_DOMAINS, use });
}

/** Sub-domains of ours are given by their short names, and our own addresses lead to everybody's. */
function requireForeign({ services: { config } }: CommandContext, domain: string): void {
  const own = [config.publicOrigin, config.contentOrigin].flatMap((origin) =>
    origin === undefined ? [] : [new URL(origin).hostname],
  );
  const { baseDomain } = config;
  const isUnderBase =
    baseDomain !== undefined && (domain === baseDomain || domain.endsWith(`.${baseDomain}`));
  if (isUnderBase || own.includes(domain) || domain.endsWith(".localhost"))
    throw invalidInput("domain", "This is an address of this server; enter a domain of your own");
}
