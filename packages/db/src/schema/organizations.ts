import { MAIL_STATES, type MailState } from "@vitrine/core/model/member";
import { NOTIFICATION_KINDS, type NotificationKind } from "@vitrine/core/model/notifications";
import {
  DEFAULT_DURATION_MS,
  DEFAULT_GRACE_MS,
  MAX_DURATION_MS,
  MAX_GRACE_MS,
  MAX_SESSION_HOURS,
  MAX_SESSION_IDLE_MINUTES,
  MIN_DURATION_MS,
  MIN_SESSION_IDLE_MINUTES,
} from "@vitrine/core/model/organization";
import type { Grant, Role } from "@vitrine/core/model/permissions";
import { ROLES } from "@vitrine/core/model/permissions";
import { type OwnLimits, PLAN_NAMES, type PlanName } from "@vitrine/core/model/plan";
import type { PlanNotices } from "@vitrine/core/model/plan-notices";
import { sql } from "drizzle-orm";
import { type AnyPgColumn, bigint, boolean, integer, jsonb, text, uuid } from "drizzle-orm/pg-core";
import { authorship, bytes, instant, isOneOf, isSomeOf } from "./columns.ts";
import { assetKey, playlistKey } from "./content.ts";
import { tenantTable } from "./tenant-table.ts";

/** The tenants themselves. `content_revision` grows with every change that a screen could show. */
export const organizations = tenantTable(
  "organizations",
  {
    name: text("name").notNull(),
    timeZone: text("time_zone").notNull().default("UTC"),
    defaultDurationMs: integer("default_duration_ms").notNull().default(DEFAULT_DURATION_MS),
    defaultPlaylistId: uuid("default_playlist_id"),
    graceMs: integer("grace_ms").notNull().default(DEFAULT_GRACE_MS),
    brandColor: text("brand_color"),
    brandLogoAssetId: uuid("brand_logo_asset_id"),
    /** Members without a second factor may do nothing here. */
    isSecondFactorRequired: boolean("is_second_factor_required").notNull().default(false),
    /** Whose addresses may belong here: what follows their `@`; none: anybody's. */
    allowedEmailDomains: text("allowed_email_domains").array().notNull().default(sql`'{}'`),
    /** A session that was idle for longer, or began longer ago, has to sign in again before it acts here. */
    sessionIdleMinutes: integer("session_idle_minutes"),
    sessionHours: integer("session_hours"),
    /** Whether its sub-domain shows name, logo and colour to who has not signed in. */
    isSignInBranded: boolean("is_sign_in_branded").notNull().default(false),
    /** What nobody here is told of by mail. */
    mutedNotifications: mutedNotifications(),
    plan: text("plan").$type<PlanName>().notNull().default("unlimited"),
    /** What was agreed beside the plan. */
    ownLimits: jsonb("own_limits").$type<OwnLimits>().notNull().default({}),
    /** How near to its limits people were told that it is. */
    planNotices: jsonb("plan_notices").$type<PlanNotices>().notNull().default({}),
    contentRevision: bigint("content_revision", { mode: "number" }).notNull().default(0),
    isActive: boolean("is_active").notNull().default(true),
    /** When it was switched off by an owner, who may bring it back. */
    removedAt: instant("removed_at"),
    ...authorship(),
  },
  [],
  (keys) => [
    keys.reference("organizations_default_playlist", ["defaultPlaylistId"], playlistKey, "use"),
    keys.reference("organizations_brand_logo", ["brandLogoAssetId"], assetKey, "use"),
    keys.check("organizations_brand_color", sql`brand_color ~ '^#[0-9a-f]{6}$'`),
    keys.check(
      "organizations_default_duration",
      sql.raw(`default_duration_ms between ${MIN_DURATION_MS} and ${MAX_DURATION_MS}`),
    ),
    keys.check(
      "organizations_session_idle",
      sql.raw(`session_idle_minutes between ${MIN_SESSION_IDLE_MINUTES} and ${MAX_SESSION_IDLE_MINUTES}`),
    ),
    keys.check("organizations_session_hours", sql.raw(`session_hours between 1 and ${MAX_SESSION_HOURS}`)),
    keys.check("organizations_muted_notifications", isSomeOf("muted_notifications", NOTIFICATION_KINDS)),
    keys.check("organizations_plan", isOneOf("plan", PLAN_NAMES)),
    keys.check("organizations_grace", sql.raw(`grace_ms between 0 and ${MAX_GRACE_MS}`)),
  ],
);

/** Columns that every other table references to belong to an organization. */
export function organizationKey(): [AnyPgColumn] {
  return [organizations.organizationId];
}

/** Who belongs to an organization, as what. */
export const memberships = tenantTable(
  "memberships",
  {
    userId: uuid("user_id").notNull(),
    role: text("role").$type<Role>().notNull(),
    isActive: boolean("is_active").notNull().default(true),
    /** Sees and does only what belongs to their businesses (`member_businesses`). */
    isLimited: boolean("is_limited").notNull().default(false),
    /** What they do not want to be told of by mail. */
    mutedNotifications: mutedNotifications(),
    invitedBy: uuid("invited_by"),
    joinedAt: instant("joined_at").notNull().defaultNow(),
  },
  ["userId"],
  (keys) => [
    keys.reference("memberships_organization", [], organizationKey, "part"),
    keys.check("memberships_role", isOneOf("role", ROLES)),
    keys.check("memberships_muted_notifications", isSomeOf("muted_notifications", NOTIFICATION_KINDS)),
    keys.check("memberships_limited", sql`not (is_limited and role = 'owner')`),
    keys.crossTenantIndex("memberships_by_user", "userId"),
  ],
);

