import type { Manifest, ManifestAsset } from "../model/manifest.ts";
import { localDateAt } from "./time.ts";
import { compileDay } from "./timeline.ts";

const DAY_MS = 86_400_000;

/**
 * The assets with files in the order in which they are first needed in `[fromMs, untilMs)`, each once; after
 * them the rest of the manifest's files, so that nothing assigned stays unfetched.
 */
export function assetsNeeded(manifest: Manifest, fromMs: number, untilMs: number): ManifestAsset[] {
  const withFiles = new Map(manifest.assets.filter((one) => one.file).map((one) => [one.id, one]));
  const ordered = new Set<ManifestAsset>();
  for (let atMs = fromMs; atMs < untilMs && ordered.size < withFiles.size; atMs += DAY_MS) {
    for (const slot of compileDay(manifest, localDateAt(manifest.timeZone, atMs)).slots) {
      const asset = withFiles.get(slot.assetId);
      if (asset && slot.endMs > fromMs && slot.startMs < untilMs) ordered.add(asset);
      if (ordered.size === withFiles.size) break;
    }
  }
  return [...ordered, ...[...withFiles.values()].filter((one) => !ordered.has(one))];
}
