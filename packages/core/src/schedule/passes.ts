import type { Manifest } from "../model/manifest.ts";
import type { Span } from "./activity.ts";
import { eligibilityOf } from "./eligibility.ts";
import { PlaylistLoop } from "./playlist-loop.ts";
import { programOf } from "./program.ts";
import type { Timeline } from "./timeline.ts";

/** A line of a playlist coming up once: of a nested playlist, all that it then gives. */
export type LineShowing = Span & { itemId: string };
/** One cycle of a playlist with what it shows, without gap or overlap. */
export type Pass = Span & { showings: readonly LineShowing[] };

/**
 * The passes of a playlist over a compiled day on which nothing but that playlist plays, in order. The last one may
 * be cut by the day's end.
 */
export function passesOf(manifest: Manifest, playlistId: string, timeline: Timeline): Pass[] {
  const program = programOf(manifest);
  const playlist = program.playlists.get(playlistId);
  if (!playlist) return [];
  const eligibility = eligibilityOf(program, timeline);
  const loop = new PlaylistLoop(program, playlist, timeline.localDate);
  const passes: { startMs: number; endMs: number; showings: (LineShowing & { turn: number })[] }[] = [];
  for (const { startMs, endMs } of timeline.slots) {
    const set = eligibility.at(startMs);
    const isNew = loop.isCycleOver(set);
    if (!loop.take(set) || !loop.line) break;
    let pass = passes.at(-1);
    if (!pass || isNew) {
      pass = { startMs, endMs, showings: [] };
      passes.push(pass);
    }
    const { itemId, turn } = loop.line;
    const last = pass.showings.at(-1);
    if (last?.turn === turn) last.endMs = endMs;
    else pass.showings.push({ itemId, turn, startMs, endMs });
    pass.endMs = endMs;
  }
  return passes;
}
