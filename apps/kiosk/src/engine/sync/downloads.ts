import type { MissingFile } from "@vitrine/core/model/device-health";
import type { ManifestFile } from "@vitrine/core/model/manifest";
import type { Clock } from "../platform/clock.ts";
import type { Faults } from "../platform/faults.ts";
import { isDiskFull, isReadOnly } from "../platform/file-store.ts";
import { describe, type Log } from "../platform/log.ts";
import type { Cache } from "./cache.ts";
import { type DownloadDeps, DownloadFault, downloadFile } from "./download.ts";

/** Brings the wanted files in, in order, a couple at a time. */
export interface Downloads extends AsyncDisposable {
  /** Replaces the list of wanted files; what is under way and still wanted goes on. */
  want(files: readonly ManifestFile[]): void;
  /** Looks again at what is missing: a file was found damaged, or the network is back. */
  poke(): void;
  /** Whether a file is set aside for a while because trying again at once is of no use. */
  isGivenUp(file: ManifestFile): boolean;
  /** How far a file that is not there yet is. */
  describe(file: ManifestFile): MissingFile;
}

export interface DownloadsDeps extends Omit<DownloadDeps, "onProgress" | "onWrongChunk" | "onCut"> {
  clock: Clock;
  log: Log;
  cache: Cache;
  faults: Faults;
  /** Makes room for what is missing of a file; gives whether there is room now. */
  makeRoom(file: ManifestFile): Promise<boolean>;
  onReady(file: ManifestFile): void;
  /** A file was set aside. */
  onGivenUp(file: ManifestFile): void;
}

const LANES = 2;
const RETRY_GONE_MS = 5 * 60_000;
const RETRY_WRONG_MS = 10 * 60_000;
/** Once there is room again, it is used within seconds. */
const RETRY_DISK_MS = 5000;

