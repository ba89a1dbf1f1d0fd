import { createHash } from "node:crypto";
import type { Manifest } from "@vitrine/core/model/manifest";
import { compileDay, dayBounds, localDateAt, type Slot, type Timeline } from "@vitrine/core/schedule";

/** Compiled days, kept while they are of use. Screens with the same schedule in one process share them. */
export interface Timelines {
  /** Slots in order from the one that covers `fromMs`, across days; none when the screen is idle. */
  slotsFrom(manifest: Manifest, fromMs: number): Generator<Slot>;
  /** Compiles the day after the one of `nowMs` if that begins soon, so that the change of days costs nothing. */
  prepareTomorrow(manifest: Manifest, nowMs: number): void;
}

/** Days ahead that are searched for a slot before the screen counts as idle. */
const DAYS_AHEAD = 2;
/** How long before its beginning a day is compiled. */
const TOMORROW_AHEAD_MS = 10 * 60_000;

/** Keeps at most `limit` days that `compile` made, the least lately used go first. */
export function createTimelines(limit: number, compile = compileDay): Timelines {
  const compiled = new Map<string, Timeline>();
  const keys = new WeakMap<Manifest, string>();

  const timelineOf = (manifest: Manifest, localDate: string): Timeline => {
    const content = keys.get(manifest) ?? scheduleKey(manifest);
    keys.set(manifest, content);
    const key = `${content} ${localDate}`;
    const timeline = compiled.get(key) ?? compile(manifest, localDate);
    compiled.delete(key);
    compiled.set(key, timeline);
    for (const oldest of compiled.keys()) {
      if (compiled.size <= limit) break;
      compiled.delete(oldest);
    }
    return timeline;
  };

  return {
    *slotsFrom(manifest, fromMs) {
      let atMs = fromMs;
      for (let day = 0; day <= DAYS_AHEAD; day += 1) {
        const timeline = timelineOf(manifest, localDateAt(manifest.timeZone, atMs));
        for (let index = indexAt(timeline.slots, fromMs); index < timeline.slots.length; index += 1) {
          const slot = timeline.slots[index];
          if (slot && slot.endMs > fromMs) yield slot;
        }
        atMs = timeline.endMs;
      }
    },
    prepareTomorrow(manifest, nowMs) {
      const { endMs } = dayBounds(manifest.timeZone, localDateAt(manifest.timeZone, nowMs));
      if (endMs - nowMs <= TOMORROW_AHEAD_MS) timelineOf(manifest, localDateAt(manifest.timeZone, endMs));
    },
  };
}

/** Index of the last slot that starts at or before an instant; 0 if none does. */
export function indexAt(slots: readonly Slot[], instantMs: number): number {
  let low = 0;
  let high = slots.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((slots[middle]?.startMs ?? Number.POSITIVE_INFINITY) <= instantMs) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** What of a manifest decides its timelines, in one hash. */
function scheduleKey(manifest: Manifest): string {
  const { timeZone, playlistId, defaultPlaylistId, graceMs } = manifest;
  const { entries, dayparts, layouts, playlists } = manifest;
  const times = manifest.assets.map((asset) => [
    asset.id,
    asset.durationMs,
    asset.availableFrom,
    asset.availableUntil,
  ]);
  const screen = [timeZone, playlistId, defaultPlaylistId, graceMs];
  const text = JSON.stringify([screen, entries, dayparts, layouts, playlists, times]);
  return createHash("sha256").update(text).digest("base64url");
}
