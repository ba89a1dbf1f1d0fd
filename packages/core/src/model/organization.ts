import * as z from "zod";
import { hostName } from "./domain.ts";
import { id, instant, timeZone } from "./ids.ts";
import { mutedNotifications, notificationKind } from "./notifications.ts";
import { displayName } from "./paging.ts";

/** Lower-case letters, digits and single hyphens, 2 to 40 characters. */
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use lower-case letters, digits and hyphens")
  .min(2)
  .max(40);

/** Default showing of a still without a duration of its own: 10 s; bounds of any duration: 500 ms to 24 h. */
export const DEFAULT_DURATION_MS = 10_000;
export const MIN_DURATION_MS = 500;
export const MAX_DURATION_MS = 86_400_000;
/** What is left of an item at a soft boundary may play on if it is at most this: 15 s unless an organization says else. */
export const DEFAULT_GRACE_MS = 15_000;
export const MAX_GRACE_MS = 300_000;
export const graceMs = z.int().min(0).max(MAX_GRACE_MS, "At most 5 minutes");
export const durationMs = z
  .int()
  .min(MIN_DURATION_MS, "At least half a second")
  .max(MAX_DURATION_MS, "At most 24 hours");

/** How long a session may be idle, or in all, before it has to sign in again to act in an organization that limits it. */
export const MIN_SESSION_IDLE_MINUTES = 15;
export const MAX_SESSION_IDLE_MINUTES = 24 * 60;
export const MAX_SESSION_HOURS = 30 * 24;
export const MAX_EMAIL_DOMAINS = 50;

/** `#rrggbb`, lower case. */
export const brandColor = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, "Enter a colour such as #1a56db");

export const organizationView = z.strictObject({
  id,
  name: z.string(),
  slug: z.string(),
  timeZone: z.string(),
  defaultDurationMs: z.int(),
  defaultPlaylistId: id.nullable(),
  /** At a soft boundary an item of which at most this is left plays to its end. */
  graceMs: z.int(),
  /** Shown on its screens while nothing plays; null: ours. */
  brandColor: brandColor.nullable(),
  brandLogo: z.strictObject({ assetId: id, url: z.string().nullable() }).nullable(),
  /** Members without a second factor may do nothing here until they have one. */
  isSecondFactorRequired: z.boolean(),
  /** Whose addresses may belong here: what follows their `@`; none: anybody's. */
  allowedEmailDomains: z.array(z.string()),
  /** A session that was idle for longer has to sign in again before it acts here; null: as long as any session. */
  sessionIdleMinutes: z.int().nullable(),
  /** The same for one that gave password and second factor longer ago. */
  sessionHours: z.int().nullable(),
  /** Whether its sub-domain shows name, logo and colour to who has not signed in; a domain of its own always does. */
  isSignInBranded: z.boolean(),
  /** What nobody here is told of by mail. */
  mutedNotifications: z.array(notificationKind),
  storageBytes: z.int(),
  createdAt: instant,
});
export type OrganizationView = z.infer<typeof organizationView>;

/** `name`: that of the organization, so that nobody removes one by mistake. */
export const removeOrganizationInput = z.strictObject({ name: displayName });
/** One that was removed, and that the person may bring back. */
export const removedOrganization = z.strictObject({
  organizationId: id,
  name: z.string(),
  removedAt: instant,
});
export type RemovedOrganization = z.infer<typeof removedOrganization>;

export const createOrganizationInput = z.strictObject({ name: displayName, timeZone: timeZone.optional() });
export const updateOrganizationInput = z.strictObject({
  name: displayName.optional(),
  slug: slug.optional(),
  timeZone: timeZone.optional(),
  defaultDurationMs: durationMs.optional(),
  defaultPlaylistId: id.nullable().optional(),
  graceMs: graceMs.optional(),
  brandColor: brandColor.nullable().optional(),
  /** An image of its own content. */
  brandLogoAssetId: id.nullable().optional(),
  isSignInBranded: z.boolean().optional(),
  /** All that nobody is told of from now on. */
  mutedNotifications: mutedNotifications.optional(),
});

/** Of the security that an organization asks for, what is to change. */
export const setSecurityInput = z.strictObject({
  allowedEmailDomains: z
    .array(hostName)
    .max(MAX_EMAIL_DOMAINS, `At most ${MAX_EMAIL_DOMAINS}`)
    .transform((list) => [...new Set(list)].sort())
    .optional(),
  sessionIdleMinutes: z
    .int()
    .min(MIN_SESSION_IDLE_MINUTES, `At least ${MIN_SESSION_IDLE_MINUTES} minutes`)
    .max(MAX_SESSION_IDLE_MINUTES, "At most 24 hours")
    .nullable()
    .optional(),
  sessionHours: z
    .int()
    .min(1, "At least 1 hour")
    .max(MAX_SESSION_HOURS, "At most 30 days")
    .nullable()
    .optional(),
});

/**
 * What the address that a page is opened at says to everybody. `isBound`: it is one of an organization, or would be if there
 * were one. `branding`: what the organization shows of itself; null: nothing.
 */
export const addressView = z.strictObject({
  isBound: z.boolean(),
  branding: z
    .strictObject({ name: z.string(), brandColor: brandColor.nullable(), logoUrl: z.string().nullable() })
    .nullable(),
});
export type AddressView = z.infer<typeof addressView>;

export const requireSecondFactorInput = z.strictObject({ isRequired: z.boolean() });
