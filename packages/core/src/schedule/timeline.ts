import type { Manifest, ManifestAsset, ManifestPlaylist } from "../model/manifest.ts";
import { dayBounds } from "./time.ts";

/** Why an item has the screen: its own playlist, or the organization's default. */
export type SlotReason = "screen_playlist" | "organization_default";

/** One showing of one item, half-open `[startMs, endMs)` in epoch milliseconds, UTC. */
export type Slot = {
  /** Unique within a screen and stable across rebuilds that change nothing before it. */
  slotId: string;
  zone: "main";
  startMs: number;
  endMs: number;
  playlistId: string;
  itemId: string;
  assetId: string;
  /** False when the slot ends before the item's duration is over. */
  isWhole: boolean;
  reason: SlotReason;
};

/** One local day of one screen. Slots are in order, without gap or overlap; none when the screen is idle. */
export type Timeline = { localDate: string; startMs: number; endMs: number; slots: readonly Slot[] };

/**
 * The timeline of a local date (ISO 8601). The day's start is a hard boundary: the loop begins with its first
 * item, and an item that runs past the day's end is cut there. Total: a valid manifest never makes it throw.
 */
export function compileDay(manifest: Manifest, localDate: string): Timeline {
  const day = dayBounds(manifest.timeZone, localDate);
  const loop = findLoop(manifest);
  const slots: Slot[] = [];
  if (loop) {
    let startMs = day.startMs;
    for (let index = 0; startMs < day.endMs; index = (index + 1) % loop.items.length) {
      const item = loop.items[index];
      if (!item) break;
      const naturalEndMs = startMs + item.durationMs;
      const endMs = Math.min(naturalEndMs, day.endMs);
      slots.push({
        slotId: `${startMs}-${item.itemId}`,
        zone: "main",
        startMs,
        endMs,
        playlistId: loop.playlistId,
        itemId: item.itemId,
        assetId: item.assetId,
        isWhole: endMs === naturalEndMs,
        reason: loop.reason,
      });
      startMs = endMs;
    }
  }
  return { ...day, slots };
}

type LoopItem = { itemId: string; assetId: string; durationMs: number };
type Loop = { playlistId: string; reason: SlotReason; items: LoopItem[] };

/** The first of the screen's playlist and the default that holds anything playable. */
function findLoop(manifest: Manifest): Loop | undefined {
  const assets = new Map(manifest.assets.map((asset) => [asset.id, asset]));
  const playlists = new Map(manifest.playlists.map((playlist) => [playlist.id, playlist]));
  const candidates = [
    { id: manifest.playlistId, reason: "screen_playlist" },
    { id: manifest.defaultPlaylistId, reason: "organization_default" },
  ] as const;
  for (const { id, reason } of candidates) {
    const playlist = id === null ? undefined : playlists.get(id);
    const items = playlist ? playableItems(playlist, assets) : [];
    if (playlist && items.length > 0) return { playlistId: playlist.id, reason, items };
  }
  return undefined;
}

function playableItems(playlist: ManifestPlaylist, assets: ReadonlyMap<string, ManifestAsset>): LoopItem[] {
  return playlist.items.flatMap((item) => {
    const asset = assets.get(item.assetId);
    if (!asset) return [];
    return [{ itemId: item.id, assetId: asset.id, durationMs: item.durationMs ?? asset.durationMs }];
  });
}
