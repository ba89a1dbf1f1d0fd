import type { StageClock } from "./stage-clock.ts";

/** Timers fire late but not early: wake this long before the frame that is due and go on frame by frame. */
const EARLY_MS = 40;
/** The longest wait for one timer, so a clock that is corrected meanwhile is noticed. */
const LONGEST_WAIT_MS = 10_000;

/**
 * Calls back in the frame that is on the glass nearest to `dueMs` (server time), or in the next frame when that
 * has passed. Gives the time at which it is on the glass. The answer cancels it.
 */
export function callInFrame(
  meter: FrameMeter,
  dueMs: number,
  callback: (glassMs: number) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame: number | undefined;

  const wait = () => {
    const waitMs = dueMs - meter.glassNow() - EARLY_MS;
    if (waitMs > 0) {
      timer = setTimeout(wait, Math.min(waitMs, LONGEST_WAIT_MS));
      return;
    }
    meter.watchFor(EARLY_MS * 12);
    frame = requestAnimationFrame(tick);
  };
  const tick = (timestampMs: number) => {
    const glassMs = meter.glassAt(timestampMs);
    if (glassMs + meter.refreshMs / 2 >= dueMs) callback(glassMs);
    else frame = requestAnimationFrame(tick);
  };

  wait();
  return () => {
    clearTimeout(timer);
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}

/** Frames painted since they were last asked for. */
export interface FrameFigures {
  painted: number;
  dropped: number;
  longestGapMs: number;
}

const START: FrameFigures = { painted: 0, dropped: 0, longestGapMs: 0 };
const USUAL_REFRESH_MS = 1000 / 60;

/**
 * Knows the frames of this display: when what is drawn is seen, and how many were painted and missed. It counts
 * only while asked to: under a still picture it asks for no frames, so that the machine rests.
 */
export class FrameMeter {
  readonly #clock: StageClock;
  /** Time between two frames of this display, as seen so far. */
  refreshMs = USUAL_REFRESH_MS;
  #figures = { ...START };
  #untilMs = 0;
  #isHeld = false;
  #lastMs: number | undefined;
  #isRunning = false;

  constructor(clock: StageClock) {
    this.#clock = clock;
  }

  /** Server time at which what is drawn in the frame of this timestamp is on the glass: with the next frame. */
  glassAt(timestampMs: number): number {
    return this.#clock.at(timestampMs) + this.refreshMs;
  }

  /** Server time at which what is drawn now is on the glass. */
  glassNow(): number {
    return this.#clock.now() + this.refreshMs;
  }

  /** Counts for this long from now on, or longer if it does already. */
  watchFor(durationMs: number): void {
    this.#untilMs = Math.max(this.#untilMs, performance.now() + durationMs);
    this.#run();
  }

  /** Counts as long as something moves on the glass. */
  set isHeld(isHeld: boolean) {
    this.#isHeld = isHeld;
    if (isHeld) this.#run();
  }

  /** The figures since the last call. */
  take(): FrameFigures {
    const figures = this.#figures;
    this.#figures = { ...START };
    return figures;
  }

  #run(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#lastMs = undefined;
    requestAnimationFrame(this.#tick);
  }

  readonly #tick = (timestampMs: number) => {
    if (this.#lastMs !== undefined) this.#count(timestampMs - this.#lastMs);
    this.#lastMs = timestampMs;
    this.#isRunning = this.#isHeld || timestampMs < this.#untilMs;
    if (this.#isRunning) requestAnimationFrame(this.#tick);
  };

  #count(gapMs: number): void {
    this.#figures.painted += 1;
    this.#figures.longestGapMs = Math.max(this.#figures.longestGapMs, gapMs);
    if (gapMs > 4 && gapMs < USUAL_REFRESH_MS * 2.5) this.refreshMs += (gapMs - this.refreshMs) / 50;
    this.#figures.dropped += Math.max(0, Math.round(gapMs / this.refreshMs) - 1);
  }
}
