import type { BusinessName } from "@vitrine/core/model/business";
import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import {
  businesses,
  invitationBusinesses,
  invitations,
  memberBusinesses,
  memberships,
} from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, asc, eq, sql } from "drizzle-orm";

/** What a member is limited to, to be selected beside a membership; null: not limited. */
export const LIMIT_OF_MEMBER = sql<
  BusinessName[] | null
>`${sql`case when ${memberships.isLimited} then coalesce((
  select jsonb_agg(jsonb_build_object('id', ${businesses.id}, 'name', ${businesses.name})
    order by ${businesses.name}, ${businesses.id})
  from ${memberBusinesses} join ${businesses} on ${businesses.organizationId} = ${memberBusinesses.organizationId}
    and ${businesses.id} = ${memberBusinesses.businessId}
  where ${memberBusinesses.organizationId} = ${memberships.organizationId}
    and ${memberBusinesses.userId} = ${memberships.userId}
), '[]') end`}`;

/** The same beside an invitation. */
export const LIMIT_OF_INVITATION = sql<
  BusinessName[] | null
>`${sql`case when ${invitations.isLimited} then coalesce((
  select jsonb_agg(jsonb_build_object('id', ${businesses.id}, 'name', ${businesses.name})
    order by ${businesses.name}, ${businesses.id})
  from ${invitationBusinesses}
  join ${businesses} on ${businesses.organizationId} = ${invitationBusinesses.organizationId}
    and ${businesses.id} = ${invitationBusinesses.businessId}
  where ${invitationBusinesses.organizationId} = ${invitations.organizationId}
    and ${invitationBusinesses.invitationId} = ${invitations.id}
), '[]') end`}`;

/** Takes businesses for the rest of the transaction, so that none goes meanwhile. NOT_FOUND unless each is there. */
export async function takeBusinesses(
  tx: OrganizationTransaction,
  ids: readonly string[],
): Promise<BusinessName[]> {
  const found = await tx
    .select({ id: businesses.id, name: businesses.name })
    .from(businesses)
    .where(and(eq(businesses.organizationId, tx.scope.organizationId), isAnyOf(businesses.id, "uuid", ids)))
    .orderBy(asc(businesses.id))
    .for("key share");
  if (found.length !== ids.length) throw appError("NOT_FOUND");
  return found;
}

/** Limits a member to businesses in place of what they were limited to; null ends that. */
export async function writeLimit(
  tx: OrganizationTransaction,
  userId: string,
  businessIds: readonly string[] | null,
): Promise<void> {
  const { organizationId } = tx.scope;
  await tx
    .update(memberships)
    .set({ isLimited: businessIds !== null })
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)));
  await tx
    .delete(memberBusinesses)
    .where(and(eq(memberBusinesses.organizationId, organizationId), eq(memberBusinesses.userId, userId)));
  const rows = (businessIds ?? []).map((businessId) => ({ organizationId, userId, businessId }));
  if (rows.length > 0) await tx.insert(memberBusinesses).values(rows);
}
