import * as z from "zod";
import { id, instant, timeZone } from "./ids.ts";
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
});

export const requireSecondFactorInput = z.strictObject({ isRequired: z.boolean() });