/** The download queue of one credential; ends with the signal. */
export function createDownloads(deps: DownloadsDeps, signal: AbortSignal): Downloads {
  let wanted: readonly ManifestFile[] = [];
  const running = new Map<string, { abort: AbortController; done: Promise<void> }>();
  /** What is known of files that are not whole yet. */
  const troubles = new Map<string, Trouble>();
  const retryAtMs = new Map<string, number>();
  const timers = new Map<string, Disposable>();

  const note = (file: ManifestFile, changes: Partial<Trouble>) => {
    const before = troubles.get(file.sha256) ?? UNTROUBLED;
    troubles.set(file.sha256, { ...before, ...changes });
  };
  const fail = (file: ManifestFile, problem: string, changes: Partial<Trouble>) => {
    const failures = (troubles.get(file.sha256)?.failures ?? 0) + 1;
    note(file, { ...changes, failures, problem: problem.slice(0, 200) });
  };

  const isDue = (file: ManifestFile) =>
    !running.has(file.sha256) &&
    !deps.cache.has(file) &&
    (retryAtMs.get(file.sha256) ?? 0) <= deps.clock.monotonicMs();

  const fillLanes = () => {
    if (signal.aborted) return;
    for (const file of wanted) {
      if (running.size >= LANES) return;
      if (isDue(file)) start(file);
    }
  };

  const start = (file: ManifestFile) => {
    const abort = new AbortController();
    const stop = () => abort.abort(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    const entry = { abort, done: Promise.resolve() };
    running.set(file.sha256, entry);
    entry.done = bring(file, abort.signal)
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setAside(file, error);
      })
      .finally(() => {
        signal.removeEventListener("abort", stop);
        running.delete(file.sha256);
        fillLanes();
      });
  };

  const bring = async (file: ManifestFile, laneSignal: AbortSignal) => {
    if (!(await deps.makeRoom(file))) throw new DiskShortage(file.sizeBytes);
    deps.log.info("download_started", { sha256: file.sha256, sizeBytes: file.sizeBytes });
    await downloadFile(
      {
        ...deps,
        onProgress: (_, heldBytes) => note(file, { heldBytes, isRetrying: false }),
        onCut: (_, problem) => fail(file, problem, { isRetrying: true }),
        onWrongChunk: (_, chunk) => {
          fail(file, `Part ${chunk} arrived damaged`, {});
          deps.log.warn("chunk_wrong", { sha256: file.sha256, chunk });
          deps.faults.raise("chunk_wrong", `Part ${chunk} of ${label(file)} arrived damaged`, file.sha256);
        },
      },
      file,
      laneSignal,
    );
    await deps.cache.admit(file);
    for (const kind of FAULT_KINDS) deps.faults.clear(kind, file.sha256);
    retryAtMs.delete(file.sha256);
    troubles.delete(file.sha256);
    deps.log.info("download_done", { sha256: file.sha256, sizeBytes: file.sizeBytes });
    deps.onReady(file);
  };

  const setAside = (file: ManifestFile, error: unknown) => {
    const { kind, delayMs } = judge(error);
    const reason = describe(error);
    const isNews = troubles.get(file.sha256)?.problem !== reason;
    fail(file, reason, { isRetrying: false });
    if (isNews) deps.log.warn("download_set_aside", { sha256: file.sha256, kind, reason });
    deps.faults.raise(kind, `${label(file)}: ${reason}`, file.sha256);
    retryAtMs.set(file.sha256, deps.clock.monotonicMs() + delayMs);
    timers.get(file.sha256)?.[Symbol.dispose]();
    timers.set(file.sha256, deps.clock.after(delayMs + 1, fillLanes));
    deps.onGivenUp(file);
  };

  return {
    want(files) {
      wanted = files;
      const names = new Set(files.map((file) => file.sha256));
      for (const [sha256, { abort }] of running)
        if (!names.has(sha256)) abort.abort(new Error("Not wanted any more"));
      for (const sha256 of [...troubles.keys()]) if (!names.has(sha256)) troubles.delete(sha256);
      for (const sha256 of [...retryAtMs.keys()]) {
        if (names.has(sha256)) continue;
        retryAtMs.delete(sha256);
        for (const kind of FAULT_KINDS) deps.faults.clear(kind, sha256);
      }
      fillLanes();
    },
    poke: fillLanes,
    isGivenUp: (file) => retryAtMs.has(file.sha256) && !running.has(file.sha256),
    describe(file) {
      const { sha256, sizeBytes } = file;
      const { heldBytes, failures, problem, isRetrying } = troubles.get(sha256) ?? UNTROUBLED;
      const state = running.has(sha256)
        ? isRetrying
          ? "retrying"
          : "downloading"
        : retryAtMs.has(sha256)
          ? "set_aside"
          : "waiting";
      return { sha256, sizeBytes, bytesReady: Math.min(sizeBytes, heldBytes), state, failures, problem };
    },
    async [Symbol.asyncDispose]() {
      wanted = [];
      for (const timer of timers.values()) timer[Symbol.dispose]();
      const all = [...running.values()];
      for (const { abort } of all) abort.abort(new Error("Stopping"));
      await Promise.all(all.map((one) => one.done));
    },
  };
}

interface Trouble {
  heldBytes: number;
  failures: number;
  problem: string | null;
  /** The last try was cut, and nothing came since. */
  isRetrying: boolean;
}
const UNTROUBLED: Trouble = { heldBytes: 0, failures: 0, problem: null, isRetrying: false };

const FAULT_KINDS = [
  "chunk_wrong",
  "file_damaged",
  "file_gone",
  "file_wrong",
  "disk_full",
  "disk_read_only",
  "disk_error",
] as const;

class DiskShortage extends Error {
  constructor(neededBytes: number) {
    super(`there is no room for ${neededBytes} bytes, and nothing that may be deleted`);
  }
}

function judge(error: unknown): { kind: (typeof FAULT_KINDS)[number]; delayMs: number } {
  if (error instanceof DownloadFault && error.kind === "gone")
    return { kind: "file_gone", delayMs: RETRY_GONE_MS };
  if (error instanceof DownloadFault) return { kind: "file_wrong", delayMs: RETRY_WRONG_MS };
  if (error instanceof DiskShortage || isDiskFull(error))
    return { kind: "disk_full", delayMs: RETRY_DISK_MS };
  if (isReadOnly(error)) return { kind: "disk_read_only", delayMs: RETRY_DISK_MS };
  return { kind: "disk_error", delayMs: RETRY_DISK_MS };
}

function label(file: ManifestFile): string {
  return `a file of ${(file.sizeBytes / 1e6).toFixed(1)} MB (${file.sha256.slice(0, 8)})`;
}
