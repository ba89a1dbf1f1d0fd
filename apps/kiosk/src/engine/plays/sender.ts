import { PLAYS_BATCH } from "@vitrine/core/model/device-protocol";
import type { Link } from "../link/link.ts";
import { LinkError } from "../link/link-error.ts";
import { type Clock, sleep } from "../platform/clock.ts";
import { describe, type Log } from "../platform/log.ts";
import { fullJitterMs, jitteredMs, type Random } from "../platform/random.ts";
import type { Spool } from "./spool.ts";

export interface SenderDeps {
  link: Link;
  clock: Clock;
  random: Random;
  log: Log;
  spool: Spool;
}

/** Brings waiting plays to the server; each is forgotten only after the receipt. */
export interface Sender {
  /** Sends in batches until the signal fires. */
  run(signal: AbortSignal): Promise<void>;
  /** Tries at once: the server can be reached again. */
  now(): void;
}

const SEND_EVERY_MS = 10_000;
const CAP_MS = 60_000;

/** The sender of one credential. */
export function createSender(deps: SenderDeps): Sender {
  let wake: () => void = () => {};
  const pause = async (delayMs: number, signal: AbortSignal) => {
    const woken = new AbortController();
    const stop = () => woken.abort(new Error("Woken"));
    wake = stop;
    signal.addEventListener("abort", stop, { once: true });
    await sleep(deps.clock, delayMs, woken.signal).catch(() => {});
    signal.removeEventListener("abort", stop);
  };
  return {
    now: () => wake(),
    async run(signal) {
      for (let failures = 0; !signal.aborted; ) {
        let delayMs = jitteredMs(deps.random, SEND_EVERY_MS);
        try {
          const isMore = await sendBatch(deps, signal);
          failures = 0;
          if (isMore) delayMs = 0;
        } catch (error) {
          if (signal.aborted) return;
          deps.log.info("plays_not_sent", { failures, reason: describe(error) });
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

/** Sends one batch, if any waits; gives whether more are waiting. Rejects with `LinkError`, and nothing is forgotten. */
export async function sendBatch({ link, spool }: SenderDeps, signal: AbortSignal): Promise<boolean> {
  const plays = await spool.peek(PLAYS_BATCH);
  if (plays.length === 0) return false;
  await link.call("plays.report", { plays }, signal);
  await spool.forget(plays.length);
  return (await spool.peek(1)).length > 0;
}
