import type { Hint } from "@vitrine/core/model/device-protocol";
import type { Network } from "../link/http.ts";
import { type Clock, sleep } from "../platform/clock.ts";
import type { SeededRandom } from "./seeded-random.ts";
import type { ServerAnswer, ServerRequest, VirtualServer } from "./virtual-server.ts";

/** How the line is. Probabilities are of each exchange; all are 0, and the line is up, when it is well. */
export interface Line {
  /** `down` refuses at once, `silent` answers nothing, ever. */
  state: "up" | "down" | "silent";
  latencyMs: number;
  bytesPerSecond: number;
  /** The request never arrives. */
  losesRequest: number;
  /** The server did what it was asked; the screen does not hear so. */
  losesAnswer: number;
  cutsBody: number;
  corruptsBody: number;
  wrongStatus: number;
  endlessBody: number;
  redirects: number;
  /** The server is asked twice, and the later answer is the one that comes. */
  duplicates: number;
  /** What was given up arrives nevertheless, after other requests. */
  arrivesLate: number;
}

export const WELL: Line = {
  state: "up",
  latencyMs: 20,
  bytesPerSecond: 10_000_000,
  losesRequest: 0,
  losesAnswer: 0,
  cutsBody: 0,
  corruptsBody: 0,
  wrongStatus: 0,
  endlessBody: 0,
  redirects: 0,
  duplicates: 0,
  arrivesLate: 0,
};

/** A line between one screen and its server, in process. */
export interface VirtualNetwork {
  line: Line;
  /** The network as one process sees it; one that is gone hears nothing more. */
  open(isAlive: () => boolean): Network;
  hint(hint: Hint): void;
  /** Ends every stream, as a server does that stops. */
  cutStreams(): void;
  /** Exchanges that were tried. */
  exchanges(): number;
}

const PIECE_BYTES = 64 * 1024;
const STATUSES = [400, 403, 418, 500, 502, 503] as const;
const NEVER = new Promise<never>(() => {});

interface Stream {
  waiting: Uint8Array[];
  wake(): void;
  isCut: boolean;
}

