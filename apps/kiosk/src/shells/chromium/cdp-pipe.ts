import type { Readable, Writable } from "node:stream";
import * as z from "zod";

/** What the browser says unasked. `sessionId` names the target, absent for the browser itself. */
export interface CdpEvent {
  method: string;
  params: unknown;
  sessionId: string | undefined;
}

/** Where a call goes and how long it may take. */
export interface CdpCallOptions {
  sessionId?: string | undefined;
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const END = 0;

const incoming = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  sessionId: z.string().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** The DevTools protocol over two pipes: JSON messages, each ended by a zero byte. */
export class CdpPipe {
  readonly #toBrowser: Writable;
  readonly #onEvent: (event: CdpEvent) => void;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #isClosed = false;

  constructor(toBrowser: Writable, fromBrowser: Readable, onEvent: (event: CdpEvent) => void) {
    this.#toBrowser = toBrowser;
    this.#onEvent = onEvent;
    readMessages(fromBrowser, (text) => this.#take(text));
    // A broken pipe is told by the process's end; what waits is settled by `close`.
    toBrowser.on("error", () => this.close());
    fromBrowser.on("error", () => this.close());
    fromBrowser.on("close", () => this.close());
  }

  /** Asks the browser; rejects with its error, on `signal`, after the time-out, or when the pipe closes. */
  async call(method: string, params: object = {}, options: CdpCallOptions = {}): Promise<unknown> {
    const { sessionId, signal, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
    signal?.throwIfAborted();
    if (this.#isClosed) throw new Error(`${method}: the browser is gone`);
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const timer = setTimeout(() => reject(new Error(`${method}: no answer in ${timeoutMs} ms`)), timeoutMs);
    const onAbort = () => reject(signal?.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#waiting.set(id, { resolve, reject: (error) => reject(new Error(`${method}: ${error.message}`)) });
    this.#toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      this.#waiting.delete(id);
    }
  }

  /** Settles everything that waits; later calls fail at once. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const { reject } of this.#waiting.values()) reject(new Error("the browser is gone"));
    this.#toBrowser.destroy();
  }

  #take(text: string): void {
    const { id, method, params, sessionId, result, error } = incoming.parse(JSON.parse(text));
    if (id === undefined) {
      if (method !== undefined) this.#onEvent({ method, params, sessionId });
      return;
    }
    const waiting = this.#waiting.get(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(error.message));
  }
}

function readMessages(source: Readable, onMessage: (text: string) => void): void {
  let parts: Buffer[] = [];
  source.on("data", (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(END); end >= 0; end = rest.indexOf(END)) {
      parts.push(rest.subarray(0, end));
      onMessage(Buffer.concat(parts).toString("utf8"));
      parts = [];
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) parts.push(rest);
  });
}
