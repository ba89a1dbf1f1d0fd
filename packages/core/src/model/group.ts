import * as z from "zod";
import { businessId, ofBusiness } from "./business.ts";
import { id, instant } from "./ids.ts";
import { displayName, page, pageInput, searchText } from "./paging.ts";

/** At most this many groups of screens are present in an organization. */
export const MAX_GROUPS = 2000;

/** Screens that people name together: a target of the schedule. */
export const groupView = z.strictObject({
  id,
  /** Null: the organization as a whole. */
  businessId: id.nullable(),
  name: z.string(),
  deviceCount: z.int(),
  /** Entries of the schedule that target it. */
  useCount: z.int(),
  isActive: z.boolean(),
  updatedAt: instant,
});
export type GroupView = z.infer<typeof groupView>;

export const listGroupsInput = pageInput.extend({
  search: searchText,
  removed: z.boolean().default(false),
  /** Only the groups of this screen. */
  deviceId: id.optional(),
  businessId: ofBusiness,
});
export const groupPage = page(groupView);

const deviceIds = z.array(id).max(500, "At most 500 screens at once");
export const createGroupInput = z.strictObject({
  name: displayName,
  deviceIds: deviceIds.default([]),
  businessId,
});
/** What is not given stays. */
export const renameGroupInput = z.strictObject({ id, name: displayName.optional(), businessId });
/** Screens to put in and to take out; being in already, or not, is fine. */
export const changeGroupInput = z.strictObject({
  id,
  add: deviceIds.default([]),
  remove: deviceIds.default([]),
});
/** `force` also removes groups that entries target. */
export const removeGroupsInput = z.strictObject({
  ids: z.array(id).min(1).max(200),
  force: z.boolean().default(false),
});
