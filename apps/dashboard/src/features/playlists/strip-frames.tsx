import type { PlaylistItemView } from "@vitrine/core/model/playlist";
import type { Frame } from "@vitrine/ui/film-strip";
import { KIND_ICONS } from "../content/asset-kind.tsx";

const MAX_FRAMES = 160;

/** Whether an item takes part in playing. */
export function isPlayable(item: PlaylistItemView): boolean {
  return item.isEnabled && item.asset.state === "ready" && item.asset.isEnabled && item.asset.isActive;
}

/**
 * One pass of what plays as frames as wide as their time. Past 160 items neighbours share a frame, which is
 * as wide as all of them; the total always stands for the whole pass.
 */
export function stripFrames(items: readonly PlaylistItemView[], currentItemId?: string): Frame[] {
  const playable = items.filter(isPlayable);
  const perFrame = Math.ceil(playable.length / MAX_FRAMES) || 1;
  const frames: Frame[] = [];
  for (let start = 0; start < playable.length; start += perFrame) {
    const group = playable.slice(start, start + perFrame);
    const [first] = group;
    if (!first) continue;
    const Icon = KIND_ICONS[first.asset.kind];
    frames.push({
      key: first.id,
      weight: group.reduce((sum, item) => sum + item.effectiveDurationMs, 0),
      imageUrl: first.asset.thumbnailUrl,
      fallback: <Icon aria-hidden />,
      isCurrent: group.some((item) => item.id === currentItemId),
    });
  }
  return frames;
}
