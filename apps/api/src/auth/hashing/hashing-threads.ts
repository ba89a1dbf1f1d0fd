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

/** One task at a time. A thread that failed is replaced by the next task; an idle one keeps no process alive. */
class HashingThread {
  readonly #stopping = new AbortController();
  #worker: Worker | undefined;

  async perform(task: HashingTask): Promise<string | boolean> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    worker.ref();
    try {
      worker.postMessage(task);
      const answers: HashingAnswer[] = await once(worker, "message", { signal: this.#stopping.signal });
      const [answer = { failure: "no answer" }] = answers;
      if ("failure" in answer) throw new Error(`A password could not be hashed: ${answer.failure}`);
      return answer.value;
    } finally {
      worker.unref();
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error("The server stops"));
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL("./hashing-thread.ts", import.meta.url), { name: "hashing" });
    worker.once("error", () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    return worker;
  }
}
