import type { Clock } from "../platform/clock.ts";

/** A clock that stands until it is moved; timers run in order of time, ties in order of making. */
export interface VirtualClock extends Clock {
  /** Lets time pass, timers included. */
  advance(ms: number): void;
  /** Lets time pass up to the next timer and runs that one; without one until `untilMs` (monotonic), up to then: false. */
  advanceToNext(untilMs: number): boolean;
  /** Lets time pass as in a machine that sleeps: what fell due meanwhile runs afterwards, late. */
  sleepThrough(ms: number): void;
  /** Puts the wall clock elsewhere; the monotonic one does not notice. */
  jumpWall(ms: number): void;
}

/** A virtual clock that starts at an epoch time. */
export function createVirtualClock(startWallMs = 1_800_000_000_000): VirtualClock {
  let monotonicMs = 0;
  let wallOffsetMs = startWallMs;
  let order = 0;
  const timers = new Map<number, { atMs: number; run: () => void }>();
  const findDue = (untilMs: number) => {
    let due: { key: number; atMs: number; run: () => void } | undefined;
    for (const [key, timer] of timers) {
      if (timer.atMs <= untilMs && (!due || timer.atMs < due.atMs)) due = { key, ...timer };
    }
    return due;
  };
  return {
    wallMs: () => wallOffsetMs + monotonicMs,
    monotonicMs: () => monotonicMs,
    after(delayMs, run) {
      order += 1;
      const key = order;
      timers.set(key, { atMs: monotonicMs + Math.max(0, delayMs), run });
      return { [Symbol.dispose]: () => void timers.delete(key) };
    },
    advance(ms) {
      const untilMs = monotonicMs + ms;
      while (this.advanceToNext(untilMs));
    },
    advanceToNext(untilMs) {
      const due = findDue(untilMs);
      monotonicMs = Math.max(monotonicMs, due?.atMs ?? untilMs);
      if (!due) return false;
      timers.delete(due.key);
      due.run();
      return true;
    },
    sleepThrough(ms) {
      monotonicMs += ms;
      this.advance(0);
    },
    jumpWall(ms) {
      wallOffsetMs += ms;
    },
  };
}