/** A line that is well. */
export function createVirtualNetwork(deps: {
  clock: Clock;
  random: SeededRandom;
  server: VirtualServer;
}): VirtualNetwork {
  const { clock, random, server } = deps;
  const streams = new Set<Stream>();
  let exchanges = 0;

  const send = (text: string) => {
    for (const stream of streams) {
      stream.waiting.push(Buffer.from(text));
      stream.wake();
    }
  };

  const exchange = async (request: ServerRequest, signal: AbortSignal): Promise<Response> => {
    exchanges += 1;
    const { line } = self;
    signal.throwIfAborted();
    if (line.state === "down") {
      await sleep(clock, random.between(1, 50), signal);
      throw new TypeError("fetch failed");
    }
    if (line.state === "silent") return await untilAborted(signal);
    const roll = (probability: number) => probability > 0 && random.isChance(probability);
    if (roll(line.losesRequest)) return await lose(signal);
    if (!isOpening(request) && roll(line.arrivesLate)) {
      clock.after(random.between(1000, 90_000), () => void server.answer(request));
      return await untilAborted(signal);
    }
    await sleep(clock, line.latencyMs / 2, signal);
    if (roll(line.redirects)) throw new TypeError("fetch failed: unexpected redirect");
    if (roll(line.wrongStatus))
      return toResponse(random.pick(STATUSES), {}, pieces([Buffer.from("<html>")], signal));
    if (roll(line.duplicates)) server.answer(request);
    const answer = server.answer(request);
    if (roll(line.losesAnswer)) return await lose(signal);
    await sleep(clock, line.latencyMs / 2, signal);
    const { status, headers } = answer;
    return toResponse(
      status,
      headers,
      bodyOf(answer, signal, roll, isOpening(request) ? 0 : line.corruptsBody),
    );
  };

  const lose = async (signal: AbortSignal): Promise<never> => {
    await sleep(clock, random.between(50, 5000), signal);
    throw new TypeError("fetch failed: connection reset");
  };

  const bodyOf = (
    answer: ServerAnswer,
    signal: AbortSignal,
    roll: (probability: number) => boolean,
    corrupts: number,
  ) => {
    const { line } = self;
    if (answer.isHintStream) return hints(signal);
    if (roll(line.endlessBody)) return endless(signal);
    const parts: Buffer[] = [];
    for (let at = 0; at < answer.body.length; at += PIECE_BYTES)
      parts.push(Buffer.from(answer.body.subarray(at, at + PIECE_BYTES)));
    const victim = parts.at(random.between(0, Math.max(1, parts.length)));
    if (victim && roll(corrupts)) {
      const at = random.between(0, victim.length);
      victim[at] = (victim[at] ?? 0) ^ 0x20;
    }
    const isCut = roll(line.cutsBody);
    if (isCut) parts.splice(random.between(0, parts.length + 1));
    return pieces(parts, signal, isCut);
  };

  async function* pieces(
    parts: readonly Buffer[],
    signal: AbortSignal,
    isCut = false,
  ): AsyncGenerator<Uint8Array> {
    for (const part of parts) {
      const delayMs = (part.length / self.line.bytesPerSecond) * 1000;
      if (delayMs > 1) await sleep(clock, delayMs, signal);
      if (self.line.state !== "up") await lose(signal);
      yield part;
    }
    if (isCut) throw new TypeError("terminated");
  }

  async function* endless(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    for (;;) {
      await sleep(clock, 100, signal);
      yield Buffer.alloc(PIECE_BYTES, 120);
    }
  }

  async function* hints(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    let wake = () => {};
    const stream: Stream = { waiting: [], wake: () => wake(), isCut: false };
    const stop = () => wake();
    streams.add(stream);
    signal.addEventListener("abort", stop);
    try {
      yield Buffer.from(`data: ${JSON.stringify({ kind: "hello", reconnectMs: 100 })}\n\n`);
      for (;;) {
        signal.throwIfAborted();
        if (stream.isCut) throw new TypeError("terminated");
        const next = stream.waiting.shift();
        if (next && self.line.state === "up") yield next;
        else if (!next)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      streams.delete(stream);
      signal.removeEventListener("abort", stop);
    }
  }

  const beat = () => {
    send(": alive\n\n");
    clock.after(25_000, beat);
  };
  clock.after(25_000, beat);

  const self: VirtualNetwork = {
    line: WELL,
    open: (isAlive) => ({
      async fetch(url, init) {
        if (!isAlive()) return await NEVER;
        const signal = init.signal ?? new AbortController().signal;
        const body = typeof init.body === "string" ? Buffer.from(init.body) : bytesOf(init.body);
        const { pathname } = new URL(url);
        const request = {
          method: init.method ?? "GET",
          path: pathname,
          headers: new Headers(init.headers),
          body,
        };
        const response = await exchange(request, signal);
        return isAlive() ? response : await NEVER;
      },
    }),
    hint: (hint) => send(`data: ${JSON.stringify(hint)}\n\n`),
    cutStreams() {
      for (const stream of streams) {
        stream.isCut = true;
        stream.wake();
      }
    },
    exchanges: () => exchanges,
  };
  return self;
}

/** A session that is opened out of turn, or with a ticket that arrived damaged, is told as one of a copy: rightly. */
function isOpening({ path }: ServerRequest): boolean {
  return path.endsWith("/session.open");
}

function bytesOf(body: RequestInit["body"]): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
  );
}

/** Guarantee: the engine reads of a response no more than these three, its body as an iterable of bytes. */
function toResponse(
  status: number,
  headers: Record<string, string>,
  body: AsyncIterable<Uint8Array>,
): Response {
  return { status, headers: new Headers(headers), body } as unknown as Response;
}
