/** The two clocks of the machine, in milliseconds. */
export interface TimeSource {
  /** Never steps; the base of frame timestamps. */
  monotonicMs(): number;
  /** Epoch; steps when somebody sets the clock. */
  wallMs(): number;
}

/** Below this a new offset is the rounding of `Date.now()`, not news. */
const NOISE_MS = 2;

/**
 * The server's clock as the page knows it. Between messages it runs by the monotonic clock, so a step of the
 * system's clock moves nothing.
 */
export class StageClock {
  readonly #source: TimeSource;
  #anchorMs: number;

  constructor(source: TimeSource) {
    this.#source = source;
    this.#anchorMs = source.wallMs() - source.monotonicMs();
  }

  /** Takes the offset (server minus `Date.now()`) of a message that has just arrived. */
  sync(clockOffsetMs: number): void {
    const anchorMs = this.#source.wallMs() + clockOffsetMs - this.#source.monotonicMs();
    if (Math.abs(anchorMs - this.#anchorMs) > NOISE_MS) this.#anchorMs = anchorMs;
  }

  /** Server time now, epoch milliseconds with fractions. */
  now(): number {
    return this.at(this.#source.monotonicMs());
  }

  /** Server time of a monotonic instant, such as a frame's timestamp. */
  at(monotonicMs: number): number {
    return monotonicMs + this.#anchorMs;
  }
}
