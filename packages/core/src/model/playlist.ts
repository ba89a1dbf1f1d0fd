import * as z from "zod";
import { assetKind, assetState } from "./asset.ts";
import { businessId, ofBusiness } from "./business.ts";
import { id, instant } from "./ids.ts";
import { durationMs } from "./organization.ts";
import { displayName, page, pageInput, searchText } from "./paging.ts";

export const MAX_PLAYLIST_ITEMS = 10_000;

export const PLAYLIST_ORDERS = ["sequence", "shuffle"] as const;
/** Shuffled: each cycle in an order of its own, the same one on every screen. */
export const playlistOrder = z.enum(PLAYLIST_ORDERS);
/** Of a playlist within another: how many showings it gives a pass. */
export const take = z.int().min(1, "At least one").max(10_000, "At most 10,000");
/** How long one item fades into the next, in milliseconds; 0 cuts. */
export const MAX_FADE_MS = 5000;
export const fadeMs = z
  .int()
  .min(0, "At least 0")
  .max(MAX_FADE_MS, "At most 5 seconds")
  .refine((ms) => ms === 0 || ms >= 50, "At least 50 milliseconds, or none");
/** How often an item comes a cycle. */
export const weight = z.int().min(1, "At least once").max(100, "At most 100 times");

/**
 * One line of a playlist: an asset, or another playlist. `durationMs` null means the content's own: a video's length,
 * a still's default.
 */
export const playlistItemView = z.strictObject({
  id,
  assetId: id.nullable(),
  playlistId: id.nullable(),
  durationMs: z.int().nullable(),
  isEnabled: z.boolean(),
  /** Of a nested playlist: showings a pass; null: the whole of it. */
  take: z.int().nullable(),
  weight: z.int(),
  /** In the loop only while one of these is active; empty: always. */
  daypartIds: z.array(id),
  /** What the playhead uses: the item's own duration, else the content's; 0 for a nested playlist that holds nothing. */
  effectiveDurationMs: z.int(),
  /** Present where the line is a playlist. */
  playlist: z.strictObject({ name: z.string(), itemCount: z.int(), isActive: z.boolean() }).nullable(),
  /** Present where the line is an asset. Without either, its content is of a business that the caller does not see. */
  asset: z
    .strictObject({
      name: z.string(),
      kind: assetKind,
      state: assetState,
      isEnabled: z.boolean(),
      isActive: z.boolean(),
      width: z.int().nullable(),
      height: z.int().nullable(),
      thumbnailUrl: z.string().nullable(),
      fileUrl: z.string().nullable(),
      url: z.string().nullable(),
    })
    .nullable(),
});
export type PlaylistItemView = z.infer<typeof playlistItemView>;

export const playlistSummary = z.strictObject({
  id,
  /** Null: the organization as a whole. */
  businessId: id.nullable(),
  name: z.string(),
  order: playlistOrder,
  fadeMs: z.int(),
  itemCount: z.int(),
  /** One pass of what plays: enabled items of ready, enabled, present assets. */
  totalDurationMs: z.int(),
  isDefault: z.boolean(),
  isActive: z.boolean(),
  /** Present screens that play it: as their own playlist, or as the default where they have none. */
  deviceCount: z.int(),
  /** First thumbnails, at most four, for the film strip. */
  thumbnailUrls: z.array(z.string()),
  updatedAt: instant,
});
export type PlaylistSummary = z.infer<typeof playlistSummary>;

/** `version` grows with every change of the playlist; an edit of the order names the one it was based on. */
export const playlistView = playlistSummary.extend({
  version: z.int(),
  items: z.array(playlistItemView),
});
export type PlaylistView = z.infer<typeof playlistView>;

export const listPlaylistsInput = pageInput.extend({
  search: searchText,
  removed: z.boolean().default(false),
  sort: z.enum(["newest", "name"]).default("newest"),
  businessId: ofBusiness,
});
export const playlistPage = page(playlistSummary);

export const createPlaylistInput = z.strictObject({
  name: displayName,
  assetIds: z.array(id).max(MAX_PLAYLIST_ITEMS).default([]),
  businessId,
});
/** `force` also takes screens and the organization's default off the playlists. */
export const removePlaylistsInput = z.strictObject({
  ids: z.array(id).min(1).max(200),
  force: z.boolean().default(false),
});
export const restorePlaylistsInput = z.strictObject({ ids: z.array(id).min(1).max(200) });
export const updatePlaylistInput = z.strictObject({
  id,
  name: displayName.optional(),
  order: playlistOrder.optional(),
  fadeMs: fadeMs.optional(),
  businessId,
});
/** Adds assets, then playlists, in the order given, before the item `beforeItemId`, or at the end. */
export const addItemsInput = z
  .strictObject({
    playlistId: id,
    assetIds: z.array(id).max(500).default([]),
    playlistIds: z.array(id).max(100).default([]),
    beforeItemId: id.optional(),
  })
  .refine(({ assetIds, playlistIds }) => assetIds.length + playlistIds.length > 0, {
    path: ["assetIds"],
    message: "Choose something to add",
  });
export const updateItemInput = z.strictObject({
  playlistId: id,
  itemId: id,
  durationMs: durationMs.nullable().optional(),
  isEnabled: z.boolean().optional(),
  take: take.nullable().optional(),
  weight: weight.optional(),
  daypartIds: z.array(id).max(50).optional(),
});
/** Moves one item before another, or to the end when `beforeItemId` is null. */
export const moveItemInput = z.strictObject({ playlistId: id, itemId: id, beforeItemId: id.nullable() });
export const removeItemsInput = z.strictObject({ playlistId: id, itemIds: z.array(id).min(1).max(500) });
