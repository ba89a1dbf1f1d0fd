import { DEVICE_PATHS, type Hint, hint } from "@vitrine/core/model/device-protocol";
import { createParser } from "eventsource-parser";
import { type Clock, createDeadline, sleep } from "../platform/clock.ts";
import { describe, type Log } from "../platform/log.ts";
import { parseLeniently } from "../platform/parse-leniently.ts";
import { fullJitterMs, type Random } from "../platform/random.ts";
import type { Link } from "./link.ts";
import { LinkError } from "./link-error.ts";

export interface HintDeps {
  link: Link;
  clock: Clock;
  random: Random;
  log: Log;
  /** Called for each hint, and with `hello` whenever the stream stands again: anything may have been missed. */
  onHint(hint: Hint): void;
}

const BASE_MS = 1000;
const CAP_MS = 60_000;
/** A stream that says nothing at all for so long, not even a comment, is taken for dead. */
const SILENCE_MS = 90_000;
const LINE_LIMIT_CHARS = 64 * 1024;

/** Keeps the hint stream open until the signal fires: full-jitter back-off of 1 s to 60 s, or the server's own wish. */
export async function followHints(deps: HintDeps, signal: AbortSignal): Promise<void> {
  let attempt = 0;
  while (!signal.aborted) {
    let wishMs: number | undefined;
    try {
      wishMs = await readStream(deps, signal, () => {
        attempt = 0;
      });
    } catch (error) {
      if (signal.aborted) return;
      if (attempt === 0) deps.log.info("hints_lost", { reason: describe(error) });
      wishMs = error instanceof LinkError && error.retryAfterMs !== null ? error.retryAfterMs : undefined;
    }
    const delayMs =
      wishMs === undefined
        ? fullJitterMs(deps.random, { attempt, baseMs: BASE_MS, capMs: CAP_MS, floorMs: 200 })
        : wishMs * (0.5 + deps.random.fraction());
    attempt += 1;
    await sleep(deps.clock, delayMs, signal).catch(() => {});
  }
}

/** Reads one stream to its end; gives the delay that a `goodbye` asked for. */
async function readStream(
  deps: HintDeps,
  signal: AbortSignal,
  onOpen: () => void,
): Promise<number | undefined> {
  using deadline = createDeadline(deps.clock, signal, SILENCE_MS);
  const headers = { accept: "text/event-stream", "cache-control": "no-cache" };
  const stream = await deps.link.open(DEVICE_PATHS.hints, headers, deadline.signal);
  let goodbyeMs: number | undefined;
  let pendingChars = 0;
  const parser = createParser({
    onEvent({ data }) {
      pendingChars = 0;
      const parsed = parseLeniently(hint, toJson(data));
      if (!parsed.success) return deps.log.warn("hint_not_understood", { data: data.slice(0, 200) });
      if (parsed.data.kind === "hello") onOpen();
      if (parsed.data.kind === "goodbye") goodbyeMs = Math.max(0, parsed.data.reconnectMs);
      deps.onHint(parsed.data);
    },
    onComment() {
      pendingChars = 0;
    },
  });
  const decoder = new TextDecoder();
  for await (const part of stream.body) {
    deadline.extend();
    const text = decoder.decode(part, { stream: true });
    pendingChars += text.length;
    if (pendingChars > LINE_LIMIT_CHARS) throw new LinkError("A hint without end", { kind: "malformed" });
    parser.feed(text);
    if (goodbyeMs !== undefined) return goodbyeMs;
  }
  throw new LinkError("The hint stream ended", { kind: "network" });
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