/** What a member may do beyond the role: a permission or wildcard each, until its time where it has one. */
export const memberGrants = tenantTable(
  "member_grants",
  {
    userId: uuid("user_id").notNull(),
    grant: text("grant").$type<Grant>().notNull(),
    expiresAt: instant("expires_at"),
    givenBy: uuid("given_by"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  ["userId", "grant"],
  (keys) => [
    keys.reference("member_grants_member", ["userId"], membershipKey, "part"),
    keys.check("member_grants_grant", sql`"grant" ~ '^(\\*|[a-zA-Z]+\\.(\\*|[a-zA-Z]+))$'`),
  ],
);

/**
 * People who were asked to join, each address once at a time. Its address is derived from `issue`: a new number ends
 * those that were sent before. Nothing here opens it.
 */
export const invitations = tenantTable(
  "invitations",
  {
    id: uuid("id").notNull(),
    /** Trimmed and lower-case. */
    email: text("email").notNull(),
    role: text("role").$type<Role>().notNull(),
    /** To a membership limited to some businesses (`invitation_businesses`). */
    isLimited: boolean("is_limited").notNull().default(false),
    issue: integer("issue").notNull().default(1),
    invitedBy: uuid("invited_by"),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    mail: text("mail").$type<MailState>().notNull().default("waiting"),
    mailFault: text("mail_fault"),
    acceptedAt: instant("accepted_at"),
    acceptedBy: uuid("accepted_by"),
    withdrawnAt: instant("withdrawn_at"),
  },
  ["id"],
  (keys) => [
    keys.reference("invitations_organization", [], organizationKey, "part"),
    keys.unique("invitations_open", ["email"], sql`accepted_at is null and withdrawn_at is null`),
    keys.index("invitations_newest", "createdAt", "id"),
    keys.check("invitations_role", isOneOf("role", ROLES)),
    keys.check("invitations_limited", sql`not (is_limited and role = 'owner')`),
    keys.check("invitations_mail", isOneOf("mail", MAIL_STATES)),
  ],
);

/** Credentials of programs: `secret_hash` is the SHA-256 of the secret, `prefix` what people recognise it by. */
export const apiKeys = tenantTable(
  "api_keys",
  {
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    prefix: text("prefix").notNull(),
    secretHash: bytes("secret_hash").notNull(),
    grants: text("grants").array().$type<Grant[]>().notNull(),
    /** Addresses and ranges that it may be used from; none: from anywhere. */
    networks: text("networks").array().notNull().default(sql`'{}'`),
    expiresAt: instant("expires_at"),
    lastUsedAt: instant("last_used_at"),
    lastUsedFrom: text("last_used_from"),
    /** The key that has its place. */
    replacedBy: uuid("replaced_by"),
    isActive: boolean("is_active").notNull().default(true),
    createdBy: uuid("created_by"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  ["id"],
  (keys) => [
    keys.reference("api_keys_organization", [], organizationKey, "part"),
    keys.reference("api_keys_replaced_by", ["replacedBy"], apiKeyKey, "use"),
    keys.index("api_keys_newest", "isActive", "createdAt", "id"),
    keys.crossTenantIndex("api_keys_by_secret", "secretHash"),
  ],
);

/**
 * Keys that an organization's secrets are sealed with; the highest number seals, the others still open. Each is kept
 * under a key-encryption key, named by `wrapped_by`, that the database does not hold.
 */
export const dataKeys = tenantTable(
  "data_keys",
  {
    number: integer("number").notNull(),
    wrapped: bytes("wrapped").notNull(),
    wrappedBy: text("wrapped_by").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  ["number"],
  (keys) => [
    keys.reference("data_keys_organization", [], organizationKey, "part"),
    keys.check("data_keys_number", sql`number > 0`),
  ],
);

/**
 * Domains that an organization says are its own, each proven by a record that holds `token`. Those that are trusted now
 * are in `system.verified_domains`, each once; nobody's claim stands in the way of another's.
 */
export const domains = tenantTable(
  "domains",
  {
    /** Lower-case ASCII. */
    domain: text("domain").notNull(),
    token: text("token").notNull(),
    createdBy: uuid("created_by"),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** Trusted since; null: not trusted. */
    verifiedAt: instant("verified_at"),
    checkedAt: instant("checked_at"),
    /** Of a trusted one: since when its record is gone. */
    missingSince: instant("missing_since"),
    /** Of one that was trusted: when it ceased to be. */
    lostAt: instant("lost_at"),
  },
  ["domain"],
  (keys) => [keys.reference("domains_organization", [], organizationKey, "part")],
);

function mutedNotifications() {
  return text("muted_notifications").array().$type<NotificationKind[]>().notNull().default(sql`'{}'`);
}

function apiKeyKey(): [AnyPgColumn, AnyPgColumn] {
  return [apiKeys.organizationId, apiKeys.id];
}

export function membershipKey(): [AnyPgColumn, AnyPgColumn] {
  return [memberships.organizationId, memberships.userId];
}
