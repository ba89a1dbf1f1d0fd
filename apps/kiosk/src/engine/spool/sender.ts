import { isAppFailure, LinkError } from "../link/link-error.ts";
import { type Clock, sleep } from "../platform/clock.ts";
import type { Faults } from "../platform/faults.ts";
import { describe, type Log } from "../platform/log.ts";
import { fullJitterMs, jitteredMs, type Random } from "../platform/random.ts";
import type { Spool } from "./spool.ts";

export interface SenderDeps<Item> {
  clock: Clock;
  random: Random;
  log: Log;
  faults: Faults;
  spool: Pick<Spool<never, Item>, "peek" | "forget">;
  /** For logs and faults. */
  name: "plays" | "events";
  /** At most this many travel in one call. */
  batch: number;
  send(items: Item[], signal: AbortSignal): Promise<unknown>;
}

/** Brings what waits in a spool to the server; each item is forgotten only after the receipt. */
export interface Sender {
  /** Sends in batches until the signal fires. */
  run(signal: AbortSignal): Promise<void>;
  /** Tries at once: the server can be reached again. */
  now(): void;
  /** Sends one batch, if any waits; gives whether more are waiting. Rejects with `LinkError`, and nothing is forgotten. */
  sendBatch(signal: AbortSignal): Promise<boolean>;
}

const SEND_EVERY_MS = 10_000;
const CAP_MS = 60_000;

/** The sender of one spool and one credential. */
export function createSender<Item>(deps: SenderDeps<Item>): Sender {
  const { spool, log, faults, name } = deps;
  let wake: () => void = () => {};
  let limit = deps.batch;

  const pause = async (delayMs: number, signal: AbortSignal) => {
    const woken = new AbortController();
    const stop = () => woken.abort(new Error("Woken"));
    wake = stop;
    signal.addEventListener("abort", stop, { once: true });
    await sleep(deps.clock, delayMs, woken.signal).catch(() => {});
    signal.removeEventListener("abort", stop);
  };

  /** What the server will never take must not hold up the rest: the batch is halved down to the one, which is let go. */
  const giveWay = async (items: readonly Item[], error: unknown) => {
    limit = Math.ceil(items.length / 2);
    if (items.length > 1) return;
    log.error(`${name}_refused`, { reason: describe(error), item: items[0] });
    faults.raise(`${name}_refused`, `The server does not take one of the ${name}: ${describe(error)}`);
    await spool.forget(1);
  };

  const sendNext = async (signal: AbortSignal): Promise<boolean> => {
    const items = await spool.peek(limit);
    if (items.length === 0) return false;
    try {
      await deps.send(items, signal);
    } catch (error) {
      if (!isAppFailure(error, "INVALID_INPUT")) throw error;
      await giveWay(items, error);
      return true;
    }
    limit = Math.min(deps.batch, limit * 2);
    await spool.forget(items.length);
    return (await spool.peek(1)).length > 0;
  };

  let last: Promise<void> = Promise.resolve();
  /** One batch after the other: of two at once, the second would forget what it never sent. */
  const sendBatch = (signal: AbortSignal): Promise<boolean> => {
    const turn = untilOver(last, signal).then(() => sendNext(signal));
    last = Promise.allSettled([last, turn]).then(() => {});
    return turn;
  };

  return {
    sendBatch,
    now: () => wake(),
    async run(signal) {
      for (let failures = 0; !signal.aborted; ) {
        let delayMs = jitteredMs(deps.random, SEND_EVERY_MS);
        try {
          const isMore = await sendBatch(signal);
          failures = 0;
          if (isMore) delayMs = 0;
        } catch (error) {
          if (signal.aborted) return;
          log.info(`${name}_not_sent`, { failures, reason: describe(error) });
          const wishMs = error instanceof LinkError ? error.retryAfterMs : null;
          const backoff = { attempt: failures, baseMs: 1000, capMs: CAP_MS, floorMs: 500 };
          delayMs = wishMs ?? fullJitterMs(deps.random, backoff);
          failures += 1;
        }
        if (delayMs > 0) await pause(delayMs, signal);
      }
    },
  };
}

/** Resolves with the work, which never rejects; rejects with the signal's reason as soon as it fires. */
function untilOver(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    void work.then(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
  });
}
