import type { PlaylistItemView } from "@vitrine/core/model/playlist";
import type { Frame } from "@vitrine/ui/film-strip";
import { ListVideo } from "lucide-react";
import { KIND_ICONS } from "../content/asset-kind.tsx";
import { isPlayable } from "./item-content.ts";

const MAX_FRAMES = 160;
/** A cycle of more showings than this is drawn with each item once, as wide as all its showings. */
const MAX_SHOWINGS = 4000;

/**
 * One cycle of what plays as frames as wide as their time, an item of weight w as w frames. Past 160 frames
 * neighbours share one, which is as wide as all of them; the total always stands for the whole cycle.
 */
export function stripFrames(
  items: readonly PlaylistItemView[],
  currentItemId?: string,
  pictureOf?: (playlistId: string) => string | undefined,
): Frame[] {
  const showings = cycleOf(items.filter(isPlayable));
  const perFrame = Math.ceil(showings.length / MAX_FRAMES) || 1;
  const frames: Frame[] = [];
  for (let start = 0; start < showings.length; start += perFrame) {
    const group = showings.slice(start, start + perFrame);
    const [first] = group;
    if (!first) continue;
    const Icon = first.item.asset ? KIND_ICONS[first.item.asset.kind] : ListVideo;
    frames.push({
      key: first.key,
      weight: group.reduce((sum, { durationMs }) => sum + durationMs, 0),
      imageUrl: pictureIn(first.item, pictureOf),
      fallback: <Icon aria-hidden />,
      isCurrent: group.some(({ item }) => item.id === currentItemId),
    });
  }
  return frames;
}

function pictureIn(
  { asset, playlistId }: PlaylistItemView,
  pictureOf: ((playlistId: string) => string | undefined) | undefined,
): string | null {
  if (asset) return asset.thumbnailUrl;
  return (playlistId !== null && pictureOf?.(playlistId)) || null;
}

type Showing = { item: PlaylistItemView; key: string; durationMs: number; at: number };

/** The showings of a cycle, each item's spread evenly over it as the scheduling core spreads them. */
function cycleOf(items: readonly PlaylistItemView[]): Showing[] {
  const count = items.reduce((sum, { weight }) => sum + weight, 0);
  if (count === items.length || count > MAX_SHOWINGS) {
    return items.map((item) => ({
      item,
      key: item.id,
      durationMs: item.effectiveDurationMs * item.weight,
      at: 0,
    }));
  }
  return items
    .flatMap((item) =>
      Array.from({ length: item.weight }, (_, turn) => ({
        item,
        key: `${item.id} ${turn}`,
        durationMs: item.effectiveDurationMs,
        at: (turn + 0.5) / item.weight,
      })),
    )
    .sort((one, other) => one.at - other.at);
}
