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

const SEND_EVERY_MS = 10_000;
const CAP_MS = 5 * 60_000;

/** Sends waiting plays in batches until the signal fires; each is forgotten only after the server's receipt. */
export async function sendPlays(deps: SenderDeps, signal: AbortSignal): Promise<void> {
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
      delayMs =
        wishMs ?? fullJitterMs(deps.random, { attempt: failures, baseMs: 1000, capMs: CAP_MS, floorMs: 500 });
      failures += 1;
    }
    await sleep(deps.clock, delayMs, signal).catch(() => {});
  }
}

/** Sends one batch, if any waits; gives whether it was a full one. Rejects with `LinkError`, and nothing is forgotten. */
export async function sendBatch({ link, spool }: SenderDeps, signal: AbortSignal): Promise<boolean> {
  const plays = await spool.peek(PLAYS_BATCH);
  if (plays.length === 0) return false;
  await link.call("plays.report", { plays }, signal);
  await spool.forget(plays.length);
  return plays.length === PLAYS_BATCH;
}
