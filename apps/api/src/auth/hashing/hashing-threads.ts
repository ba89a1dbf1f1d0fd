import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { HashingAnswer, HashingTask } from "./hashing-thread.ts";

/** Threads for hashing, of a lower priority than the server's own where the system has that of threads. */
export type HashingThreads = AsyncDisposable & {
  /** Waits for a free thread; what is preferred goes before what is not. Rejects when the hash cannot be read. */
  perform(task: HashingTask, options: { isPreferred: boolean }): Promise<string | boolean>;
};

/** All cores but one, which is for everything else; more than four would take memory rather than time. */
const COUNT = Math.min(4, Math.max(1, availableParallelism() - 1));

/** Makes the threads, each started by its first task. */
export function openHashingThreads(): HashingThreads {
  const threads = Array.from({ length: COUNT }, () => new HashingThread());
  const free = [...threads];
  const preferred: ((thread: HashingThread) => void)[] = [];
  const others: ((thread: HashingThread) => void)[] = [];
  const take = async (isPreferred: boolean): Promise<HashingThread> =>
    free.pop() ?? new Promise((resolve) => (isPreferred ? preferred : others).push(resolve));
  const giveBack = (thread: HashingThread) => {
    const next = preferred.shift() ?? others.shift();
    if (next) next(thread);
    else free.push(thread);
  };
  return {
    async perform(task, { isPreferred }) {
      const thread = await take(isPreferred);
      try {
        return await thread.perform(task);
      } finally {
        giveBack(thread);
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(threads.map((thread) => thread.stop()));
    },
  };
}

/**
 * One task at a time. A thread that ended fails the task it had and is replaced by the next; an idle one keeps no process
 * alive.
 */
class HashingThread {
  readonly #stopping = new AbortController();
  #running: Running | undefined;

  async perform(task: HashingTask): Promise<string | boolean> {
    this.#stopping.signal.throwIfAborted();
    this.#running ??= this.#start();
    const { worker, ended } = this.#running;
    worker.ref();
    try {
      worker.postMessage(task);
      const answers: HashingAnswer[] = await once(worker, "message", { signal: ended });
      const [answer = { failure: "no answer" }] = answers;
      if ("failure" in answer) throw new Error(`A password could not be hashed: ${answer.failure}`);
      return answer.value;
    } catch (error) {
      ended.throwIfAborted();
      throw error;
    } finally {
      worker.unref();
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error("The server stops"));
    await this.#running?.worker.terminate();
  }

  #start(): Running {
    const worker = new Worker(new URL("./hashing-thread.ts", import.meta.url), { name: "hashing" });
    const ending = new AbortController();
    const end = (cause: unknown) => {
      if (this.#running?.worker === worker) this.#running = undefined;
      ending.abort(new Error("A password could not be hashed: its thread ended", { cause }));
    };
    worker.once("error", end);
    worker.once("exit", end);
    return { worker, ended: AbortSignal.any([ending.signal, this.#stopping.signal]) };
  }
}

type Running = { worker: Worker; ended: AbortSignal };
