import * as z from "zod";
import { assetKind } from "./asset.ts";
import { rotation } from "./device.ts";
import { id, instant, sha256 } from "./ids.ts";
import { durationMs } from "./organization.ts";

export const MANIFEST_VERSION = 1;

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
  /** Present for web pages. */
  url: z.string().nullable(),
  reloadSeconds: z.int().min(0),
});
export type ManifestAsset = z.infer<typeof manifestAsset>;

export const manifestItem = z.strictObject({ id, assetId: id, durationMs: durationMs.nullable() });
export const manifestPlaylist = z.strictObject({
  id,
  name: z.string(),
  items: z.array(manifestItem).max(10_000),
});
export type ManifestPlaylist = z.infer<typeof manifestPlaylist>;

/**
 * All that one screen needs to play by itself for days. Only what can play is in it: enabled items of
 * ready, enabled, present assets. Its ETag is the SHA-256 of its canonical JSON (RFC 8785).
 */
export const manifest = z.strictObject({
  version: z.literal(MANIFEST_VERSION),
  organizationId: id,
  organizationName: z.string(),
  deviceId: id,
  deviceName: z.string(),
  /** The organization's content revision this was built from; a screen never goes back to a lower one. */
  revision: z.int().min(0),
  /** Past this instant the screen plays on and says that it is out of date. */
  validUntil: instant,
  timeZone: z.string(),
  rotation,
  /** The screen's own playlist; where it is null or holds nothing playable, the default plays. */
  playlistId: id.nullable(),
  /** The organization's default playlist; where this too holds nothing playable, the screen is idle. */
  defaultPlaylistId: id.nullable(),
  playlists: z.array(manifestPlaylist),
  assets: z.array(manifestAsset),
});
export type Manifest = z.infer<typeof manifest>;

/** A manifest for the dashboard's stage, with an address for each file in it, by asset. */
export const manifestPreview = z.strictObject({ manifest, mediaUrls: z.record(id, z.string()) });
export type ManifestPreview = z.infer<typeof manifestPreview>;
