import type { AssetFault, AssetKind } from "@vitrine/core/model/asset";
import { ASSET_FAULTS, ASSET_KINDS, ASSET_STATES } from "@vitrine/core/model/asset";
import { sql } from "drizzle-orm";
import { type AnyPgColumn, bigint, boolean, integer, text, uuid } from "drizzle-orm/pg-core";
import { authorship, byteOrderedText, instant, isOneOf } from "./columns.ts";
import { organizationKey } from "./organizations.ts";
import { tenantTable } from "./tenant-table.ts";

type AssetState = (typeof ASSET_STATES)[number];

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
    /** The finished upload that waits to be processed, or was refused and can be tried again; null once it is ready. */
    uploadId: text("upload_id"),
    ...authorship(),
  },
  ["id"],
  (keys) => [
    keys.reference("assets_organization", [], organizationKey, "part"),
    keys.reference("assets_blob", ["blobSha256"], blobKey, "use"),
    keys.reference("assets_thumbnail", ["thumbnailSha256"], blobKey, "use"),
    keys.check("assets_kind", isOneOf("kind", ASSET_KINDS)),
    keys.check("assets_state", isOneOf("state", ASSET_STATES)),
    keys.check("assets_fault", isOneOf("fault", ASSET_FAULTS)),
    keys.check("assets_web_url", sql`(kind = 'web') = (url is not null)`),
    keys.unique("assets_name", ["name"], sql`is_active`),
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
    name: text("name").notNull(),
    version: integer("version").notNull().default(1),
    isActive: boolean("is_active").notNull().default(true),
    ...authorship(),
  },
  ["id"],
  (keys) => [
    keys.reference("playlists_organization", [], organizationKey, "part"),
    keys.unique("playlists_name", ["name"], sql`is_active`),
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
    assetId: uuid("asset_id").notNull(),
    position: byteOrderedText("position").notNull(),
    durationMs: integer("duration_ms"),
    isEnabled: boolean("is_enabled").notNull().default(true),
  },
  ["id"],
  (keys) => [
    keys.reference("playlist_items_playlist", ["playlistId"], playlistKey, "part"),
    keys.reference("playlist_items_asset", ["assetId"], assetKey, "use"),
    keys.check("playlist_items_duration", sql`duration_ms > 0`),
    keys.index("playlist_items_in_order", "playlistId", "position", "id"),
    keys.index("playlist_items_by_asset", "assetId", "playlistId"),
  ],
);

function blobKey(): [AnyPgColumn, AnyPgColumn] {
  return [blobs.organizationId, blobs.sha256];
}
function assetKey(): [AnyPgColumn, AnyPgColumn] {
  return [assets.organizationId, assets.id];
}
function playlistKey(): [AnyPgColumn, AnyPgColumn] {
  return [playlists.organizationId, playlists.id];
}
