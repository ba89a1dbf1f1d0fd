import {
  type AnsweredBeat,
  type Heartbeat,
  type Hint,
  heartbeatInput,
  hint,
  type LiveCall,
  liveWord,
} from "@vitrine/core/model/device-protocol";
import * as z from "zod";
import { type Clock, createDeadline, sleep } from "../platform/clock.ts";
import { describe, type Log } from "../platform/log.ts";
import { parseLeniently } from "../platform/parse-leniently.ts";
import { fullJitterMs, type Random } from "../platform/random.ts";
import { changesSince } from "./changes-since.ts";
import { type ProcedureAnswer, type ProcedureInput, toldAnswer } from "./device-api.ts";
import { appFailure, type Connection } from "./http.ts";
import type { Link } from "./link.ts";
import { LinkError } from "./link-error.ts";
import type { ServerClock } from "./server-clock.ts";

export interface LiveDeps {
  link: Link;
  clock: Clock;
  serverClock: ServerClock;
  random: Random;
  log: Log;
  /** Called for each hint, and with `hello` whenever the connection stands again: anything may have been missed. */
  onHint(hint: Hint): void;
}

type BeatAnswer = ProcedureAnswer<"heartbeat.report">;

/** The connection that a screen keeps open to its server: hints come by it, and beats go. */
export interface Live {
  /** Keeps it open until the signal fires: full-jitter back-off of 1 s to 30 s, or the server's own wish. */
  run(signal: AbortSignal): Promise<void>;
  /** Sends a beat; undefined while no connection stands. Rejects with `LinkError`, and the connection is given up. */
  beat(beat: ProcedureInput<"heartbeat.report">, signal: AbortSignal): Promise<BeatAnswer> | undefined;
}

/** A server that was away has all of its screens back within half a minute, and hardly ever many at once. */
export const LIVE_BACK_OFF = { baseMs: 1000, capMs: 30_000, floorMs: 200 };
const ANSWER_MS = 15_000;

const answered = z.strictObject({
  kind: z.literal("beaten"),
  id: z.int(),
  heldMs: z.number().min(0).default(0),
  answer: toldAnswer,
});
const told = z.union([answered, liveWord]);
type Told = z.infer<typeof told>;
type Waiting = PromiseWithResolvers<{ answer: BeatAnswer; heldMs: number; receivedAtMs: number }>;

/** The live connection of one credential, not yet open. */
export function createLive(deps: LiveDeps): Live {
  const { clock, log } = deps;
  const waiting = new Map<number, Waiting>();
  let connection: Connection | undefined;
  let answeredBeat: AnsweredBeat | undefined;
  let lastId = 0;
  let attempt = 0;
  let goodbyeMs: number | undefined;

  const onText = (text: string) => {
    const receivedAtMs = clock.monotonicMs();
    const word = parseLeniently(told, toJson(text));
    if (!word.success) return log.warn("word_not_understood", { text: text.slice(0, 200) });
    onWord(word.data, receivedAtMs);
  };
  const onWord = (word: Told, receivedAtMs: number) => {
    switch (word.kind) {
      case "beaten":
        return waiting.get(word.id)?.resolve({ ...word, receivedAtMs });
      case "refused":
        return waiting.get(word.id)?.reject(appFailure(word.error));
      case "hello":
        attempt = 0;
        return deps.onHint(word);
      case "goodbye":
        goodbyeMs = Math.max(0, word.reconnectMs);
        return connection?.close();
      default:
        return deps.onHint(hint.parse(word));
    }
  };

  /** One connection to its end; gives the delay that a `goodbye` asked for. */
  const follow = async (signal: AbortSignal): Promise<number | undefined> => {
    goodbyeMs = undefined;
    const opened = await deps.link.connect(onText, signal);
    connection = opened;
    await opened.closed;
    connection = undefined;
    answeredBeat = undefined;
    for (const one of waiting.values())
      one.reject(new LinkError("The connection was lost", { kind: "network" }));
    return goodbyeMs;
  };

  return {
    async run(signal) {
      while (!signal.aborted) {
        let wishMs: number | undefined;
        try {
          wishMs = await follow(signal);
        } catch (error) {
          if (signal.aborted) return;
          if (attempt === 0) log.info("live_not_open", { reason: describe(error) });
          wishMs = error instanceof LinkError ? (error.retryAfterMs ?? undefined) : undefined;
        }
        const delayMs =
          wishMs === undefined
            ? fullJitterMs(deps.random, { attempt, ...LIVE_BACK_OFF })
            : wishMs * (0.5 + deps.random.fraction());
        attempt += 1;
        await sleep(clock, delayMs, signal).catch(() => {});
      }
    },
    beat(beat, signal) {
      const by = connection;
      if (!by) return undefined;
      return sendBeat(by, heartbeatInput.parse(beat), signal);
    },
  };

  /** Only what changed, unless another beat is under way: the server may take that one first. */
  function callOf(id: number, beat: Heartbeat): LiveCall {
    if (!answeredBeat || waiting.size > 0) return { kind: "beat", id, beat };
    return { kind: "change", id, since: answeredBeat.id, changes: changesSince(answeredBeat.beat, beat) };
  }

  async function sendBeat(by: Connection, beat: Heartbeat, signal: AbortSignal): Promise<BeatAnswer> {
    lastId += 1;
    const id = lastId;
    const call = callOf(id, beat);
    const wait: Waiting = Promise.withResolvers();
    waiting.set(id, wait);
    using deadline = createDeadline(clock, signal, ANSWER_MS);
    deadline.signal.addEventListener("abort", () => wait.reject(deadline.signal.reason), { once: true });
    try {
      const sentAtMs = clock.monotonicMs();
      by.send(JSON.stringify(call));
      const { answer, heldMs, receivedAtMs } = await wait.promise;
      if (connection === by) answeredBeat = { id, beat };
      // As if it had been sent so much later and answered at once.
      const asIfSentAtMs = sentAtMs + heldMs;
      const serverMs = Date.parse(answer.serverTime);
      deps.serverClock.observe({ serverMs, sentAtMs: asIfSentAtMs, receivedAtMs });
      return answer;
    } catch (error) {
      by.close();
      signal.throwIfAborted();
      if (error instanceof LinkError) throw error;
      throw new LinkError("The server did not answer", { kind: "network" }, { cause: error });
    } finally {
      waiting.delete(id);
    }
  }
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
