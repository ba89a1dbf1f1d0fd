import type { heartbeatInput } from "@vitrine/core/model/device-protocol";
import type * as z from "zod";
import { type Clock, createDeadline, sleep } from "../platform/clock.ts";
import { describe, type Log } from "../platform/log.ts";
import { fullJitterMs, jitteredMs, type Random } from "../platform/random.ts";
import type { ProcedureAnswer } from "./device-api.ts";
import type { Link } from "./link.ts";
import type { Live } from "./live.ts";
import { atMeeting } from "./meetings.ts";
import type { ServerClock } from "./server-clock.ts";

export type HeartbeatInput = z.input<typeof heartbeatInput>;

export interface HeartbeatDeps {
  link: Link;
  live: Live;
  clock: Clock;
  serverClock: Pick<ServerClock, "nowMs">;
  random: Random;
  log: Log;
  compose(isStopping: boolean): Promise<HeartbeatInput>;
  onAnswer(answer: ProcedureAnswer<"heartbeat.report">): void;
}

/** Tells the server how the screen is. */
export interface Heartbeat {
  /** Beats every 30 s until the signal fires. */
  run(signal: AbortSignal): Promise<void>;
  /** Something changed that people look at: beats soon, at most once every few seconds. */
  soon(): void;
  /** Beats at once: the server has something to say. */
  now(): void;
  /** The last beat before an orderly stop; gives up quickly. */
  sayGoodbye(): Promise<void>;
}

const EVERY_MS = 30_000;
const COLLECT_MS = 300;
const LEAST_GAP_MS = 3000;
const GOODBYE_MS = 2000;

/** The heartbeat of one credential. */
export function createHeartbeat(deps: HeartbeatDeps): Heartbeat {
  const { clock, serverClock } = deps;
  /** On the monotonic clock. */
  const meeting = (fromNowMs: number) => {
    const nowMs = serverClock.nowMs();
    return clock.monotonicMs() + atMeeting(nowMs + fromNowMs) - nowMs;
  };
  let lastBeatMs = Number.NEGATIVE_INFINITY;
  let dueMs = 0;
  let wake: () => void = () => {};

  const pullForward = (atMs: number) => {
    if (atMs >= dueMs) return;
    dueMs = atMs;
    wake();
  };

  const waitUntilDue = async (signal: AbortSignal) => {
    while (!signal.aborted && clock.monotonicMs() < dueMs) {
      const woken = new AbortController();
      wake = () => woken.abort(new Error("Woken"));
      signal.addEventListener("abort", wake, { once: true });
      const stop = wake;
      await sleep(clock, dueMs - clock.monotonicMs(), woken.signal).catch(() => {});
      signal.removeEventListener("abort", stop);
    }
  };

  const beat = async (isStopping: boolean, signal: AbortSignal) => {
    const input = await deps.compose(isStopping);
    lastBeatMs = clock.monotonicMs();
    // What the live connection does not carry is told by a call, which also learns why.
    const answer = await deps.live.beat(input, signal)?.catch(() => undefined);
    signal.throwIfAborted();
    return answer ?? (await deps.link.call("heartbeat.report", input, signal));
  };

  return {
    async run(signal) {
      for (let failures = 0; !signal.aborted; ) {
        dueMs = meeting(jitteredMs(deps.random, EVERY_MS));
        try {
          const answer = await beat(false, signal);
          failures = 0;
          deps.onAnswer(answer);
        } catch (error) {
          if (signal.aborted) return;
          deps.log.info("heartbeat_failed", { failures, reason: describe(error) });
          const delayMs = fullJitterMs(deps.random, {
            attempt: failures,
            baseMs: 1000,
            capMs: EVERY_MS,
            floorMs: 500,
          });
          dueMs = clock.monotonicMs() + delayMs;
          failures += 1;
        }
        await waitUntilDue(signal);
      }
    },
    soon() {
      pullForward(Math.max(clock.monotonicMs() + COLLECT_MS, lastBeatMs + LEAST_GAP_MS));
    },
    now() {
      pullForward(clock.monotonicMs());
    },
    async sayGoodbye() {
      using deadline = createDeadline(clock, new AbortController().signal, GOODBYE_MS);
      await beat(true, deadline.signal).catch(() => {});
    },
  };
}
