import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { AssetFault } from "@vitrine/core/model/asset";
import type { Log } from "../platform/log.ts";
import type { InspectionResult, InspectionTask } from "./inspection.ts";
import { startWorker, WorkerDied, type WorkerProcess } from "./worker-process.ts";

/** Looks at files in processes apart. */
export type MediaWorkers = AsyncDisposable & {
  /**
   * Performs a task in a free worker, waiting for one. A worker that dies or takes longer than `timeoutMs` is the
   * fault `processing_stopped`; the next task has a new one. Rejects only when `signal` is aborted.
   */
  perform(task: InspectionTask, timeoutMs: number, signal: AbortSignal): Promise<InspectionResult>;
  /** A folder that workers may write to; gone with all it holds when disposed, and at the next start. */
  makeFolder(): Promise<AsyncDisposable & { path: string }>;
};

const COUNT = 2;
/** After so many files a worker is replaced, so that nothing which leaks can add up. */
const FILES_PER_WORKER = 50;
/** Idle workers give their memory back. */
const IDLE_MS = 30_000;
const LIMITS = { memoryBytes: 2048 * 1024 ** 2, heapBytes: 192 * 1024 ** 2 };

/** Makes up to two workers, when needed, that read uploads under `dataDir` and write under `dataDir/work`. */
export async function openMediaWorkers({
  dataDir,
  log,
}: {
  dataDir: string;
  log: Log;
}): Promise<MediaWorkers> {
  const work = join(dataDir, "work");
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true, mode: 0o700 });
  const paths = { readable: [join(dataDir, "uploads")], writable: work };
  const slots = Array.from({ length: COUNT }, () => new Slot(() => startWorker(paths, LIMITS)));
  const waiting: ((slot: Slot) => void)[] = [];
  const free = [...slots];
  const closing = new AbortController();

  const take = async (): Promise<Slot> => free.pop() ?? new Promise((resolve) => waiting.push(resolve));
  const giveBack = (slot: Slot) => {
    const next = waiting.shift();
    if (next) next(slot);
    else free.push(slot);
  };

  return {
    async perform(task, timeoutMs, signal) {
      const ends = AbortSignal.any([signal, closing.signal]);
      const slot = await take();
      try {
        ends.throwIfAborted();
        return await slot.perform(task, AbortSignal.any([ends, AbortSignal.timeout(timeoutMs)]));
      } catch (error) {
        ends.throwIfAborted();
        if (!(error instanceof WorkerDied)) throw error;
        log.warn({ err: error, task }, "a media worker ended without an answer");
        return { kind: "fault", fault: "processing_stopped", detail: error.message.slice(0, 1000) };
      } finally {
        giveBack(slot);
      }
    },
    async makeFolder() {
      const path = join(work, crypto.randomUUID());
      await mkdir(path, { mode: 0o700 });
      return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
    },
    async [Symbol.asyncDispose]() {
      closing.abort(new Error("The server stops"));
      await Promise.all(slots.map((slot) => slot.stop()));
      await rm(work, { recursive: true, force: true });
    },
  };
}

/** Refused before any decoder saw it: these leave a worker as it was. */
const SHALLOW: ReadonlySet<AssetFault> = new Set([
  "unsupported_type",
  "empty",
  "no_picture",
  "codec_unsupported",
]);

/** Whether the worker may go on: after a decoder failed, nobody knows what it left behind. */
function isSound(result: InspectionResult): boolean {
  if (result.kind === "fault") return SHALLOW.has(result.fault);
  return result.kind !== "error";
}

/** A place for one worker process, started when there is something to do. */
class Slot {
  readonly #start: () => WorkerProcess;
  #worker: WorkerProcess | undefined;
  #files = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(start: () => WorkerProcess) {
    this.#start = start;
  }

  async perform(task: InspectionTask, signal: AbortSignal): Promise<InspectionResult> {
    clearTimeout(this.#idle);
    if (!this.#worker?.isAlive) {
      this.#worker = this.#start();
      this.#files = 0;
    }
    this.#files += 1;
    const result = await this.#worker.perform(task, signal);
    if (this.#files >= FILES_PER_WORKER || !isSound(result)) await this.stop();
    else this.#idle = setTimeout(() => void this.stop(), IDLE_MS).unref();
    return result;
  }

  async stop(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.kill();
  }
}
