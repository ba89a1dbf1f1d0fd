import type { Socket } from "node:net";

/** A reader that leaves this much unread is let go: it polls, and comes back. */
const MAX_UNREAD_BYTES = 16 * 1024;

/** One open stream of hints on a bare socket. A class, since its methods are shared by tens of thousands. */
export class HintStream {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable;
  }

  /** Sends ready-made bytes; drops the stream when its reader is too slow. */
  send(frame: Buffer): void {
    if (!this.isOpen) return;
    this.#socket.write(frame);
    if (this.#socket.writableLength > MAX_UNREAD_BYTES) this.#socket.destroy();
  }

  /** Ends the stream after these last bytes; a reader that does not take them in 2 s loses them. */
  end(frame: Buffer): void {
    if (!this.isOpen) return;
    const socket = this.#socket;
    socket.setTimeout(LAST_WORD_MS, () => socket.destroy());
    socket.end(frame, () => socket.destroySoon());
  }

  /** Drops the stream at once. */
  drop(): void {
    this.#socket.destroy();
  }
}

const LAST_WORD_MS = 2_000;
