import type { AssetFault, AssetKind } from "@vitrine/core/model/asset";
import { ASSET_FAULTS, ASSET_KINDS, ASSET_STATES, FITS, type Fit } from "@vitrine/core/model/asset";
import { LAYOUT_ASPECTS, type LayoutAspect } from "@vitrine/core/model/layout";
import { MAX_FADE_MS, PLAYLIST_ORDERS } from "@vitrine/core/model/playlist";
import type { Daypart } from "@vitrine/core/model/schedule";
import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  doublePrecision,
  integer,
  jsonb,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { businessKey } from "./businesses.ts";
import { authorship, byteOrderedText, instant, isOneOf } from "./columns.ts";
import { organizationKey } from "./organizations.ts";
import { tenantTable } from "./tenant-table.ts";

type PlaylistOrder = (typeof PLAYLIST_ORDERS)[number];
type AssetState = (typeof ASSET_STATES)[number];

/**
 * A name is unique among the present things of a business, and among those of the organization as a whole: that one is
 * taken tells a limited member nothing of what they do not see.
 */
export const NAMED_BY_ORGANIZATION = sql`is_active and business_id is null`;
export const NAMED_BY_BUSINESS = sql`is_active and business_id is not null`;

/** Files by content: a row says that this organization holds the blob, whoever else may hold the same bytes. */
export const blobs = tenantTable(
  "blobs",
  {
    sha256: text("sha256").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    mediaType: text("media_type").notNull(),
    /** SHA-256 of the chunk list: 32 raw bytes a MiB, in order. */
    chunksSha256: text("chunks_sha256").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  ["sha256"],
  (keys) => [
    keys.reference("blobs_organization", [], organizationKey, "part"),
    keys.check("blobs_sha256", sql`sha256 ~ '^[0-9a-f]{64}$' and chunks_sha256 ~ '^[0-9a-f]{64}$'`),
    keys.check("blobs_size", sql`size_bytes >= 0`),
  ],
);

/** Content. `size_bytes` repeats the blob's so that "largest" is an index; 0 until processed and for web pages. */
export const assets = tenantTable(
  "assets",
  {
    id: uuid("id").notNull(),
    /** The business that it belongs to; null: the organization as a whole. */
    businessId: uuid("business_id"),
    kind: text("kind").$type<AssetKind>().notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    state: text("state").$type<AssetState>().notNull(),
    fault: text("fault").$type<AssetFault>(),
    isEnabled: boolean("is_enabled").notNull().default(true),
    isActive: boolean("is_active").notNull().default(true),
    width: integer("width"),
    height: integer("height"),
    durationMs: integer("duration_ms"),
    mediaType: text("media_type"),
    codec: text("codec"),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull().default(0),
    blobSha256: text("blob_sha256"),
    thumbnailSha256: text("thumbnail_sha256"),
    url: text("url"),
    reloadSeconds: integer("reload_seconds"),
    fit: text("fit").$type<Fit>().notNull().default("contain"),
    loudness: integer("loudness").notNull().default(100),
    availableFrom: instant("available_from"),
    availableUntil: instant("available_until"),
    /** The finished upload that waits to be processed, or was refused and can be tried again; null once it is ready. */
    uploadId: text("upload_id"),
    ...authorship(),
  },
  ["id"],
  (keys) => [
    keys.reference("assets_organization", [], organizationKey, "part"),
    keys.reference("assets_business", ["businessId"], businessKey, "use"),
    keys.reference("assets_blob", ["blobSha256"], blobKey, "use"),
    keys.reference("assets_thumbnail", ["thumbnailSha256"], blobKey, "use"),
    keys.check("assets_kind", isOneOf("kind", ASSET_KINDS)),
    keys.check("assets_state", isOneOf("state", ASSET_STATES)),
    keys.check("assets_fault", isOneOf("fault", ASSET_FAULTS)),
    keys.check("assets_available", sql`available_from < available_until`),
    keys.check("assets_web_url", sql`(kind in ('web', 'stream')) = (url is not null)`),
    keys.check("assets_fit", isOneOf("fit", FITS)),
    keys.check("assets_loudness", sql`loudness between 0 and 100`),
    keys.unique("assets_name", ["name"], NAMED_BY_ORGANIZATION),
    keys.unique("assets_name_in_business", ["businessId", "name"], NAMED_BY_BUSINESS),
    keys.index("assets_by_business", "businessId", "isActive", "createdAt", "id"),
    keys.index("assets_by_time", "isActive", "createdAt", "id"),
    keys.index("assets_by_name", "isActive", "name", "id"),
    keys.index("assets_by_size", "isActive", "sizeBytes", "id"),
    keys.index("assets_by_kind", "isActive", "kind", "createdAt", "id"),
    keys.index("assets_by_state", "isActive", "state", "createdAt", "id"),
    keys.index("assets_by_blob", "blobSha256"),
    keys.index("assets_by_thumbnail", "thumbnailSha256"),
  ],
);

/** Tags of content, lower-case. */
export const assetTags = tenantTable(
  "asset_tags",
  { assetId: uuid("asset_id").notNull(), tag: text("tag").notNull() },
  ["assetId", "tag"],
  (keys) => [
    keys.reference("asset_tags_asset", ["assetId"], assetKey, "part"),
    keys.index("asset_tags_by_tag", "tag", "assetId"),
  ],
);

/** Ordered content. `version` grows with every change of the playlist or its items. */
export const playlists = tenantTable(
  "playlists",
  {
    id: uuid("id").notNull(),
    /** The business that it belongs to; null: the organization as a whole. */
    businessId: uuid("business_id"),
    name: text("name").notNull(),
    order: text("order").$type<PlaylistOrder>().notNull().default("sequence"),
    fadeMs: integer("fade_ms").notNull().default(0),
    version: integer("version").notNull().default(1),
    isActive: boolean("is_active").notNull().default(true),
    ...authorship(),
  },
  ["id"],
  (keys) => [
    keys.reference("playlists_organization", [], organizationKey, "part"),
    keys.reference("playlists_business", ["businessId"], businessKey, "use"),
    keys.check("playlists_order", isOneOf('"order"', PLAYLIST_ORDERS)),
    keys.check("playlists_fade", sql.raw(`fade_ms between 0 and ${MAX_FADE_MS}`)),
    keys.unique("playlists_name", ["name"], NAMED_BY_ORGANIZATION),
    keys.unique("playlists_name_in_business", ["businessId", "name"], NAMED_BY_BUSINESS),
    keys.index("playlists_by_business", "businessId", "isActive", "createdAt", "id"),
    keys.index("playlists_by_time", "isActive", "createdAt", "id"),
    keys.index("playlists_by_name", "isActive", "name", "id"),
  ],
);

/** Lines of playlists in the byte order of `position`, a fractional index. */
export const playlistItems = tenantTable(
  "playlist_items",
  {
    id: uuid("id").notNull(),
    playlistId: uuid("playlist_id").notNull(),
    assetId: uuid("asset_id"),
    nestedPlaylistId: uuid("nested_playlist_id"),
    position: byteOrderedText("position").notNull(),
    durationMs: integer("duration_ms"),
    take: integer("take"),
    weight: integer("weight").notNull().default(1),
    isEnabled: boolean("is_enabled").notNull().default(true),
  },
  ["id"],
  (keys) => [
    keys.reference("playlist_items_playlist", ["playlistId"], playlistKey, "part"),
    keys.reference("playlist_items_asset", ["assetId"], assetKey, "use"),
    keys.reference("playlist_items_nested", ["nestedPlaylistId"], playlistKey, "use"),
    keys.check("playlist_items_content", sql`num_nonnulls(asset_id, nested_playlist_id) = 1`),
    keys.check("playlist_items_duration", sql`duration_ms > 0`),
    keys.check("playlist_items_take", sql`take > 0 and weight between 1 and 100`),
    keys.index("playlist_items_in_order", "playlistId", "position", "id"),
    keys.index("playlist_items_by_asset", "assetId", "playlistId"),
    keys.index("playlist_items_by_nested", "nestedPlaylistId", "playlistId"),
  ],
);

/** Named windows of local time. */
export const dayparts = tenantTable(
  "dayparts",
  {
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    windows: jsonb("windows").$type<Daypart["windows"]>().notNull(),
    exceptDates: text("except_dates").array().notNull().default(sql`'{}'`),
    isActive: boolean("is_active").notNull().default(true),
    ...authorship(),
  },
  ["id"],
  (keys) => [
    keys.reference("dayparts_organization", [], organizationKey, "part"),
    keys.unique("dayparts_name", ["name"], sql`is_active`),
    keys.index("dayparts_by_name", "isActive", "name", "id"),
  ],
);

/** Dayparts that a line of a playlist waits for. */
export const itemDayparts = tenantTable(
  "item_dayparts",
  { itemId: uuid("item_id").notNull(), daypartId: uuid("daypart_id").notNull() },
  ["itemId", "daypartId"],
  (keys) => [
    keys.reference("item_dayparts_item", ["itemId"], itemKey, "part"),
    keys.reference("item_dayparts_daypart", ["daypartId"], daypartKey, "use"),
    keys.index("item_dayparts_by_daypart", "daypartId", "itemId"),
  ],
);

/** Canvases of zones. `aspect` is how they are drawn while they are edited. */
export const layouts = tenantTable(
  "layouts",
  {
    id: uuid("id").notNull(),
    /** The business that it belongs to; null: the organization as a whole. */
    businessId: uuid("business_id"),
    name: text("name").notNull(),
    aspect: text("aspect").$type<LayoutAspect>().notNull().default("16:9"),
    mainZoneId: uuid("main_zone_id").notNull(),
    durationMs: integer("duration_ms"),
    isActive: boolean("is_active").notNull().default(true),
    ...authorship(),
  },
  ["id"],
  (keys) => [
    keys.reference("layouts_organization", [], organizationKey, "part"),
    keys.reference("layouts_business", ["businessId"], businessKey, "use"),
    keys.check("layouts_aspect", isOneOf("aspect", LAYOUT_ASPECTS)),
    keys.check("layouts_duration", sql`duration_ms > 0`),
    keys.unique("layouts_name", ["name"], NAMED_BY_ORGANIZATION),
    keys.unique("layouts_name_in_business", ["businessId", "name"], NAMED_BY_BUSINESS),
    keys.index("layouts_by_business", "businessId", "isActive", "name", "id"),
    keys.index("layouts_by_name", "isActive", "name", "id"),
  ],
);

/** Rectangles of a layout in fractions of its canvas, in the order of `place`. */
export const layoutZones = tenantTable(
  "layout_zones",
  {
    layoutId: uuid("layout_id").notNull(),
    id: uuid("id").notNull(),
    place: integer("place").notNull(),
    name: text("name").notNull(),
    left: doublePrecision("left").notNull(),
    top: doublePrecision("top").notNull(),
    width: doublePrecision("width").notNull(),
    height: doublePrecision("height").notNull(),
    z: integer("z").notNull().default(0),
    playlistId: uuid("playlist_id"),
  },
  ["layoutId", "id"],
  (keys) => [
    keys.reference("layout_zones_layout", ["layoutId"], layoutKey, "part"),
    keys.reference("layout_zones_playlist", ["playlistId"], playlistKey, "use"),
    keys.unique("layout_zones_name", ["layoutId", "name"]),
    keys.index("layout_zones_by_playlist", "playlistId", "layoutId"),
  ],
);

function itemKey(): [AnyPgColumn, AnyPgColumn] {
  return [playlistItems.organizationId, playlistItems.id];
}
export function blobKey(): [AnyPgColumn, AnyPgColumn] {
  return [blobs.organizationId, blobs.sha256];
}
export function assetKey(): [AnyPgColumn, AnyPgColumn] {
  return [assets.organizationId, assets.id];
}
export function playlistKey(): [AnyPgColumn, AnyPgColumn] {
  return [playlists.organizationId, playlists.id];
}
export function layoutKey(): [AnyPgColumn, AnyPgColumn] {
  return [layouts.organizationId, layouts.id];
}
export function daypartKey(): [AnyPgColumn, AnyPgColumn] {
  return [dayparts.organizationId, dayparts.id];
}
