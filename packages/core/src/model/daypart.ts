import * as z from "zod";
import { id, instant } from "./ids.ts";
import { displayName, page, pageInput, searchText } from "./paging.ts";
import { daypart } from "./schedule.ts";

/** At most this many dayparts are present in an organization. */
export const MAX_DAYPARTS = 1000;

const { windows, exceptDates } = daypart.shape;

export const daypartView = z.strictObject({
  id,
  name: z.string(),
  windows,
  exceptDates,
  /** Entries and items of playlists that wait for it. */
  useCount: z.int(),
  isActive: z.boolean(),
  updatedAt: instant,
});
export type DaypartView = z.infer<typeof daypartView>;

export const listDaypartsInput = pageInput.extend({
  search: searchText,
  removed: z.boolean().default(false),
});
export const daypartPage = page(daypartView);

const someWindows = windows.min(1, "Give it at least one window of time");
export const createDaypartInput = z.strictObject({
  name: displayName,
  windows: someWindows,
  exceptDates: exceptDates.default([]),
});
export const updateDaypartInput = z.strictObject({
  id,
  name: displayName.optional(),
  windows: someWindows.optional(),
  exceptDates: exceptDates.optional(),
});
/** `force` also removes what is in use: entries and items that wait for no other then wait until it comes back. */
export const removeDaypartsInput = z.strictObject({
  ids: z.array(id).min(1).max(200),
  force: z.boolean().default(false),
});
