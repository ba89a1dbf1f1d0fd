import type { WebSocket } from "ws";

/** A reader that leaves this much unread is let go: it polls, and comes back. */
const MAX_UNREAD_BYTES = 16 * 1024;
const LAST_WORD_MS = 2_000;
/** Ready-made bytes travel as the text that they are. */
const TEXT = { binary: false };

/** What a screen hears on its live connection. A class, since its methods are shared by tens of thousands. */
export class HintStream {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Sends a text; drops the connection when its reader is too slow. */
  send(frame: Buffer | string): void {
    if (!this.isOpen) return;
    this.#socket.send(frame, TEXT);
    if (this.#socket.bufferedAmount > MAX_UNREAD_BYTES) this.#socket.terminate();
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
