import { type AccountEventKind, LINK_PURPOSES, type LinkPurpose } from "@vitrine/core/model/account";
import type { DeviceHardware } from "@vitrine/core/model/device";
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
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
    /** When this person showed that messages to the address reach them; null until then. */
    emailVerifiedAt: instant("email_verified_at"),
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
    /** When the person last gave password and second factor. */
    steppedUpAt: instant("stepped_up_at").notNull().defaultNow(),
    /** The longest that it was not used since then. */
    longestIdleSeconds: integer("longest_idle_seconds").notNull().default(0),
    userAgent: text("user_agent"),
    remoteAddress: text("remote_address"),
  },
  (table) => [
    uniqueIndex("sessions_id").on(table.id),
    index("sessions_by_user").on(table.userId),
    index("sessions_by_expiry").on(table.expiresAt),
  ],
);

/**
 * What a person was last sent a link for, one of each purpose: a newer one takes the place of the former. A link is
 * derived from `id` by a secret outside of the database, so nothing here opens it; ended rows keep late jobs from
 * sending what was asked for before.
 */
export const accountLinks = systemSchema.table(
  "account_links",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    purpose: text("purpose").$type<LinkPurpose>().notNull(),
    id: uuid("id").notNull(),
    /** The address that it was sent to. */
    email: text("email").notNull(),
    requestedAt: instant("requested_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    /** When it was used, or something else ended it. */
    endedAt: instant("ended_at"),
  },
  (table) => [
    primaryKey({ name: "account_links_pkey", columns: [table.userId, table.purpose] }),
    uniqueIndex("account_links_id").on(table.id),
    index("account_links_by_expiry").on(table.expiresAt),
    check("account_links_purpose", isOneOf("purpose", LINK_PURPOSES)),
  ],
);

/** Browsers that a person has signed in from, each by the SHA-256 of its cookie in hexadecimal. */
export const knownDevices = systemSchema.table(
  "known_devices",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    tokenHash: text("token_hash").notNull(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: "known_devices_pkey", columns: [table.userId, table.tokenHash] }),
    index("known_devices_by_use").on(table.lastSeenAt),
  ],
);

/** What happened to a person's account: added and read, never changed. */
export const accountEvents = systemSchema.table(
  "account_events",
  {
    id: uuid("id").primaryKey().default(sql`gen_random_uuid()`),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    at: instant("at").notNull().defaultNow(),
    kind: text("kind").$type<AccountEventKind>().notNull(),
    remoteAddress: text("remote_address").notNull(),
    userAgent: text("user_agent").notNull(),
    detail: jsonb("detail").$type<Record<string, string>>().notNull(),
  },
  (table) => [
    index("account_events_newest").on(table.userId, table.at, table.id),
    index("account_events_by_age").on(table.at),
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

/** Domains that lead to an organization, each to one: those whose record was found. */
export const verifiedDomains = systemSchema.table(
  "verified_domains",
  {
    domain: text("domain").primaryKey(),
    organizationId: uuid("organization_id").notNull(),
    checkedAt: instant("checked_at").notNull().defaultNow(),
  },
  (table) => [index("verified_domains_by_check").on(table.checkedAt)],
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

/** One second factor a person: a seed of codes by time (RFC 6238), sealed; it counts once it is confirmed. */
export const secondFactors = systemSchema.table("second_factors", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  seed: bytes("seed").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  confirmedAt: instant("confirmed_at"),
  /** The step of time of the last code that was taken: no code of it, or of one before, is taken again. */
  lastStep: bigint("last_step", { mode: "number" }).notNull().default(0),
  /** Codes tried since the last right one. */
  tries: integer("tries").notNull().default(0),
  retryAt: instant("retry_at"),
});

/** Codes that stand in for a second factor, each once: only their SHA-256, in hexadecimal. */
export const recoveryCodes = systemSchema.table(
  "recovery_codes",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => secondFactors.userId, { onDelete: "cascade" }),
    codeHash: text("code_hash").notNull(),
    usedAt: instant("used_at"),
  },
  (table) => [primaryKey({ name: "recovery_codes_pkey", columns: [table.userId, table.codeHash] })],
);

/** Who gave the right password and has yet to show the second factor. Only the SHA-256 of the secret is kept. */
export const secondSteps = systemSchema.table(
  "second_steps",
  {
    tokenHash: text("token_hash").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Of the stored password: another one ends the step. */
    passwordMark: text("password_mark").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [
    index("second_steps_by_user").on(table.userId),
    index("second_steps_by_expiry").on(table.expiresAt),
  ],
);

/** Keys of sealed secrets that belong to no organization, like those of `tenant.data_keys`. */
export const platformDataKeys = systemSchema.table("data_keys", {
  number: integer("number").primaryKey(),
  wrapped: bytes("wrapped").notNull(),
  wrappedBy: text("wrapped_by").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});
