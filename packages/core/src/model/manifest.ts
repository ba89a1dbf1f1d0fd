import * as z from "zod";
import { assetKind, fit, loudness } from "./asset.ts";
import { privateHost, rotation, volumePercent } from "./device.ts";
import { id, instant, sha256 } from "./ids.ts";
import { brandColor, DEFAULT_GRACE_MS, durationMs, graceMs } from "./organization.ts";
import { fadeMs, playlistOrder, take, weight } from "./playlist.ts";
import { daypart, entry, layout } from "./schedule.ts";

/** 1: one playlist and a default. 2: also entries, dayparts, layouts, nested and shuffled playlists. */
export const MANIFEST_VERSION = 2;

/** A file by its content. `chunksSha256` is the SHA-256 of the file's chunk list (32 raw bytes a MiB, in order). */
export const manifestFile = z.strictObject({
  sha256,
  sizeBytes: z.int().min(1),
  mediaType: z.string().max(100),
  chunksSha256: sha256,
});
export type ManifestFile = z.infer<typeof manifestFile>;

export const manifestAsset = z.strictObject({
  id,
  name: z.string(),
  kind: assetKind,
  /** How long one showing lasts unless the item says otherwise: a video's own length, else the default. */
  durationMs,
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** Present for images and videos. */
  file: manifestFile.nullable(),
  /** Present for web pages and streams. */
  url: z.string().nullable(),
  reloadSeconds: z.int().min(0),
  /** Absent: contain. */
  fit: fit.optional(),
  /** Absent: 100. */
  loudness: loudness.optional(),
  /** It plays within `[availableFrom, availableUntil)` only; null is open. */
  availableFrom: instant.nullable().default(null),
  availableUntil: instant.nullable().default(null),
});
export type ManifestAsset = z.infer<typeof manifestAsset>;

/** What a line of a playlist shows: an asset, or another playlist whole, or `take` items of it a pass. */
export const manifestItem = z
  .strictObject({
    id,
    assetId: id.nullable().default(null),
    playlistId: id.nullable().default(null),
    durationMs: durationMs.nullable(),
    take: take.nullable().default(null),
    /** How often it comes a cycle. */
    weight: weight.default(1),
    /** It is in the loop only while one of these is active; empty: always. */
    daypartIds: z.array(id).max(50).default([]),
  })
  .refine(({ assetId, playlistId }) => (assetId === null) !== (playlistId === null), {
    path: ["assetId"],
    message: "An item is an asset or a playlist",
  });
export type ManifestItem = z.infer<typeof manifestItem>;
export const manifestPlaylist = z.strictObject({
  id,
  name: z.string(),
  order: playlistOrder.default("sequence"),
  /** How its items come onto the glass; absent: 0, a cut. */
  fadeMs: fadeMs.optional(),
  items: z.array(manifestItem).max(10_000),
});
export type ManifestPlaylist = z.infer<typeof manifestPlaylist>;

/**
 * All that one screen needs to play by itself for days. Only what can play is in it: enabled items of
 * ready, enabled, present assets. It travels as canonical JSON (RFC 8785), signed; its ETag names all of it but the
 * revision, so it changes when, and only when, something else in it does.
 */
export const manifest = z.strictObject({
  /** A document of version 1 reads as one of version 2 that has none of what came with it. */
  version: z.literal([1, MANIFEST_VERSION]),
  organizationId: id,
  organizationName: z.string(),
  deviceId: id,
  deviceName: z.string(),
  /**
   * The organization's content revision when this was built; a screen never goes back to a lower one. What a screen
   * holds may be of a lower revision than the organization's: all that changed since was not for this screen.
   */
  revision: z.int().min(0),
  /** Past this instant the screen plays on and says that it is out of date. */
  validUntil: instant,
  timeZone: z.string(),
  rotation,
  /** Absent: as the player was set up. */
  volumePercent: volumePercent.optional(),
  /** Hosts of the private network that web content may reach; absent: none. */
  privateHosts: z.array(privateHost).max(20).optional(),
  /** How splash and idle screen look; absent: as ours. */
  brand: z.strictObject({ color: brandColor.nullable(), logo: manifestFile.nullable() }).optional(),
  /** The screen's own playlist; where it is null or holds nothing playable, the default plays. */
  playlistId: id.nullable(),
  /** The organization's default playlist; where this too holds nothing playable, the screen is idle. */
  defaultPlaylistId: id.nullable(),
  /** What is left of an item at a soft boundary may play on if it is at most this. */
  graceMs: graceMs.default(DEFAULT_GRACE_MS),
  entries: z.array(entry).max(20_000).default([]),
  dayparts: z.array(daypart).max(1000).default([]),
  layouts: z.array(layout).max(2000).default([]),
  playlists: z.array(manifestPlaylist).max(20_000),
  assets: z.array(manifestAsset).max(100_000),
});
export type Manifest = z.infer<typeof manifest>;

/** A manifest for the dashboard's stage, with an address for each file in it, by asset, and for its logo. */
export const manifestPreview = z.strictObject({
  manifest,
  mediaUrls: z.record(id, z.string()),
  logoUrl: z.string().nullable().default(null),
});
export type ManifestPreview = z.infer<typeof manifestPreview>;
