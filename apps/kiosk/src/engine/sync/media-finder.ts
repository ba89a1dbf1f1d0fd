import type { MediaFile, MediaSource } from "../../shared/shell.ts";
import type { FileStore } from "../platform/file-store.ts";
import { describe, type Log } from "../platform/log.ts";
import { filesOf } from "./activation.ts";
import { type Cache, pathOf } from "./cache.ts";
import type { AcceptedManifest } from "./manifest-file.ts";

export interface MediaFinderDeps {
  files: FileStore;
  cache: Cache;
  log: Log;
  signal: AbortSignal;
  /** Manifests whose files may be shown. */
  findManifests(): readonly (AcceptedManifest | undefined)[];
}

/** Finds files for the stage: only what a manifest names, and only while it is whole on disk. */
export function createMediaFinder(deps: MediaFinderDeps): MediaSource["findMedia"] {
  const { files, cache, log, signal, findManifests } = deps;
  return async (sha256): Promise<MediaFile | undefined> => {
    const named = findManifests().flatMap((known) => (known ? filesOf(known.manifest) : []));
    const file = named.find((one) => one.sha256 === sha256);
    if (file === undefined) return undefined;
    const isFit = await cache.isFit(file, signal).catch((error: unknown) => {
      log.warn("file_not_read", { sha256, reason: describe(error) });
      return false;
    });
    if (!isFit) return undefined;
    return { path: files.absolute(pathOf(sha256)), sizeBytes: file.sizeBytes, mediaType: file.mediaType };
  };
}
