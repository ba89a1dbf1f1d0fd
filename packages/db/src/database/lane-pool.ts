import { TransactionError } from "./errors.ts";
import { Lane, type LaneOptions } from "./lane.ts";

export interface LanePoolOptions extends LaneOptions {
  /** Connections on which bursts queue behind each other. */
  batchConnections: number;
  /** Connections of which each interactive transaction has one to itself. */
  interactiveConnections: number;
  /** How long an interactive transaction waits for a connection. */
  waitTimeoutMs: number;
  /** A connection that owes an answer and says nothing for this long is dropped: past every timeout of the server. */
  silenceTimeoutMs: number;
}

interface Waiter {
  take(lane: Lane): void;
}

/** The connections of one role: shared ones for bursts, exclusive ones for interactive transactions. */
export class LanePool implements AsyncDisposable {
  readonly #shared: Lane[];
  readonly #exclusive: Lane[];
  readonly #idle: Lane[];
  readonly #waiters = new Set<Waiter>();
  readonly #watch: NodeJS.Timeout;
  readonly #waitTimeoutMs: number;
  #isClosed = false;

  constructor(options: LanePoolOptions) {
    this.#waitTimeoutMs = options.waitTimeoutMs;
    this.#shared = Array.from({ length: options.batchConnections }, () => new Lane(options));
    this.#exclusive = Array.from({ length: options.interactiveConnections }, () => new Lane(options));
    this.#idle = [...this.#exclusive];
    this.#watch = setInterval(() => this.#dropSilent(options.silenceTimeoutMs), 1000).unref();
  }

  /** The shared lane with the least to do. */
  shared(): Lane {
    this.#requireOpen();
    const [first, ...rest] = this.#shared;
    if (first === undefined)
      throw new TransactionError("connection_lost", "No connections for batches are configured");
    return rest.reduce((best, lane) => (lane.outstanding < best.outstanding ? lane : best), first);
  }

  /** Gives a lane to `work` alone. Rejects with `timed_out` when none comes free in time. */
  async exclusively<Result>(work: (lane: Lane) => Promise<Result>): Promise<Result> {
    this.#requireOpen();
    const lane = this.#idle.pop() ?? (await this.#wait());
    try {
      return await work(lane);
    } finally {
      this.#giveBack(lane);
    }
  }

  /** Waits for what is under way, at most 5 s, and closes every connection. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#watch);
    const deadline = performance.now() + 5000;
    while (this.#isBusy() && performance.now() < deadline) await new Promise((next) => setTimeout(next, 5));
    await Promise.all([...this.#shared, ...this.#exclusive].map((lane) => lane.drop()));
  }

  #isBusy(): boolean {
    return this.#idle.length < this.#exclusive.length || this.#shared.some((lane) => lane.outstanding > 0);
  }

  #wait(): Promise<Lane> {
    const { promise, resolve, reject } = Promise.withResolvers<Lane>();
    const waiter: Waiter = {
      take: (lane) => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        resolve(lane);
      },
    };
    const timer = setTimeout(() => {
      this.#waiters.delete(waiter);
      reject(new TransactionError("timed_out", "No connection to the database came free in time"));
    }, this.#waitTimeoutMs);
    this.#waiters.add(waiter);
    return promise;
  }

  #giveBack(lane: Lane): void {
    const [waiter] = this.#waiters;
    if (waiter === undefined) this.#idle.push(lane);
    else waiter.take(lane);
  }

  #dropSilent(limitMs: number): void {
    const now = performance.now();
    for (const lane of [...this.#shared, ...this.#exclusive]) {
      if (lane.silentMs(now) > limitMs) lane.drop().catch(() => {});
    }
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new TransactionError("connection_lost", "The database has been closed");
  }
}
