import type { PlayReport } from "@vitrine/core/model/device-protocol";
import type { Showing } from "./virtual-stage.ts";
import type { KioskProcess } from "./world.ts";

/** How the plays that the server counted compare with what was on the glass. */
export interface Reckoning {
  shown: number;
  delivered: number;
  /** Showings of which no play came, and that no loss of power or disk excuses. */
  lost: string[];
  /** Plays beside those of the showings. */
  doubled: string[];
  /** Plays that tell of another content or another time than their showing. */
  wrong: string[];
  /** Showings without a play as it may be: power that went within a second, a disk that took nothing, not over yet. */
  excused: number;
}

/** A time in which the disk took nothing for sure. */
export interface Outage {
  fromMs: number;
  untilMs: number;
}

export interface LedgerFacts {
  showings: readonly Showing[];
  processes: readonly KioskProcess[];
  plays: ReadonlyMap<string, PlayReport>;
  /** The content of an asset, as the glass knows it. */
  contentsOf(assetId: string): ReadonlySet<string>;
  outages: readonly Outage[];
  /** When a clock was moved. */
  moves: readonly number[];
}

/** The engine notices within a second that a clock was moved: until then the stage goes by the former time. */
const NOTICED_MS = 1100;
/** Where the screen learns of the right time with a picture on the glass, stage and play may tell different times. */
const RIGHT_WITHIN_MS = 2000;
/** A record is synced within a second of the first after the last sync. */
const UNSYNCED_MS = 1010;
const OUTAGE_END_MS = 15_000;

/** Holds each showing of each process against the play of its place, both counted from 0. */
export function reckon(facts: LedgerFacts): Reckoning {
  const result: Reckoning = { shown: 0, delivered: 0, lost: [], doubled: [], wrong: [], excused: 0 };
  const byProcess = Map.groupBy(facts.showings, (showing) => showing.process);
  const processOf = new Map(facts.processes.flatMap((one) => [...one.ids].map((id) => [id, one] as const)));
  const seen = new Map<number, Set<number>>();
  for (const [key, play] of facts.plays) {
    const process = processOf.get(play.bootId);
    const showing = process && byProcess.get(process.number)?.[play.sequence];
    if (!process || !showing) {
      result.doubled.push(`play ${key} of asset ${play.assetId} at ${play.startedAt} was never shown`);
      continue;
    }
    result.delivered += 1;
    const places = seen.get(process.number) ?? new Set();
    seen.set(process.number, places.add(play.sequence));
    const startedMs = Date.parse(play.startedAt);
    const isRight = Math.abs(startedMs - showing.serverMs) < RIGHT_WITHIN_MS;
    const isBetween = facts.moves.some(
      (atMs) => showing.shownMs >= atMs && showing.shownMs - atMs < NOTICED_MS,
    );
    const isSame =
      facts.contentsOf(play.assetId).has(showing.content) &&
      (isRight || isBetween || startedMs === Math.floor(showing.atMs));
    if (!isSame)
      result.wrong.push(
        `play ${key} is asset ${play.assetId} at ${play.startedAt}, shown was ${showing.content} at ${new Date(showing.atMs).toISOString()} by the stage, truly at ${new Date(showing.serverMs).toISOString()}, ${Math.round(showing.shownMs)} ms`,
      );
  }
  for (const process of facts.processes) {
    for (const [place, showing] of (byProcess.get(process.number) ?? []).entries()) {
      result.shown += 1;
      if (seen.get(process.number)?.has(place)) continue;
      if (isExcused(process, showing, facts.outages)) result.excused += 1;
      else
        result.lost.push(
          `showing ${place} of process ${process.number} (${showing.content.slice(0, 8)} at ${showing.shownMs} ms, process ended at ${process.endedMs} ms: ${process.end})`,
        );
    }
  }
  return result;
}

function isExcused(
  { end, endedMs }: KioskProcess,
  { shownMs }: Showing,
  outages: readonly Outage[],
): boolean {
  if (end === "running") return true;
  if (end === "failed") return false;
  if (end !== "stopped" && shownMs >= endedMs - (end === "power" ? UNSYNCED_MS : 0)) return true;
  return outages.some(
    ({ fromMs, untilMs }) =>
      shownMs >= fromMs - UNSYNCED_MS &&
      endedMs >= fromMs &&
      shownMs <= untilMs + OUTAGE_END_MS &&
      endedMs <= untilMs + OUTAGE_END_MS,
  );
}
