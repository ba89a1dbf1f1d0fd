import { randomBytes } from "node:crypto";
import { appError } from "@vitrine/core/model/errors";
import type { PlanName } from "@vitrine/core/model/plan";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { memberships, organizations } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { sql } from "drizzle-orm";
import type { Recorder } from "../../trpc/command.ts";
import { RESERVED_SLUGS, slugCandidates } from "./slug.ts";

export type Founding = { name: string; timeZone: string; founderId: string; plan: PlanName };

/**
 * Writes a new organization, its slug and its first owner. The transaction's scope is the new organization's id.
 * Returns the slug it got.
 */
export async function foundOrganization(
  tx: OrganizationTransaction,
  scope: OrganizationScope,
  record: Recorder,
  { name, timeZone, founderId, plan }: Founding,
): Promise<string> {
  const { organizationId } = scope;
  await tx
    .insert(organizations)
    .values({ organizationId, name, timeZone, plan, createdBy: founderId, updatedBy: founderId });
  const slug = await claimFirstFreeSlug(tx, name);
  await tx.insert(memberships).values({ organizationId, userId: founderId, role: "owner" });
  record.audit({
    action: "organization.create",
    subject: "organization",
    subjectId: organizationId,
    after: { name, slug, timeZone, plan },
  });
  return slug;
}

async function claimFirstFreeSlug(tx: OrganizationTransaction, name: string): Promise<string> {
  for (const candidate of slugCandidates(name, () => randomBytes(4).toString("hex"))) {
    if (await claimSlug(tx, candidate)) return candidate;
  }
  throw appError("SLUG_TAKEN");
}

/**
 * Gives the slug to the transaction's organization, in place of its former one; false when another has it, or it is kept
 * from all.
 */
export async function claimSlug(tx: OrganizationTransaction, slug: string): Promise<boolean> {
  if (RESERVED_SLUGS.has(slug)) return false;
  const rows = await tx.execute<{ claimed: boolean }>(sql`select app.claim_slug(${slug}) as claimed`);
  return rows[0]?.claimed === true;
}
