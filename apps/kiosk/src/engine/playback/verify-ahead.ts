import type { ManifestAsset, ManifestFile } from "@vitrine/core/model/manifest";
import { describe, type Log } from "../platform/log.ts";
import type { Cache } from "../sync/cache.ts";

const LOOK_AHEAD_SLOTS = 60;
const LOOK_AHEAD_ASSETS = 4;

export interface VerifyAheadDeps {
  cache: Cache;
  log: Log;
  /** A file is known to be sound now, or to be damaged. */
  onNews(): void;
}

/** Hashes what comes next, ahead of time. */
export interface VerifyAhead {
  /** Takes the slots of one track, in order. */
  look(slots: Iterable<{ assetId: string }>, assets: ReadonlyMap<string, ManifestAsset>): void;
  stop(): void;
}

/** Hashes nothing until it is asked to look; may be asked again after it was stopped. */
export function createVerifyAhead({ cache, log, onNews }: VerifyAheadDeps): VerifyAhead {
  let stopping = new AbortController();

  const verify = async (file: ManifestFile, signal: AbortSignal) => {
    const wasVerified = cache.isVerified(file);
    try {
      const isGood = await cache.verify(file, signal);
      if (!signal.aborted && isGood !== wasVerified) onNews();
    } catch (error) {
      if (!signal.aborted) log.error("verify_failed", { sha256: file.sha256, reason: describe(error) });
    }
  };

  return {
    look(slots, assets) {
      const seen = new Set<string>();
      let looked = 0;
      for (const { assetId } of slots) {
        looked += 1;
        if (looked > LOOK_AHEAD_SLOTS || seen.size >= LOOK_AHEAD_ASSETS) return;
        const file = assets.get(assetId)?.file;
        if (file && !seen.has(assetId) && cache.has(file)) void verify(file, stopping.signal);
        seen.add(assetId);
      }
    },
    stop() {
      stopping.abort(new Error("Playback stopped"));
      stopping = new AbortController();
    },
  };
}
