import { type ChildProcess, spawn } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { type InspectionResult, type InspectionTask, inspectionResult } from "./inspection.ts";

/** Bounds of one worker process. */
export type WorkerLimits = {
  /** Memory that it may allocate in all; where the system enforces it, more ends the process. */
  memoryBytes: number;
  /** Heap of its JavaScript. */
  heapBytes: number;
};

/** One process that looks at files, one at a time. */
export type WorkerProcess = {
  readonly isAlive: boolean;
  readonly pid: number | undefined;
  /**
   * Performs a task. Rejects with `WorkerDied` when the process ends before it answers, whether by itself or because
   * `signal` was aborted, and when what it answers has not the form agreed on.
   */
  perform(task: InspectionTask, signal: AbortSignal): Promise<InspectionResult>;
  kill(): Promise<void>;
};

/** The worker ended without an answer; `message` has its last words. */
export class WorkerDied extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "WorkerDied";
  }
}

const LAST_WORDS = 2000;

/** Starts a worker that may read below `readable` and write below `writable`, and our own code, and nothing else. */
export function startWorker(
  paths: { readable: string[]; writable: string },
  limits: WorkerLimits,
): WorkerProcess {
  const child = spawnLimited([process.execPath, ...nodeArguments(paths, limits)], limits.memoryBytes);
  let lastWords = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS);
  });
  const ended = new Promise<string>((done) => {
    child.once("error", (error) => done(error.message));
    child.once("close", (code, signal) => done(`ended with ${signal ?? code}: ${lastWords.trim()}`));
  });
  let isAlive = true;
  ended.then(() => {
    isAlive = false;
  });

  return {
    pid: child.pid,
    get isAlive() {
      return isAlive && child.connected;
    },
    async perform(task, signal) {
      const kill = () => child.kill("SIGKILL");
      signal.addEventListener("abort", kill, { once: true });
      if (signal.aborted) kill();
      try {
        const answer = nextMessage(child);
        child.send(task, (error) => error && kill());
        const outcome = await Promise.race([answer.then((message) => ({ message })), ended]);
        if (typeof outcome === "string") throw new WorkerDied(outcome, signal.reason);
        const result = inspectionResult.safeParse(outcome.message);
        if (result.success) return result.data;
        kill();
        throw new WorkerDied("It answered in a form that was not agreed on", result.error);
      } finally {
        signal.removeEventListener("abort", kill);
      }
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((done) => child.once("message", done));
}

/** Limits are the kernel's: the shell sets them and becomes the process. Systems without them only lack the limit. */
function spawnLimited(command: string[], memoryBytes: number): ChildProcess {
  const script = 'ulimit -c 0; ulimit -d "$1" 2>/dev/null; shift; exec "$@"';
  const kibibytes = String(Math.ceil(memoryBytes / 1024));
  return spawn("/bin/sh", ["-c", script, "sh", kibibytes, ...command], {
    env: ENVIRONMENT,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

/** Nothing of our own environment, which can hold secrets. */
const ENVIRONMENT = {
  PATH: "/usr/local/bin:/usr/bin:/bin",
  LANG: "C.UTF-8",
  MALLOC_ARENA_MAX: "2",
  VIPS_CONCURRENCY: "1",
  UV_THREADPOOL_SIZE: "2",
};

function nodeArguments(paths: { readable: string[]; writable: string }, limits: WorkerLimits): string[] {
  const readable = [...codeFolders(), ...paths.readable, paths.writable, "/usr/bin/ldd"];
  return [
    "--permission",
    "--allow-addons",
    ...readable.map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${paths.writable}`,
    "--disable-warning=SecurityWarning",
    "--expose-gc",
    `--max-old-space-size=${Math.ceil(limits.heapBytes / 1024 ** 2)}`,
    join(import.meta.dirname, "worker.ts"),
  ];
}

/** Where the worker's own code and its libraries are. */
function codeFolders(): string[] {
  const source = dirname(import.meta.dirname);
  const api = dirname(source);
  const root = resolve(api, "../..");
  return [
    source,
    join(api, "package.json"),
    join(root, "packages"),
    join(root, "node_modules"),
    join(root, "package.json"),
  ];
}
