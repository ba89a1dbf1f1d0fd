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

/** How far along the whole strip, 0 to 1, a showing of an item has come; undefined for one that is not on it. */
export function stripFraction(
  items: readonly PlaylistItemView[],
  { itemId, turn, part }: { itemId: string; turn: number; part: number },
): number | undefined {
  const showings = cycleOf(items.filter(isPlayable));
  const totalMs = showings.reduce((sum, { durationMs }) => sum + durationMs, 0);
  let beforeMs = 0;
  let turns = 0;
  for (const showing of showings) {
    if (showing.item.id === itemId) {
      const isHere = turn < turns + showing.turns;
      if (isHere) return (beforeMs + (showing.durationMs * (turn - turns + part)) / showing.turns) / totalMs;
      turns += showing.turns;
    }
    beforeMs += showing.durationMs;
  }
  return undefined;
}

function pictureIn(
  { asset, playlistId }: PlaylistItemView,
  pictureOf: ((playlistId: string) => string | undefined) | undefined,
): string | null {
  if (asset) return asset.thumbnailUrl;
  return (playlistId !== null && pictureOf?.(playlistId)) || null;
}

/** `turns`: how many showings of its item it stands for. */
type Showing = { item: PlaylistItemView; key: string; durationMs: number; at: number; turns: number };

/** The showings of a cycle, each item's spread evenly over it as the scheduling core spreads them. */
function cycleOf(items: readonly PlaylistItemView[]): Showing[] {
  const count = items.reduce((sum, { weight }) => sum + weight, 0);
  if (count === items.length || count > MAX_SHOWINGS) {
    return items.map((item) => ({
      item,
      key: item.id,
      durationMs: item.effectiveDurationMs * item.weight,
      at: 0,
      turns: item.weight,
    }));
  }
  return items
    .flatMap((item) =>
      Array.from({ length: item.weight }, (_, turn) => ({
        item,
        key: `${item.id} ${turn}`,
        durationMs: item.effectiveDurationMs,
        at: (turn + 0.5) / item.weight,
        turns: 1,
      })),
    )
    .sort((one, other) => one.at - other.at);
}
