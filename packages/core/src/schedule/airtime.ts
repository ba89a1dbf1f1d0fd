import type { Manifest } from "../model/manifest.ts";
import { slotsByDay } from "./files-needed.ts";

/** How often and how long an asset is on the screen; showings that are cut count too. */
export type Airtime = { assetId: string; plays: number; shownMs: number };

/** The airtime of every asset that is shown in `[fromMs, untilMs)`, the longest first. Zones of a layout count each by itself. */
export function airtime(manifest: Manifest, fromMs: number, untilMs: number): Airtime[] {
  const sums = new Map<string, Airtime>();
  for (const slots of slotsByDay(manifest, fromMs, untilMs)) {
    for (const { assetId, startMs, endMs } of slots) {
      const sum = sums.get(assetId) ?? { assetId, plays: 0, shownMs: 0 };
      sums.set(assetId, sum);
      sum.shownMs += Math.min(endMs, untilMs) - Math.max(startMs, fromMs);
      if (startMs >= fromMs) sum.plays += 1;
    }
  }
  return [...sums.values()].sort(
    (one, other) => other.shownMs - one.shownMs || (one.assetId < other.assetId ? -1 : 1),
  );
}
