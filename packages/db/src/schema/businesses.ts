import { sql } from "drizzle-orm";
import { type AnyPgColumn, text, uuid } from "drizzle-orm/pg-core";
import { authorship } from "./columns.ts";
import { invitations, membershipKey, organizationKey } from "./organizations.ts";
import { tenantTable } from "./tenant-table.ts";

/** Brands, sites or customers within an organization. No two have the same name, whatever its case. */
export const businesses = tenantTable(
  "businesses",
  {
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull().generatedAlwaysAs(sql`lower(name)`),
    address: text("address").notNull().default(""),
    note: text("note").notNull().default(""),
    ...authorship(),
  },
  ["id"],
  (keys) => [
    keys.reference("businesses_organization", [], organizationKey, "part"),
    keys.unique("businesses_name", ["nameKey"]),
    keys.index("businesses_by_name", "name", "id"),
  ],
);

/** What a limited member is limited to; without a row they see nothing. */
export const memberBusinesses = tenantTable(
  "member_businesses",
  { userId: uuid("user_id").notNull(), businessId: uuid("business_id").notNull() },
  ["userId", "businessId"],
  (keys) => [
    keys.reference("member_businesses_member", ["userId"], membershipKey, "part"),
    keys.reference("member_businesses_business", ["businessId"], businessKey, "use"),
    keys.index("member_businesses_by_business", "businessId", "userId"),
  ],
);

/** What whoever takes up an invitation to a limited membership is limited to. */
export const invitationBusinesses = tenantTable(
  "invitation_businesses",
  { invitationId: uuid("invitation_id").notNull(), businessId: uuid("business_id").notNull() },
  ["invitationId", "businessId"],
  (keys) => [
    keys.reference("invitation_businesses_invitation", ["invitationId"], invitationKey, "part"),
    keys.reference("invitation_businesses_business", ["businessId"], businessKey, "use"),
    keys.index("invitation_businesses_by_business", "businessId", "invitationId"),
  ],
);

export function businessKey(): [AnyPgColumn, AnyPgColumn] {
  return [businesses.organizationId, businesses.id];
}

function invitationKey(): [AnyPgColumn, AnyPgColumn] {
  return [invitations.organizationId, invitations.id];
}
