import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";

/** A reader that leaves this much unread is let go: it polls, and comes back. */
const MAX_UNREAD_BYTES = 16 * 1024;
const LAST_WORD_MS = 2_000;

/** What a screen hears on its live connection. A class, since its methods are shared by tens of thousands. */
export class HintStream {
  readonly #socket: WebSocket;
  readonly #line: Duplex;

  /** `line` is what the WebSocket reads from: whole frames are written to it as they are, at half of what `send` costs. */
  constructor(socket: WebSocket, line: Duplex) {
    this.#socket = socket;
    this.#line = line;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Sends a frame; drops the connection when its reader is too slow. */
  send(frame: Buffer): void {
    if (!this.isOpen) return;
    this.#line.write(frame);
    if (this.#line.writableLength > MAX_UNREAD_BYTES) this.#socket.terminate();
  }

  /** Ends the connection after this last text; a reader that does not take it in 2 s loses it. */
  end(frame: Buffer): void {
    if (!this.isOpen) return;
    this.send(frame);
    this.#socket.close();
    setTimeout(() => this.#socket.terminate(), LAST_WORD_MS).unref();
  }

  /** Drops the connection at once. */
  drop(): void {
    this.#socket.terminate();
  }
}
