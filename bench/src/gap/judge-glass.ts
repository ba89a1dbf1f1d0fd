import type { Sample } from "@vitrine/harness/glass-watcher";
import { percentile } from "../interleave.ts";

/** What belongs on the glass, by a name of the palette, within `[fromMs, untilMs)`. */
export interface Due {
  seen: string;
  fromMs: number;
  untilMs: number;
}

/** How a glass kept to what was due. Instants are as exact as the looks are often. */
export interface Verdict {
  changes: number;
  /** From a change's time to its picture, ms; changes whose picture never came are left out. */
  lateMs: { p50: number; p95: number; max: number };
  /** Changes whose picture did not come in their time. */
  neverShown: number;
  /** Longest stretch between two pictures in which the glass showed neither, ms. */
  longestGapMs: number;
  /** Time in which the glass did not show what was due, in frames of 1/60 s a change. */
  wrongFramesPerChange: number;
  blackLooks: number;
  looks: number;
}

const FRAME_MS = 1000 / 60;

/** Judges samples, in order, against what was due, in order and without overlap. */
export function judgeGlass(samples: readonly Sample[], dues: readonly Due[]): Verdict {
  const [first, last] = [dues[0]?.fromMs ?? 0, dues.at(-1)?.untilMs ?? 0];
  const all = samples.filter(({ atMs }) => atMs >= first && atMs < last);
  const lates: number[] = [];
  let neverShown = 0;
  let wrongMs = 0;
  let at = 0;
  for (const { seen, fromMs, untilMs } of dues) {
    while (all[at] !== undefined && (all[at]?.atMs ?? 0) < fromMs) at += 1;
    let shownAtMs: number | undefined;
    for (let look = at; look < all.length && (all[look]?.atMs ?? 0) < untilMs; look += 1) {
      const sample = all[look];
      if (sample === undefined) break;
      const nextMs = Math.min(untilMs, all[look + 1]?.atMs ?? untilMs);
      if (sample.seen === seen) shownAtMs ??= sample.atMs;
      else wrongMs += nextMs - sample.atMs;
    }
    if (shownAtMs === undefined) neverShown += 1;
    else lates.push(shownAtMs - fromMs);
  }
  return {
    changes: dues.length,
    lateMs: { p50: percentile(lates, 0.5), p95: percentile(lates, 0.95), max: Math.max(...lates) },
    neverShown,
    longestGapMs: longestGap(all, new Set(dues.map(({ seen }) => seen))),
    wrongFramesPerChange: wrongMs / FRAME_MS / Math.max(1, dues.length),
    blackLooks: all.filter(({ seen }) => seen === "black").length,
    looks: all.length,
  };
}

function longestGap(samples: readonly Sample[], pictures: ReadonlySet<string>): number {
  let longestMs = 0;
  let lastMs: number | undefined;
  for (const { atMs, seen } of samples) {
    if (!pictures.has(seen)) continue;
    if (lastMs !== undefined) longestMs = Math.max(longestMs, atMs - lastMs);
    lastMs = atMs;
  }
  return longestMs;
}
