import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { domains } from "@vitrine/db/schema";
import { and, eq, sql } from "drizzle-orm";
import { type CommandContext, type Recorder, runCommand } from "../../trpc/command.ts";
import { notifyRunning } from "../notifications/notify.ts";
import { type DomainRow, endOfGrace, recordName, recordValue } from "./queries.ts";

/**
 * What became of a domain: its record is there and it leads to the organization, the record is there but it leads to
 * another, the record is not there, it was gone for so long that it is trusted no more, or nobody could say.
 */
export type DomainOutcome = "verified" | "taken" | "missing" | "lost" | "unreachable";

/**
 * Looks for a domain's record, notes what that comes to, and has those who run the organization told what they lose. The first to show a record has the domain; one that loses it
 * keeps it for the grace, and then it is anybody's who shows a record. Errors: NOT_FOUND.
 */
export async function checkDomain(ctx: CommandContext, domain: string): Promise<DomainOutcome> {
  const { database, txtRecords, hosts, queue } = ctx.services;
  const [rows] = await database.batch(ctx.scope, (q) => [q.select().from(domains).where(isIt(ctx, domain))]);
  const known = rows[0];
  if (!known) throw appError("NOT_FOUND");
  const found = await txtRecords.find(recordName(domain));
  const isThere = found !== "unreachable" && found.includes(recordValue(known.token));
  const outcome = await runCommand(ctx, async (tx, record) => {
    const [row] = await tx.select().from(domains).where(isIt(ctx, domain)).for("update");
    if (!row) throw appError("NOT_FOUND");
    if (found === "unreachable") return noteUnreachable(tx, row);
    return isThere ? noteThere(ctx, tx, record, row) : noteGone(ctx, tx, record, row);
  });
  hosts.forget();
  if (outcome === "missing" || outcome === "lost") queue.wake("send-mail");
  return outcome;
}

/** Looked at again as late as if it had been found: what cannot be said of any domain says nothing of this one. */
async function noteUnreachable(tx: OrganizationTransaction, row: DomainRow): Promise<DomainOutcome> {
  if (row.verifiedAt !== null) await hold(tx, row);
  return "unreachable";
}

async function noteThere(
  ctx: CommandContext,
  tx: OrganizationTransaction,
  record: Recorder,
  row: DomainRow,
): Promise<DomainOutcome> {
  if (!(await hold(tx, row))) return "taken";
  const now = ctx.services.clock.now();
  await change(ctx, tx, row, {
    verifiedAt: row.verifiedAt ?? now,
    checkedAt: now,
    missingSince: null,
    lostAt: null,
  });
  if (row.verifiedAt === null || row.missingSince !== null) note(record, row, "domains.verify");
  return "verified";
}

async function noteGone(
  ctx: CommandContext,
  tx: OrganizationTransaction,
  record: Recorder,
  row: DomainRow,
): Promise<DomainOutcome> {
  const now = ctx.services.clock.now();
  if (row.verifiedAt === null) {
    await change(ctx, tx, row, { checkedAt: now });
    return "missing";
  }
  const missingSince = row.missingSince ?? now;
  if (endOfGrace(missingSince) <= now) {
    await tx.execute(sql`select app.release_domain(${row.domain})`);
    await change(ctx, tx, row, { verifiedAt: null, checkedAt: now, missingSince: null, lostAt: now });
    note(record, row, "domains.lose");
    await notifyRunning(tx, { kind: "domainRecord", domain: row.domain, until: null });
    return "lost";
  }
  await hold(tx, row);
  await change(ctx, tx, row, { checkedAt: now, missingSince });
  if (row.missingSince === null) {
    note(record, row, "domains.miss");
    const until = endOfGrace(missingSince).toISOString();
    await notifyRunning(tx, { kind: "domainRecord", domain: row.domain, until });
  }
  return "missing";
}

/** Makes the domain lead to the organization, or go on doing so; false where it leads to another. */
async function hold(tx: OrganizationTransaction, { domain }: DomainRow): Promise<boolean> {
  const rows = await tx.execute<{ isHeld: boolean }>(sql`select app.hold_domain(${domain}) as "isHeld"`);
  return rows[0]?.isHeld === true;
}

async function change(
  ctx: CommandContext,
  tx: OrganizationTransaction,
  { domain }: DomainRow,
  values: Partial<DomainRow>,
): Promise<void> {
  await tx.update(domains).set(values).where(isIt(ctx, domain));
}

function note(
  record: Recorder,
  { domain, organizationId }: DomainRow,
  action: "domains.verify" | "domains.miss" | "domains.lose",
): void {
  record.audit({ action, subject: "organization", subjectId: organizationId, after: { domain } });
  record.changed("organization", [organizationId], "updated");
}

function isIt({ scope }: CommandContext, domain: string) {
  return and(eq(domains.organizationId, scope.organizationId), eq(domains.domain, domain));
}
