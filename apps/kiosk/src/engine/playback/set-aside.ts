import type { ManifestAsset } from "@vitrine/core/model/manifest";
import type { Clock } from "../platform/clock.ts";
import type { Faults } from "../platform/faults.ts";
import type { Log } from "../platform/log.ts";
import { contentOf } from "./plan.ts";

/** Content that could not be shown too often, and is left out for it. */
export interface SetAside {
  has(asset: ManifestAsset): boolean;
  onFailed(asset: ManifestAsset, reason: string): void;
  onShown(asset: ManifestAsset): void;
  /** Forgets content that is not among these. */
  keepOnly(assets: readonly ManifestAsset[]): void;
  clear(): void;
}

const FAILURE_LIMIT = 3;
const ASIDE_MS = 5 * 60_000;

/**
 * Nothing is set aside at first. A file that is no good stays out until it is another one; a web page, and a file that
 * did not come from the disk, which may read it again, for some minutes.
 */
export function createSetAside({ clock, log, faults }: { clock: Clock; log: Log; faults: Faults }): SetAside {
  const failures = new Map<string, { count: number; asideUntilMs: number }>();
  const forgive = (key: string) => {
    if (failures.delete(key)) faults.clear("content_set_aside", key);
  };
  return {
    has: (asset) => (failures.get(contentOf(asset))?.asideUntilMs ?? 0) > clock.monotonicMs(),
    onFailed(asset, reason) {
      const key = contentOf(asset);
      const count = (failures.get(key)?.count ?? 0) + 1;
      const isPast = count >= FAILURE_LIMIT;
      const asideMs = asset.file && reason !== "load" ? Number.POSITIVE_INFINITY : ASIDE_MS;
      failures.set(key, { count, asideUntilMs: isPast ? clock.monotonicMs() + asideMs : 0 });
      if (!isPast) return;
      log.warn("content_set_aside", { assetId: asset.id, count, reason });
      const text = `"${asset.name}" could not be shown ${count} times (${reason}) and is left out`;
      faults.raise("content_set_aside", text, key);
    },
    onShown: (asset) => forgive(contentOf(asset)),
    keepOnly(assets) {
      const present = new Set(assets.map(contentOf));
      for (const key of [...failures.keys()]) if (!present.has(key)) forgive(key);
    },
    clear: () => failures.clear(),
  };
}
