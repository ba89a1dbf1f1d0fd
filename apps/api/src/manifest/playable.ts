import { MAX_DURATION_MS, MIN_DURATION_MS } from "@vitrine/core/model/organization";
import { assets, organizations, playlistItems } from "@vitrine/db/schema";
import { sql } from "drizzle-orm";

/**
 * The one condition that says which content plays, over `assets`: enabled, present, with a processed file or an
 * address. Its state does not matter: while another file is processed in its place, the former one plays on.
 * A line of a playlist plays when it is enabled and its content plays.
 */
export const isPlayableAsset = sql<boolean>`(${assets.isEnabled} and ${assets.isActive}
  and (${assets.blobSha256} is not null or ${assets.url} is not null))`;

/**
 * How long one showing of an asset lasts by itself, ms: a video's own length, else the organization's default; within
 * the bounds of any duration. For queries that join `assets` with `organizations`.
 */
export const assetDurationMs = sql<number>`greatest(${sql.raw(`${MIN_DURATION_MS}`)}, least(${sql.raw(`${MAX_DURATION_MS}`)},
  coalesce(${assets.durationMs}, ${organizations.defaultDurationMs})))`;

/** How long an item is shown, ms: its own duration, else its asset's. */
export const itemDurationMs = sql<number>`coalesce(${playlistItems.durationMs}, ${assetDurationMs})`;
