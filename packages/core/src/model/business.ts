import * as z from "zod";
import { id, instant } from "./ids.ts";
import { displayName, page, pageInput, searchText } from "./paging.ts";
import type { Permission } from "./permissions.ts";

/** At most this many businesses are in an organization. */
export const MAX_BUSINESSES = 1000;
/** A member is limited to at most this many of them. */
export const MAX_MEMBER_BUSINESSES = 100;

/** What can belong to a business: present things alone are counted. */
export const BUSINESS_THINGS = ["screens", "groups", "content", "playlists", "layouts", "entries"] as const;
const counts = z.strictObject({
  screens: z.int().min(0),
  groups: z.int().min(0),
  content: z.int().min(0),
  playlists: z.int().min(0),
  layouts: z.int().min(0),
  entries: z.int().min(0),
});
/** What belongs to a business, and how many people and open invitations are limited to it. */
export const businessUse = counts.extend({ people: z.int().min(0), invitations: z.int().min(0) });
export type BusinessUse = z.infer<typeof businessUse>;

/** A brand, site or customer within the organization. */
export const businessView = z.strictObject({
  id,
  name: z.string(),
  address: z.string(),
  note: z.string(),
  /** Of people and invitations 0 for whoever is limited to businesses. */
  use: businessUse,
  updatedAt: instant,
});
export type BusinessView = z.infer<typeof businessView>;

export const businessName = z.strictObject({ id, name: z.string() });
export type BusinessName = z.infer<typeof businessName>;
/** Every business by name, for choosing one. */
export const businessNames = z.strictObject({ rows: z.array(businessName) });

/** `search` finds in names. */
export const listBusinessesInput = pageInput.extend({ search: searchText });
export const businessPage = page(businessView);

const longText = z.string().trim().max(2000, "At most 2000 characters");
export const createBusinessInput = z.strictObject({
  name: displayName,
  address: longText.default(""),
  note: longText.default(""),
});
export const updateBusinessInput = z.strictObject({
  id,
  name: displayName.optional(),
  address: longText.optional(),
  note: longText.optional(),
});

/**
 * The business that something belongs to; null: the organization as a whole. Left out where something is made: null, and
 * for who is limited to one business that one.
 */
export const businessId = id.nullable().optional();
/** Narrows a list to what belongs to one business; `none`: to what belongs to no business. */
export const ofBusiness = z.union([id, z.literal("none")]).optional();
export type OfBusiness = z.infer<typeof ofBusiness>;

/** The businesses that a member is limited to; null: not limited. */
export const memberBusinesses = z
  .array(id)
  .min(1, "Choose at least one business")
  .max(MAX_MEMBER_BUSINESSES, `At most ${MAX_MEMBER_BUSINESSES}`)
  .transform((list) => [...new Set(list)])
  .nullable();

const LIMITED_AREAS = ["assets", "playlists", "layouts", "schedule", "devices"];
const LIMITED: readonly string[] = ["organization.view", "businesses.view", "plays.view"];

/**
 * Whether a member who is limited to businesses may hold a permission: those of content, playlists, layouts, schedule and
 * screens, and to see where they are. What concerns the organization as a whole is for members without a limit.
 */
export function mayBeLimited(permission: Permission): boolean {
  const [area = ""] = permission.split(".");
  return LIMITED_AREAS.includes(area) || LIMITED.includes(permission);
}
