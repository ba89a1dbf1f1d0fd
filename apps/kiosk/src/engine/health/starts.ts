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
  /** So many that web pages and streams, which are not ours, are left out for the first 10 minutes. */
  isSafe(): boolean;
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

/** The run that was last begun; the wall times at which runs were found to have ended without order. */
const runFile = z.object({
  appVersion: z.string(),
  machineBootId: z.string().nullable(),
  hasEnded: z.boolean(),
  crashesAtMs: z.array(z.number()).max(100),
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
  const crashesAtMs = [...(former?.crashesAtMs ?? []), ...(reason === "crash" ? [nowMs] : [])].filter(
    (atMs) => Math.abs(nowMs - atMs) < CRASH_WINDOW_MS,
  );
  const run: Run = { appVersion, machineBootId, hasEnded: false, crashesAtMs: crashesAtMs.slice(-100) };
  const save = (changes: Partial<Run>) =>
    file
      .save({ ...run, ...changes })
      .catch((error: unknown) => log.warn("run_not_noted", { reason: describe(error) }));
  await save({});
  const startedAtMs = clock.monotonicMs();
  const isLoop = crashesAtMs.length >= CRASH_LIMIT;
  return {
    reason,
    crashes: crashesAtMs.length,
    isSafe: () => isLoop && clock.monotonicMs() - startedAtMs < SAFE_MS,
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
