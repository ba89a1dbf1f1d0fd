/** Time as the engine sees it. `wallMs` may jump; `monotonicMs` only grows and is for durations. */
export interface Clock {
  /** Epoch milliseconds of the machine's own clock. */
  wallMs(): number;
  /** Milliseconds since some fixed instant of this process, fractions included. */
  monotonicMs(): number;
  /** Runs once after a delay; disposing it before then calls it off. */
  after(delayMs: number, run: () => void): Disposable;
}

const LONGEST_TIMER_MS = 2_147_483_647;

/** The machine's clock and timers. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, delayMs), LONGEST_TIMER_MS));
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  },
};

/** Resolves after a delay, rejects with the signal's reason as soon as it fires. */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => {
      timer[Symbol.dispose]();
      reject(signal.reason);
    };
    const timer = clock.after(delayMs, () => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
    signal.addEventListener("abort", stop, { once: true });
  });
}

/** A signal that fires with the parent's or, with a `TimeoutError`, after `limitMs`. Dispose it when done. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
  /** Starts the time again, for work that shows progress. */
  extend(): void;
}

/** Bounds one outside call in time; `parent` ends it earlier. */
export function createDeadline(clock: Clock, parent: AbortSignal, limitMs: number): Deadline {
  const controller = new AbortController();
  const onParent = () => controller.abort(parent.reason);
  const onTime = () => controller.abort(new DOMException(`No answer within ${limitMs} ms`, "TimeoutError"));
  if (parent.aborted) onParent();
  parent.addEventListener("abort", onParent, { once: true });
  let timer = clock.after(limitMs, onTime);
  return {
    signal: controller.signal,
    extend() {
      timer[Symbol.dispose]();
      timer = clock.after(limitMs, onTime);
    },
    [Symbol.dispose]() {
      timer[Symbol.dispose]();
      parent.removeEventListener("abort", onParent);
    },
  };
}
