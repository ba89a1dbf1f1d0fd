import type { BusinessUse } from "@vitrine/core/model/business";
import {
  assets,
  businesses,
  deviceGroups,
  devices,
  invitationBusinesses,
  invitations,
  layouts,
  memberBusinesses,
  memberships,
  playlists,
  scheduleEntries,
} from "@vitrine/db/schema";
import { type SQL, sql } from "drizzle-orm";

/** Tables whose rows can belong to a business. */
export const BOUND_TABLES = [devices, deviceGroups, assets, playlists, layouts, scheduleEntries] as const;
export type BoundTable = (typeof BOUND_TABLES)[number];

function present(table: BoundTable): SQL {
  return sql`(select count(*) from ${table} where ${table.organizationId} = ${businesses.organizationId}
    and ${table.businessId} = ${businesses.id} and ${table.isActive})`;
}

/** What belongs to a business and who is limited to it, to be selected beside it. */
export const USE = sql<BusinessUse>`${sql`json_build_object(
  'screens', ${present(devices)}, 'groups', ${present(deviceGroups)}, 'content', ${present(assets)},
  'playlists', ${present(playlists)}, 'layouts', ${present(layouts)}, 'entries', ${present(scheduleEntries)},
  'people', (select count(*) from ${memberBusinesses} join ${memberships}
    on ${memberships.organizationId} = ${memberBusinesses.organizationId}
      and ${memberships.userId} = ${memberBusinesses.userId} and ${memberships.isActive}
    where ${memberBusinesses.organizationId} = ${businesses.organizationId}
      and ${memberBusinesses.businessId} = ${businesses.id}),
  'invitations', (select count(*) from ${invitationBusinesses} join ${invitations}
    on ${invitations.organizationId} = ${invitationBusinesses.organizationId}
      and ${invitations.id} = ${invitationBusinesses.invitationId}
      and ${invitations.acceptedAt} is null and ${invitations.withdrawnAt} is null
    where ${invitationBusinesses.organizationId} = ${businesses.organizationId}
      and ${invitationBusinesses.businessId} = ${businesses.id}))`}`;
