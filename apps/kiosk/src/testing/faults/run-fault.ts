import { setTimeout as wait } from "node:timers/promises";
import { SAMPLE_EVERY_MS, type Sample } from "@vitrine/harness/glass-watcher";
import { COLOURS, type ItemName } from "./content.ts";
import type { Fault } from "./fault.ts";
import { auditPlays, type PlaysAudit, type SeenShowing } from "./plays-audit.ts";
import type { Rig } from "./rig.ts";

/** One row of the table. */
export interface FaultRow extends PlaysAudit {
  title: string;
  durationMs: number;
  samples: number;
  /** Longest time without a break in which the glass did not show what `playheadAt` says. */
  longestWrongMs: number;
  /** Samples with a black glass. */
  black: number;
  /** What was on the glass while it was wrong, the longest first. */
  wrongs: string;
  note: string;
  isGood: boolean;
}

const STEADY_MS = 3000;
const LATE_MS = 500;
const RECOVERY_LIMIT_MS = 120_000;
/** The newest samples are on their way from the watcher for so long. */
const SAMPLES_DELAY_MS = 300;

/** Lets one fault happen on a rig that plays as it should, watches until it does so again, and counts. */
export async function runFault(rig: Rig, fault: Fault): Promise<FaultRow> {
  await fault.prepare?.(rig);
  await untilSteady(rig);
  const fromMs = Date.now();
  let note: string;
  let isRecovered = true;
  try {
    note = await fault.happen(rig);
  } catch (error) {
    note = `FAILED: ${error instanceof Error ? error.message : String(error)}`;
    isRecovered = false;
    await rig.content.reset();
  }
  rig.unplayable.delete("page");
  isRecovered &&= await untilSteady(rig).then(
    () => true,
    () => false,
  );
  const untilMs = Date.now();
  await wait(SAMPLES_DELAY_MS);
  const samples = rig.watcher.between(fromMs, untilMs);
  const { longestWrongMs, wrongs } = findWrong(rig, samples);
  const black = samples.filter(({ seen }) => seen === "black").length;
  rig.unplayable.clear();
  const audit = await auditPlays(
    { kiosk: rig.kiosk, serverDataDir: rig.server.dataDir, deviceId: rig.deviceId },
    {
      seen: fault.isGlassNoWitness ? [] : showingsOf(rig, samples),
      overlapsFromMs: fault.isServerClockFalse ? undefined : fromMs,
    },
  );
  await fault.restore?.(rig);
  return {
    ...audit,
    ...{
      title: fault.title,
      durationMs: untilMs - fromMs,
      samples: samples.length,
      longestWrongMs,
      black,
      wrongs,
    },
    note: isRecovered ? note : `${note}; NOT RECOVERED`,
    isGood: isRecovered && audit.lost === 0 && audit.doubled === 0 && black === 0,
  };
}

/** Waits until the glass has been right for some seconds, but for changes that came a little late on a busy machine. */
async function untilSteady(rig: Rig): Promise<void> {
  const startedMs = Date.now();
  for (;;) {
    await wait(250);
    const nowMs = Date.now() - SAMPLES_DELAY_MS;
    const recent = rig.watcher.between(Math.max(startedMs, nowMs - STEADY_MS), nowMs);
    const isLong = nowMs - startedMs > STEADY_MS;
    if (isLong && recent.length > 0 && findWrong(rig, recent).longestWrongMs < LATE_MS) return;
    if (nowMs - startedMs > RECOVERY_LIMIT_MS) throw new Error("The glass is not right again");
  }
}

function isRight({ expectation, content, unplayable }: Rig, { atMs, seen }: Sample): boolean {
  const wanted = [...expectation.assetsAt(atMs)].map(content.nameOf);
  if (wanted.length === 0) return seen !== "black";
  if (wanted.some((name) => unplayable.has(name)) && isItem(seen)) return true;
  return wanted.some((name) => name === seen);
}

function isItem(seen: string): seen is ItemName {
  return seen in COLOURS;
}

function findWrong(rig: Rig, samples: readonly Sample[]): { longestWrongMs: number; wrongs: string } {
  let longestWrongMs = 0;
  let sinceMs: number | undefined;
  const times = new Map<string, number>();
  for (const sample of samples) {
    if (isRight(rig, sample)) {
      sinceMs = undefined;
      continue;
    }
    sinceMs ??= sample.atMs;
    longestWrongMs = Math.max(longestWrongMs, sample.atMs + SAMPLE_EVERY_MS - sinceMs);
    times.set(sample.seen, (times.get(sample.seen) ?? 0) + 1);
  }
  const wrongs = [...times]
    .sort(([, one], [, other]) => other - one)
    .slice(0, 4)
    .map(([seen, count]) => `${seen} ${((count * SAMPLE_EVERY_MS) / 1000).toFixed(1)} s`)
    .join(", ");
  return { longestWrongMs, wrongs };
}

/** What was on the glass without a break, in order. */
function showingsOf({ content }: Rig, samples: readonly Sample[]): SeenShowing[] {
  const showings: SeenShowing[] = [];
  for (const { atMs, seen } of samples) {
    if (!isItem(seen)) continue;
    const assetId = content.idOf(seen);
    const last = showings.at(-1);
    const isSame = last?.assetId === assetId && atMs - last.untilMs < SAMPLE_EVERY_MS * 4;
    if (last && isSame) last.untilMs = atMs;
    else showings.push({ assetId, fromMs: atMs, untilMs: atMs });
  }
  return showings;
}
