import type { Hint } from "@vitrine/core/model/device-protocol";
import { type Connection, type ConnectOptions, type Network, UpgradeRefused } from "../link/http.ts";
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

interface Live {
  /** A word of the server arrives. */
  hear(text: string): void;
  cut(): void;
}

/** A line that is well. */
export function createVirtualNetwork(deps: {
  clock: Clock;
  random: SeededRandom;
  server: VirtualServer;
}): VirtualNetwork {
  const { clock, random, server } = deps;
  const connections = new Set<Live>();
  let exchanges = 0;

  const roll = (probability: number) => probability > 0 && random.isChance(probability);

  /** Returns once the server may be asked; else this end hears what a broken line lets it hear. */
  const reach = async (signal: AbortSignal): Promise<void> => {
    exchanges += 1;
    signal.throwIfAborted();
    if (self.line.state === "down") {
      await sleep(clock, random.between(1, 50), signal);
      throw new TypeError("fetch failed");
    }
    if (self.line.state === "silent") return await untilAborted(signal);
  };

  const exchange = async (request: ServerRequest, signal: AbortSignal): Promise<Response> => {
    await reach(signal);
    const { line } = self;
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
    return toResponse(status, headers, bodyOf(answer, signal, isOpening(request) ? 0 : line.corruptsBody));
  };

  const lose = async (signal: AbortSignal): Promise<never> => {
    await sleep(clock, random.between(50, 5000), signal);
    throw new TypeError("fetch failed: connection reset");
  };

  const bodyOf = (answer: ServerAnswer, signal: AbortSignal, corrupts: number) => {
    const { line } = self;
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

  const connect = async (url: string, { headers, onText, signal }: ConnectOptions): Promise<Connection> => {
    await reach(signal);
    if (roll(self.line.losesRequest) || roll(self.line.losesAnswer)) return await lose(signal);
    await sleep(clock, self.line.latencyMs, signal);
    // A machine that slept finds both the line's answer and its own deadline due.
    signal.throwIfAborted();
    const told = new Headers(headers);
    const request = { method: "GET", path: new URL(url).pathname, headers: told, body: new Uint8Array() };
    const { status, headers: given, body } = server.answer(request);
    if (status !== 101) throw new UpgradeRefused({ status, headers: new Headers(given), body });
    const end = Promise.withResolvers<void>();
    let isCut = false;
    const live: Live = {
      hear: (text) => void (isCut || onText(text)),
      cut() {
        isCut = true;
        connections.delete(live);
        end.resolve();
      },
    };
    connections.add(live);
    signal.addEventListener("abort", live.cut, { once: true });
    clock.after(0, () => live.hear(JSON.stringify({ kind: "hello", reconnectMs: 100 })));
    /** A word that is lost on the way is one of a connection that hangs: TCP loses none alone. */
    const send = (text: string) => {
      if (isCut || self.line.state !== "up" || roll(self.line.losesRequest)) return;
      clock.after(self.line.latencyMs / 2, () => {
        if (isCut) return;
        const reply = server.reply(told, text);
        if (self.line.state !== "up" || roll(self.line.losesAnswer)) return;
        clock.after(self.line.latencyMs / 2, () => live.hear(reply));
      });
    };
    return { send, close: live.cut, closed: end.promise };
  };

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
      async connect(url, options) {
        const connection = await connect(url, {
          ...options,
          onText: (text) => isAlive() && options.onText(text),
        });
        return isAlive() ? connection : await NEVER;
      },
    }),
    hint(hint) {
      if (self.line.state === "up") for (const one of connections) one.hear(JSON.stringify(hint));
    },
    cutStreams() {
      for (const one of connections) one.cut();
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
