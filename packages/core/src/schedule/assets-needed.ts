import type { Manifest, ManifestAsset } from "../model/manifest.ts";
import { programOf } from "./program.ts";
import { addDays, localDateAt } from "./time.ts";
import { type AssetSlot, compileDay, type Slot } from "./timeline.ts";

/**
 * The assets with files in the order in which they are first needed in `[fromMs, untilMs)`, each once; after
 * them the rest of the manifest's files, so that nothing assigned stays unfetched.
 */
export function assetsNeeded(manifest: Manifest, fromMs: number, untilMs: number): ManifestAsset[] {
  const { assets } = programOf(manifest);
  const withFiles = manifest.assets.filter((one) => one.file);
  const ordered = new Set<ManifestAsset>();
  for (const slots of slotsByDay(manifest, fromMs, untilMs)) {
    for (const slot of slots) {
      const asset = assets.get(slot.assetId);
      if (asset?.file) ordered.add(asset);
      if (ordered.size === withFiles.length) break;
    }
    if (ordered.size === withFiles.length) break;
  }
  return [...ordered, ...withFiles.filter((one) => !ordered.has(one))];
}

/** The showings of assets that meet `[fromMs, untilMs)`, day by day, in order of time; those of a layout's zones too. */
export function* slotsByDay(manifest: Manifest, fromMs: number, untilMs: number): Generator<AssetSlot[]> {
  if (fromMs >= untilMs) return;
  const lastDate = localDateAt(manifest.timeZone, untilMs - 1);
  for (let date = localDateAt(manifest.timeZone, fromMs); date <= lastDate; date = addDays(date, 1)) {
    const slots = compileDay(manifest, date).slots.flatMap(assetSlotsOf);
    yield slots.filter((slot) => slot.endMs > fromMs && slot.startMs < untilMs);
  }
}

/** A slot's showings of assets in order of time: itself, or those of all of its zones. */
export function assetSlotsOf(slot: Slot): readonly AssetSlot[] {
  if (slot.kind === "asset") return [slot];
  return slot.zones.flatMap(({ slots }) => slots).sort((one, other) => one.startMs - other.startMs);
}
