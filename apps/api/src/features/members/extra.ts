import type { ExtraGrant } from "@vitrine/core/model/member";
import { memberGrants, memberships } from "@vitrine/db/schema";
import { sql } from "drizzle-orm";

/**
 * What a member may do beyond the role now, to be selected beside a membership. Within another template, since a selection
 * of one table takes the names of tables off its columns.
 */
export const EXTRA = sql<ExtraGrant[]>`${sql`coalesce((
  select jsonb_agg(jsonb_build_object('grant', ${memberGrants.grant}, 'expiresAt',
    to_char(${memberGrants.expiresAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by ${memberGrants.grant})
  from ${memberGrants}
  where ${memberGrants.organizationId} = ${memberships.organizationId} and ${memberGrants.userId} = ${memberships.userId}
    and (${memberGrants.expiresAt} is null or ${memberGrants.expiresAt} > now())
), '[]')`}`;
