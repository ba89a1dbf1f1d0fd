import type { Entry, Layout } from "../model/schedule.ts";
import type { EligibleSet } from "./eligibility.ts";
import { PlaylistLoop, type Showing } from "./playlist-loop.ts";
import type { Program } from "./program.ts";
import { DAY_MS } from "./time.ts";

/** What a loop puts on the screen next: a showing of an asset, or of a layout. */
export type Turn =
  | (Showing & { kind: "asset" })
  | { kind: "layout"; layout: Layout; itemId: string; durationMs: number };

/** Whatever can have the screen: gives turn after turn, and keeps its place while others have theirs. */
export interface ContentLoop {
  /** The next turn; undefined while nothing of it can play. */
  take(set: EligibleSet): Turn | undefined;
}

/** The loop of a playlist. */
export function playlistLoop(
  program: Program,
  playlistId: string,
  localDate: string,
): ContentLoop | undefined {
  const playlist = program.playlists.get(playlistId);
  if (!playlist) return undefined;
  const loop = new PlaylistLoop(program, playlist, localDate);
  return {
    take(set) {
      const showing = loop.take(set);
      return showing && { ...showing, kind: "asset" };
    },
  };
}

/** The loop of what an entry shows. */
export function entryLoop(
  program: Program,
  { id, content }: Entry,
  localDate: string,
): ContentLoop | undefined {
  if (content.kind === "playlist") return playlistLoop(program, content.playlistId, localDate);
  if (content.kind === "asset") {
    const asset = program.assets.get(content.assetId);
    if (!asset) return undefined;
    const { durationMs } = asset;
    return {
      take: (set) =>
        set.isAssetOn(asset)
          ? { kind: "asset", asset, itemId: id, item: null, playlistId: null, durationMs }
          : undefined,
    };
  }
  const layout = program.layouts.get(content.layoutId);
  if (!layout) return undefined;
  return {
    take(set) {
      const durationMs = layoutDurationMs(program, layout, set);
      return durationMs === undefined ? undefined : { kind: "layout", layout, itemId: id, durationMs };
    },
  };
}

/** Whether an entry's content can play. */
export function isContentOn(program: Program, { content }: Entry, set: EligibleSet): boolean {
  if (content.kind === "playlist") return set.isPlaylistOn(content.playlistId);
  if (content.kind === "asset") {
    const asset = program.assets.get(content.assetId);
    return asset !== undefined && set.isAssetOn(asset);
  }
  const layout = program.layouts.get(content.layoutId);
  const playlistId = layout && mainPlaylistOf(layout);
  return playlistId !== undefined && set.isPlaylistOn(playlistId);
}

function mainPlaylistOf({ zones, mainZoneId }: Layout): string | undefined {
  return zones.find(({ id }) => id === mainZoneId)?.playlistId ?? undefined;
}

/** How long one showing of a layout lasts: its own duration, else one cycle of its main zone, at most a day. */
function layoutDurationMs(program: Program, layout: Layout, set: EligibleSet): number | undefined {
  const playlistId = mainPlaylistOf(layout);
  if (playlistId === undefined || !set.isPlaylistOn(playlistId)) return undefined;
  if (layout.durationMs !== null) return layout.durationMs;
  const playlist = program.playlists.get(playlistId);
  if (!playlist) return undefined;
  const loop = new PlaylistLoop(program, playlist, "");
  loop.beginCycle(set);
  let totalMs = 0;
  while (totalMs < DAY_MS && !loop.isCycleOver(set)) totalMs += loop.take(set)?.durationMs ?? DAY_MS;
  return Math.min(totalMs, DAY_MS);
}
