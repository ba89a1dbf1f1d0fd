import { getPriority, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { hashSync, type Options, verifySync } from "@node-rs/argon2";

/** What a hashing thread is asked: to hash a password, or whether a password is the one that was hashed. */
export type HashingTask = { password: string; options: Options } | { password: string; hashed: string };
/** What it answers: the hash, or whether it is the one; or why neither can be said. */
export type HashingAnswer = { value: string | boolean } | { failure: string };

/** Steps of niceness that threads which hash are below the server: a thread of its own weight gets nine times their share. */
const NICER_BY = 10;
const NICEST = 19;

// On Linux alone a priority is that of the calling thread (setpriority(2), "C library/kernel differences").
if (process.platform === "linux") setPriority(Math.min(NICEST, getPriority() + NICER_BY));

parentPort?.on("message", (task: HashingTask) => parentPort?.postMessage(perform(task)));

function perform(task: HashingTask): HashingAnswer {
  try {
    if ("hashed" in task) return { value: verifySync(task.hashed, task.password) };
    return { value: hashSync(task.password, task.options) };
  } catch (error) {
    return { failure: String(error) };
  }
}
