import type { Clock } from "../platform/clock.ts";
import { describe, type Log } from "../platform/log.ts";

/** Brings back a stage that died, hangs or paints no more. */
export interface Watchdog extends Disposable {
  /** Begins to watch: the shell is open, the stage is loading. Before that, nothing is brought back. */
  start(): void;
  onPulse(): void;
  onCrash(kind: "stage" | "shell" | "load"): void;
  /** How often the stage had to be brought back since this boot. */
  restarts(): number;
}

export interface WatchdogDeps {
  clock: Clock;
  log: Log;
  reloadStage(): Promise<void>;
  relaunch(): Promise<void>;
  /** `reason`: what befell it. */
  onLost(reason: string): void;
  onBack(): void;
}

const SILENCE_MS = 10_000;
const OPENING_MS = 30_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** So long of steady pulses and the next trouble starts mildly again. */
const STEADY_MS = 60_000;
/** A timer that fires later than this was stopped together with the stage: silence proves nothing. */
const LATE_MS = 2000;

/** First a reload, then relaunches of the whole shell, each wait twice the one before. */
export function createWatchdog(deps: WatchdogDeps): Watchdog {
  const { clock, log } = deps;
  let timer: Disposable | undefined;
  let tries = 0;
  let restarts = 0;
  let isLost = false;
  let isActing = false;
  let isWaiting = false;
  let isWatching = false;
  let backAtMs = Number.POSITIVE_INFINITY;

  const expectPulseWithin = (limitMs: number) => {
    timer?.[Symbol.dispose]();
    if (!isWatching) return;
    const dueAtMs = clock.monotonicMs() + limitMs;
    timer = clock.after(limitMs, () => {
      if (clock.monotonicMs() - dueAtMs > LATE_MS) expectPulseWithin(SILENCE_MS);
      else bringBack("no pulse");
    });
  };

  const bringBack = (reason: string, isShellGone = false) => {
    if (isActing || isWaiting || !isWatching) return;
    isWaiting = true;
    timer?.[Symbol.dispose]();
    if (!isLost) deps.onLost(reason);
    isLost = true;
    backAtMs = Number.POSITIVE_INFINITY;
    const isReload = tries === 0 && !isShellGone;
    const waitMs = tries < 2 ? 0 : Math.min(LONGEST_WAIT_MS, 1000 * 2 ** tries);
    log.warn("stage_lost", { reason, tries, action: isReload ? "reload" : "relaunch", waitMs });
    tries += 1;
    restarts += 1;
    timer = clock.after(waitMs, () => {
      isWaiting = false;
      isActing = true;
      void act(isReload);
    });
  };

  const act = async (isReload: boolean) => {
    try {
      await (isReload ? deps.reloadStage() : deps.relaunch());
      isActing = false;
      expectPulseWithin(OPENING_MS);
    } catch (error) {
      isActing = false;
      if (isWatching) bringBack(describe(error), !isReload);
    }
  };

  return {
    start() {
      isWatching = true;
      expectPulseWithin(OPENING_MS);
    },
    onPulse() {
      if (isActing || !isWatching) return;
      isWaiting = false;
      const nowMs = clock.monotonicMs();
      if (isLost) {
        isLost = false;
        backAtMs = nowMs;
        deps.onBack();
      }
      if (nowMs - backAtMs > STEADY_MS) tries = 0;
      expectPulseWithin(SILENCE_MS);
    },
    onCrash(kind) {
      bringBack(`crash: ${kind}`, kind === "shell");
    },
    restarts: () => restarts,
    [Symbol.dispose]() {
      isWatching = false;
      timer?.[Symbol.dispose]();
    },
  };
}
