import type { PlaylistItemView } from "@vitrine/core/model/playlist";

/** Whether an item takes part in playing. */
export function isPlayable(item: PlaylistItemView): boolean {
  if (!item.isEnabled) return false;
  const { asset, playlist } = item;
  if (asset) return asset.state === "ready" && asset.isEnabled && asset.isActive;
  return playlist?.isActive === true && item.effectiveDurationMs > 0;
}

/** How long an item is on screen in one cycle: as often as it weighs. */
export function cycleMs(item: PlaylistItemView): number {
  return item.effectiveDurationMs * item.weight;
}
