import type { Manifest, ManifestFile } from "../model/manifest.ts";
import { programOf } from "./program.ts";
import { addDays, localDateAt } from "./time.ts";
import { type AssetSlot, compileDay, type Slot } from "./timeline.ts";

/**
 * The files of a manifest in the order in which they are first needed in `[fromMs, untilMs)`, each content once; after
 * them the logo of idle screens and the rest, so that nothing assigned stays unfetched.
 */
export function filesNeeded(manifest: Manifest, fromMs: number, untilMs: number): ManifestFile[] {
  const { assets } = programOf(manifest);
  const shown = manifest.assets.flatMap(({ file }) => file ?? []);
  const count = new Set(shown.map(({ sha256 }) => sha256)).size;
  const ordered = new Map<string, ManifestFile>();
  for (const slots of slotsByDay(manifest, fromMs, untilMs)) {
    for (const slot of slots) {
      const file = assets.get(slot.assetId)?.file;
      if (file && !ordered.has(file.sha256)) ordered.set(file.sha256, file);
      if (ordered.size === count) break;
    }
    if (ordered.size === count) break;
  }
  for (const file of [...(manifest.brand?.logo ? [manifest.brand.logo] : []), ...shown]) {
    if (!ordered.has(file.sha256)) ordered.set(file.sha256, file);
  }
  return [...ordered.values()];
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
