import * as z from "zod";
import { businessId, ofBusiness } from "./business.ts";
import { id, instant } from "./ids.ts";
import { durationMs } from "./organization.ts";
import { displayName, page, pageInput, searchText } from "./paging.ts";
import { layoutZone } from "./schedule.ts";

/** At most this many layouts are present in an organization. */
export const MAX_LAYOUTS = 2000;
export const MAX_ZONES = 20;

/** The canvas as it is drawn while it is edited: its zones fill any screen by fractions. */
export const LAYOUT_ASPECTS = ["16:9", "9:16", "4:3", "3:4", "1:1", "21:9"] as const;
export const layoutAspect = z.enum(LAYOUT_ASPECTS);
export type LayoutAspect = z.infer<typeof layoutAspect>;

const zoneName = z.string().trim().min(1, "Give the zone a name").max(60, "At most 60 characters");
const side = z.number().min(0.01, "A zone is at least one hundredth of the canvas").max(1);
/** A zone as it is edited; `id` tells zones of one layout apart and may be chosen by the caller. */
export const zoneInput = layoutZone.extend({ name: zoneName, width: side, height: side });
export type ZoneInput = z.infer<typeof zoneInput>;

/** The least that may be wrong where fractions were worked out from pixels. */
const ROUNDING = 1e-6;
const zones = z
  .array(zoneInput)
  .min(1, "A layout has at least one zone")
  .max(MAX_ZONES, `At most ${MAX_ZONES} zones`)
  .check(({ value, issues }) => {
    const names = new Set<string>();
    const ids = new Set<string>();
    for (const [place, zone] of value.entries()) {
      const fault = (field: string, message: string) =>
        issues.push({ code: "custom", input: zone, path: [place, field], message });
      if (names.has(zone.name)) fault("name", "Another zone has this name");
      if (ids.has(zone.id)) fault("id", "Another zone has this id");
      if (zone.left + zone.width > 1 + ROUNDING) fault("width", "Reaches beyond the canvas");
      if (zone.top + zone.height > 1 + ROUNDING) fault("height", "Reaches beyond the canvas");
      names.add(zone.name);
      ids.add(zone.id);
    }
  });

export const layoutView = z.strictObject({
  id,
  /** Null: the organization as a whole. */
  businessId: id.nullable(),
  name: z.string(),
  aspect: layoutAspect,
  /** By z, then as they were given. A playlist without a name is of a business that the caller does not see. */
  zones: z.array(layoutZone.extend({ playlistName: z.string().nullable() })),
  mainZoneId: id,
  durationMs: z.int().nullable(),
  /** Entries of the schedule that show it. */
  useCount: z.int(),
  isActive: z.boolean(),
  updatedAt: instant,
});
export type LayoutView = z.infer<typeof layoutView>;

export const listLayoutsInput = pageInput.extend({
  search: searchText,
  removed: z.boolean().default(false),
  businessId: ofBusiness,
});
export const layoutPage = page(layoutView);

const mainIsZone = {
  path: ["mainZoneId"],
  message: "Not one of the zones",
};
export const createLayoutInput = z
  .strictObject({
    name: displayName,
    aspect: layoutAspect.default("16:9"),
    zones,
    mainZoneId: id,
    durationMs: durationMs.nullable().default(null),
    businessId,
  })
  .refine((layout) => layout.zones.some((zone) => zone.id === layout.mainZoneId), mainIsZone);
/** Zones are given whole, together with the main one. */
export const updateLayoutInput = z
  .strictObject({
    id,
    name: displayName.optional(),
    aspect: layoutAspect.optional(),
    zones: zones.optional(),
    mainZoneId: id.optional(),
    durationMs: durationMs.nullable().optional(),
    businessId,
  })
  .refine((layout) => (layout.zones === undefined) === (layout.mainZoneId === undefined), {
    path: ["mainZoneId"],
    message: "Zones come with the main one of them",
  })
  .refine(
    (layout) => layout.zones === undefined || layout.zones.some((zone) => zone.id === layout.mainZoneId),
    mainIsZone,
  );
/** `force` also removes layouts that entries show: the next rule down applies there until they are restored. */
export const removeLayoutsInput = z.strictObject({
  ids: z.array(id).min(1).max(200),
  force: z.boolean().default(false),
});
