import * as z from "zod";
import { jsonFile } from "../identity/credential.ts";
import type { Clock } from "../platform/clock.ts";
import type { FileStore } from "../platform/file-store.ts";
import { describe, type Log } from "../platform/log.ts";

export type StartReason = "boot" | "restart" | "crash" | "update";

/** How this run of the player began, and what the runs before it say of it. */
export interface Starts {
  readonly reason: StartReason;
  /** Runs that ended without order within the last 15 minutes. */
  readonly crashes: number;
  /** What the run before had on the glass when it ended without order. Never rejects. */
  noteOnGlass(assetIds: readonly string[]): Promise<void>;
  /** Whether an asset was on the glass at each of the last five crashes: for the first 10 minutes it had better not be. */
  isSuspect(assetId: string): boolean;
  /** The run ends in good order. Never rejects. */
  end(): Promise<void>;
}

export interface StartsDeps {
  files: FileStore;
  clock: Clock;
  log: Log;
  appVersion: string;
  machineBootId: string | null;
}

/** The run that was last begun, and the crashes before it, by wall time, with what was on the glass. */
const runFile = z.object({
  appVersion: z.string(),
  machineBootId: z.string().nullable(),
  hasEnded: z.boolean(),
  recentCrashes: z.array(z.object({ atMs: z.number(), onGlass: z.array(z.string()) })).max(100),
});
type Run = z.infer<typeof runFile>;

export const CRASH_LIMIT = 5;
const CRASH_WINDOW_MS = 15 * 60_000;
export const SAFE_MS = 10 * 60_000;

/** Notes the start of a run. A disk that takes no note costs only what the next start will know. */
export async function noteStart(deps: StartsDeps): Promise<Starts> {
  const { clock, log, appVersion, machineBootId } = deps;
  const file = jsonFile(deps.files, "run.json", runFile);
  const former = await file.find();
  const reason = reasonOf(former, deps);
  const nowMs = clock.wallMs();
  const thisCrash = reason === "crash" ? [{ atMs: nowMs, onGlass: [] as string[] }] : [];
  const recentCrashes = [...(former?.recentCrashes ?? []), ...thisCrash]
    .filter(({ atMs }) => Math.abs(nowMs - atMs) < CRASH_WINDOW_MS)
    .slice(-100);
  const run: Run = { appVersion, machineBootId, hasEnded: false, recentCrashes };
  const save = (changes: Partial<Run>) =>
    file
      .save({ ...run, ...changes })
      .catch((error: unknown) => log.warn("run_not_noted", { reason: describe(error) }));
  await save({});
  const startedAtMs = clock.monotonicMs();
  return {
    reason,
    crashes: recentCrashes.length,
    async noteOnGlass(assetIds) {
      const [crash] = thisCrash;
      if (!crash || assetIds.length === 0) return;
      crash.onGlass = [...new Set(assetIds)].slice(0, 50);
      await save({});
    },
    isSuspect(assetId) {
      const last = recentCrashes.slice(-CRASH_LIMIT);
      const isLoop = last.length === CRASH_LIMIT && clock.monotonicMs() - startedAtMs < SAFE_MS;
      return isLoop && last.every(({ onGlass }) => onGlass.includes(assetId));
    },
    end: () => save({ hasEnded: true }),
  };
}

function reasonOf(former: Run | undefined, { appVersion, machineBootId }: StartsDeps): StartReason {
  if (!former) return "boot";
  if (former.appVersion !== appVersion) return "update";
  if (former.hasEnded) return former.machineBootId === machineBootId ? "restart" : "boot";
  // A machine that went down took the player with it.
  return machineBootId !== null && former.machineBootId !== machineBootId ? "boot" : "crash";
}
