import type { SyncProgress } from "@vitrine/core/model/device";
import { MISSING_FILES, type MissingFile } from "@vitrine/core/model/device-health";
import type { Manifest, ManifestFile } from "@vitrine/core/model/manifest";
import { filesOf } from "./activation.ts";

/** Those that people ask after first: under way, in trouble, given up; what merely waits comes last. */
const ORDER: readonly MissingFile["state"][] = ["downloading", "retrying", "set_aside", "waiting"];
const rankOf = ({ state }: MissingFile) => ORDER.indexOf(state);

/** How far a manifest's files are; `describe` tells of one that is not there. */
export function progressOf(
  manifest: Manifest,
  isThere: (file: ManifestFile) => boolean,
  describe: (file: ManifestFile) => MissingFile,
): SyncProgress {
  const all = filesOf(manifest);
  const ready = all.filter(isThere);
  const missing = all.filter((file) => !isThere(file)).map(describe);
  const bytesTotal = all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const heldBytes = missing.reduce((sum, { bytesReady }) => sum + bytesReady, 0);
  const readyBytes = ready.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return {
    filesReady: ready.length,
    filesTotal: all.length,
    bytesReady: Math.min(bytesTotal, readyBytes + heldBytes),
    bytesTotal,
    missing: missing.toSorted((one, other) => rankOf(one) - rankOf(other)).slice(0, MISSING_FILES),
  };
}
