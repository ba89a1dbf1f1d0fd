import { createHash, randomBytes, randomUUID } from "node:crypto";
import { CHUNK_BYTES } from "@vitrine/core/model/ids";
import {
  MANIFEST_VERSION,
  type Manifest,
  type ManifestAsset,
  type ManifestFile,
} from "@vitrine/core/model/manifest";
import { DEFAULT_GRACE_MS } from "@vitrine/core/model/organization";

/** A file with what a manifest says of it. */
export interface TestFile {
  bytes: Buffer;
  chunks: Buffer;
  file: ManifestFile;
}

/** Random bytes with their hashes. */
export function makeFile(sizeBytes: number, bytes = randomBytes(sizeBytes)): TestFile {
  const hashes: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    hashes.push(
      createHash("sha256")
        .update(bytes.subarray(at, at + CHUNK_BYTES))
        .digest(),
    );
  }
  const chunks = Buffer.concat(hashes);
  const hex = (data: Buffer) => createHash("sha256").update(data).digest("hex");
  const file = {
    sha256: hex(bytes),
    sizeBytes: bytes.length,
    mediaType: "image/png",
    chunksSha256: hex(chunks),
  };
  return { bytes, chunks, file };
}

const ALWAYS = { availableFrom: null, availableUntil: null };

export function fileAsset({ file }: TestFile, durationMs = 1000): ManifestAsset {
  const shape = {
    name: file.sha256.slice(0, 6),
    kind: "image" as const,
    durationMs,
    width: 10,
    height: 10,
    ...ALWAYS,
  };
  return { id: randomUUID(), ...shape, file, url: null, reloadSeconds: 0 };
}

export function webAsset(url: string, durationMs = 1000): ManifestAsset {
  const shape = { name: url, kind: "web" as const, durationMs, width: null, height: null, ...ALWAYS };
  return { id: randomUUID(), ...shape, file: null, url, reloadSeconds: 0 };
}

export interface ManifestParts {
  assets: ManifestAsset[];
  deviceId?: string;
  organizationId?: string;
  revision?: number;
  playlistId?: string;
  /** Item ids by asset, to keep them over edits. */
  itemIds?: string[];
  validUntil?: string;
  timeZone?: string;
}

/** A manifest whose one playlist plays the assets in order. */
export function makeManifest(parts: ManifestParts): Manifest {
  const playlistId = parts.playlistId ?? randomUUID();
  return {
    version: MANIFEST_VERSION,
    organizationId: parts.organizationId ?? randomUUID(),
    organizationName: "Café Central",
    deviceId: parts.deviceId ?? randomUUID(),
    deviceName: "Window",
    revision: parts.revision ?? 1,
    validUntil: parts.validUntil ?? "2099-01-01T00:00:00.000Z",
    timeZone: parts.timeZone ?? "UTC",
    rotation: 0,
    playlistId,
    defaultPlaylistId: null,
    graceMs: DEFAULT_GRACE_MS,
    entries: [],
    dayparts: [],
    layouts: [],
    playlists: [
      {
        id: playlistId,
        name: "Loop",
        order: "sequence",
        items: parts.assets.map(({ id }, index) => ({
          id: parts.itemIds?.[index] ?? randomUUID(),
          assetId: id,
          playlistId: null,
          durationMs: null,
          take: null,
          weight: 1,
          daypartIds: [],
        })),
      },
    ],
    assets: parts.assets,
  };
}
