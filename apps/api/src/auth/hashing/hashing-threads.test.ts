import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { openHashingThreads } from "./hashing-threads.ts";

const TASK = {
  password: "seven lamps over the harbour",
  options: { algorithm: 2, memoryCost: 1024, timeCost: 1, parallelism: 1 },
};
const HASH = /^\$argon2id\$/;

/** The next thread that this process starts. */
async function nextThread(): Promise<Worker> {
  const [thread]: unknown[] = await once(process, "worker");
  if (thread instanceof Worker) return thread;
  throw new Error("A thread is started");
}

test("a thread that ended while it had nothing to do is replaced by the next task", async () => {
  await using threads = openHashingThreads();
  const started = nextThread();
  await threads.perform(TASK, { isPreferred: false });
  await (await started).terminate();
  expect(await threads.perform(TASK, { isPreferred: false })).toMatch(HASH);
});

test("the task of a thread that ends fails and says so; those that wait are answered", async () => {
  await using threads = openHashingThreads();
  const ended = nextThread().then((thread) => thread.terminate());
  const answers = await Promise.allSettled(
    Array.from({ length: 8 }, () => threads.perform(TASK, { isPreferred: false })),
  );
  await ended;
  const failed = answers.filter((one) => one.status === "rejected");
  expect(failed.map(({ reason }) => String(reason))).toEqual([
    "Error: A password could not be hashed: its thread ended",
  ]);
  for (const one of answers) if (one.status === "fulfilled") expect(one.value).toMatch(HASH);
});
