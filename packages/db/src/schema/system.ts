import type { DeviceHardware } from "@vitrine/core/model/device";
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, instant, isOneOf } from "./columns.ts";

/** Holds the tables that belong to no organization; `access/exceptions.ts` lists each with its reason. */
export const systemSchema = pgSchema("system");

/** People, by e-mail, in any number of organizations. */
export const users = systemSchema.table(
  "users",
  {
    id: uuid("id").primaryKey(),
    /** Trimmed and lower-case. */
    email: text("email").notNull(),
    name: text("name").notNull(),
    passwordHash: text("password_hash").notNull(),
    locale: text("locale").notNull().default("en"),
    isActive: boolean("is_active").notNull().default(true),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastSeenAt: instant("last_seen_at"),
  },
  (table) => [uniqueIndex("users_email").on(table.email)],
);

/** Who is signed in. Only the SHA-256 of the secret is kept, in hexadecimal; `id` is for lists and revocation. */
export const sessions = systemSchema.table(
  "sessions",
  {
    tokenHash: text("token_hash").primaryKey(),
    id: uuid("id").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The organization selected; whether it is still the user's is looked up at every use. */
    organizationId: uuid("organization_id"),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    absoluteExpiresAt: instant("absolute_expires_at").notNull(),
    userAgent: text("user_agent"),
    remoteAddress: text("remote_address"),
  },
  (table) => [
    uniqueIndex("sessions_id").on(table.id),
    index("sessions_by_user").on(table.userId),
    index("sessions_by_expiry").on(table.expiresAt),
  ],
);

/** Names of organizations in addresses: unique over all, so apart from the tenants' tables. */
export const organizationSlugs = systemSchema.table(
  "organization_slugs",
  { slug: text("slug").primaryKey(), organizationId: uuid("organization_id").notNull() },
  (table) => [
    uniqueIndex("organization_slugs_organization").on(table.organizationId),
    check(
      "organization_slugs_form",
      sql`slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 2 and 40`,
    ),
  ],
);

export const PAIRING_STATES = ["waiting", "claimed", "refused", "expired"] as const;

/** Screens that ask for an organization (RFC 8628 in shape): both codes are kept as SHA-256 in hexadecimal. */
export const pairingRequests = systemSchema.table(
  "pairing_requests",
  {
    id: uuid("id").primaryKey(),
    deviceCodeHash: text("device_code_hash").notNull(),
    userCodeHash: text("user_code_hash").notNull(),
    publicKey: text("public_key").notNull(),
    hardware: jsonb("hardware").$type<DeviceHardware>().notNull(),
    remoteAddress: text("remote_address").notNull(),
    state: text("state").$type<(typeof PAIRING_STATES)[number]>().notNull().default("waiting"),
    organizationId: uuid("organization_id"),
    deviceId: uuid("device_id"),
    organizationName: text("organization_name"),
    vetoUntil: instant("veto_until"),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [
    uniqueIndex("pairing_requests_device_code").on(table.deviceCodeHash),
    uniqueIndex("pairing_requests_live_user_code").on(table.userCodeHash).where(sql`state = 'waiting'`),
    index("pairing_requests_by_address").on(table.remoteAddress, table.createdAt),
    index("pairing_requests_by_expiry").on(table.expiresAt),
    check("pairing_requests_state", isOneOf("state", PAIRING_STATES)),
  ],
);

/** Keys of sealed secrets that belong to no organization, like those of `tenant.data_keys`. */
export const platformDataKeys = systemSchema.table("data_keys", {
  number: integer("number").primaryKey(),
  wrapped: bytes("wrapped").notNull(),
  wrappedBy: text("wrapped_by").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});
