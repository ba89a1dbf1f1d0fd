import * as z from "zod";
import type { CdpPipe } from "./cdp-pipe.ts";

const ASK_EVERY_MS = 5000;
/** A page gets this long to answer, twice: once may be a busy moment. */
const ANSWER_WITHIN_MS = 8000;
const MISSES = 2;

const attached = z.object({ sessionId: z.string() });

interface Watched {
  sessionId: string | undefined;
  misses: number;
  isAsked: boolean;
}

/**
 * Asks every web page in a process of its own for a sign of life, and ends the process of one that gives none: it
 * would show its last picture for ever and take a core of the machine. Its end is told as a crash like any other.
 */
export class HangWatch implements Disposable {
  readonly #pipe: CdpPipe;
  readonly #pages = new Map<string, Watched>();
  readonly #timer: NodeJS.Timeout;

  constructor(pipe: CdpPipe) {
    this.#pipe = pipe;
    this.#timer = setInterval(() => {
      for (const [targetId, page] of this.#pages) void this.#ask(targetId, page);
    }, ASK_EVERY_MS);
    this.#timer.unref();
  }

  /** A frame in a process of its own is there. */
  async add(targetId: string): Promise<void> {
    const page: Watched = { sessionId: undefined, misses: 0, isAsked: false };
    this.#pages.set(targetId, page);
    try {
      const answer = await this.#pipe.call("Target.attachToTarget", { targetId, flatten: true });
      page.sessionId = attached.parse(answer).sessionId;
    } catch {
      // It went as fast as it came.
      this.#pages.delete(targetId);
    }
  }

  /** It is gone, or its process is. */
  remove(targetId: string): void {
    this.#pages.delete(targetId);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#pages.clear();
  }

  async #ask(targetId: string, page: Watched): Promise<void> {
    const { sessionId } = page;
    if (sessionId === undefined || page.isAsked) return;
    page.isAsked = true;
    const isAlive = await this.#pipe
      .call("Runtime.evaluate", { expression: "0" }, { sessionId, timeoutMs: ANSWER_WITHIN_MS })
      .then(
        () => true,
        () => false,
      );
    page.isAsked = false;
    page.misses = isAlive ? 0 : page.misses + 1;
    if (page.misses < MISSES || this.#pages.get(targetId) !== page) return;
    page.misses = 0;
    // Taken by the process's own thread for such messages, which a busy script does not hold up.
    await this.#pipe.call("Page.crash", {}, { sessionId }).catch(() => undefined);
  }
}
