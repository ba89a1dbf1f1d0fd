import * as z from "zod";
import { businessId, ofBusiness } from "./business.ts";
import { id, instant, sha256 } from "./ids.ts";
import { displayName, page, pageInput, searchText, tag, tags } from "./paging.ts";

/** `stream` is a live or endless HLS stream by its address. */
export const ASSET_KINDS = ["image", "video", "web", "stream"] as const;
export const assetKind = z.enum(ASSET_KINDS);
export type AssetKind = z.infer<typeof assetKind>;
/** Kinds of content that is an address rather than a file. */
export type LinkKind = Extract<AssetKind, "web" | "stream">;
/** Whether content of this kind is an address rather than a file. */
export function isLinkKind(kind: AssetKind): kind is LinkKind {
  return kind === "web" || kind === "stream";
}

/** `pending` waits for the worker, `processing` is in its hands, `ready` plays, `failed` says why. */
export const ASSET_STATES = ["pending", "processing", "ready", "failed"] as const;
export const assetState = z.enum(ASSET_STATES);

/** How a picture fills its zone: all of it on black, all of the zone and cropped, or stretched. */
export const FITS = ["contain", "cover", "fill"] as const;
export const fit = z.enum(FITS);
export type Fit = z.infer<typeof fit>;
/** Loudness of one content in percent of the screen's; 0 is muted. */
export const loudness = z.int().min(0, "At least 0").max(100, "At most 100");

/** Why content was refused: each has a text that a person understands in the message catalogue. */
export const ASSET_FAULTS = [
  "unsupported_type",
  "damaged",
  "too_many_pixels",
  "too_long",
  "no_picture",
  "codec_unsupported",
  "empty",
  "processing_stopped",
] as const;
export const assetFault = z.enum(ASSET_FAULTS);
export type AssetFault = z.infer<typeof assetFault>;

export const MAX_UPLOAD_BYTES = 8 * 1024 ** 3;
export const MAX_PIXELS = 50_000_000;

/** `http` or `https`, without credentials. */
export const webUrl = z
  .url({
    protocol: /^https?$/,
    hostname: z.regexes.hostname,
    error: "Enter an address such as https://example.com",
  })
  .max(2000)
  .refine((text) => !hasCredentials(text), "Leave user name and password out of the address");

export const assetView = z.strictObject({
  id,
  /** Null: the organization as a whole. */
  businessId: id.nullable(),
  kind: assetKind,
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  state: assetState,
  fault: assetFault.nullable(),
  isEnabled: z.boolean(),
  isActive: z.boolean(),
  /** Pixels as shown, orientation applied; null for web pages and until processed. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** A video's own length; null for everything that stands still. */
  durationMs: z.int().nullable(),
  mediaType: z.string().nullable(),
  codec: z.string().nullable(),
  sizeBytes: z.int().nullable(),
  sha256: sha256.nullable(),
  url: z.string().nullable(),
  /** Seconds between reloads of a web page; 0 never. */
  reloadSeconds: z.int().nullable(),
  fit,
  loudness,
  /** Signed addresses on the content origin, valid for some hours; null until processed. */
  thumbnailUrl: z.string().nullable(),
  fileUrl: z.string().nullable(),
  /** It plays within `[availableFrom, availableUntil)` only; null is open. */
  availableFrom: instant.nullable(),
  availableUntil: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
  createdByName: z.string().nullable(),
});
export type AssetView = z.infer<typeof assetView>;

export const assetSort = z.enum(["newest", "oldest", "name", "largest"]);
export const listAssetsInput = pageInput.extend({
  search: searchText,
  kind: assetKind.optional(),
  state: assetState.optional(),
  tag: tag.optional(),
  businessId: ofBusiness,
  /** Removed assets instead of present ones. */
  removed: z.boolean().default(false),
  sort: assetSort.default("newest"),
});
export const assetPage = page(assetView);

export const createWebAssetInput = z.strictObject({
  name: displayName.optional(),
  url: webUrl,
  reloadSeconds: z.int().min(0).max(86_400).default(0),
  tags: tags.default([]),
  businessId,
});
/** `url`: an HLS playlist (`.m3u8`). */
export const createStreamAssetInput = z.strictObject({
  name: displayName.optional(),
  url: webUrl,
  tags: tags.default([]),
  businessId,
});
export const updateAssetInput = z.strictObject({
  id,
  name: displayName.optional(),
  description: z.string().trim().max(2000).optional(),
  tags: tags.optional(),
  isEnabled: z.boolean().optional(),
  url: webUrl.optional(),
  reloadSeconds: z.int().min(0).max(86_400).optional(),
  fit: fit.optional(),
  loudness: loudness.optional(),
  availableFrom: instant.nullable().optional(),
  availableUntil: instant.nullable().optional(),
  businessId,
});
export const assetIdsInput = z.strictObject({ ids: z.array(id).min(1).max(200) });

/**
 * Metadata of a tus upload (`Upload-Metadata`). `replaces` puts the file in place of that asset's own.
 * The finished upload answers with the header `X-Vitrine-Asset`, the asset's id.
 */
export const uploadMetadata = z.object({
  filename: displayName,
  replaces: id.optional(),
  tags: z.string().max(2000).optional(),
  /** The business that it belongs to; empty, which servers of tus read as null: the organization as a whole. */
  businessId: z
    .union([id, z.literal("")])
    .nullable()
    .transform((text) => text || null)
    .optional(),
});

/** What uses a thing: named, so that a person can go there. */
export const usedBy = z.strictObject({
  playlists: z.array(z.strictObject({ id, name: z.string() })),
  layouts: z.array(z.strictObject({ id, name: z.string() })),
  entries: z.array(z.strictObject({ id, name: z.string() })),
  devices: z.array(z.strictObject({ id, name: z.string() })),
  isOrganizationDefault: z.boolean(),
  /** It is the logo on idle screens. */
  isBrandLogo: z.boolean().default(false),
});
export type UsedBy = z.infer<typeof usedBy>;

function hasCredentials(text: string): boolean {
  return /^https?:\/\/[^/?#]*@/i.test(text);
}
