import type { Clock } from "../platform/clock.ts";

/** The server's time as this screen best knows it. Advances with the monotonic clock, not the machine's wall clock. */
export interface ServerClock {
  /** Epoch milliseconds, fractions included. */
  nowMs(): number;
  /** `nowMs()` minus the machine's wall clock, now. */
  offsetMs(): number;
  /** The server's time is within so many milliseconds of `nowMs()`; null until a server confirmed it. */
  errorMs(): number | null;
  /** Whether a server confirmed the time since this boot. */
  isTrusted(): boolean;
  /** Takes one round trip: what the server said the time was between two readings of the monotonic clock. */
  observe(sample: ClockSample): void;
  /** Takes a time that is only good to the second; counts until a better one comes. */
  observeCoarsely(sample: ClockSample): void;
}

export interface ClockSample {
  serverMs: number;
  sentAtMs: number;
  receivedAtMs: number;
}

export interface RememberedTime {
  offsetMs: number;
  lastMs: number;
}

/** Off by more than this is put right in one step; less is steered. */
const STEP_MS = 1000;
const STEER_SHARE = 0.25;
/** How far a clock crystal may run off, as a share of the time. */
const DRIFT = 0.00002;
/** A machine's clock that is ahead of the last known time by more was not set, but lost: no screen rests for so long. */
const LONGEST_REST_MS = 400 * 86_400_000;

/**
 * Until a server is heard the wall clock plus the remembered offset counts, but never less than the last
 * remembered time (a clock chip with a flat battery), and never years more (one that holds nonsense). After that only round trips steer: jumps of the wall
 * clock change nothing.
 */
export function createServerClock(clock: Clock, remembered: RememberedTime | undefined): ServerClock {
  let anchorMs: number | undefined;
  let isCoarse = true;
  let bestRoundTripMs = Number.POSITIVE_INFINITY;
  /** How far the anchor may have been off when a round trip last set it. */
  let doubtMs = Number.POSITIVE_INFINITY;
  let setAtMs = 0;
  const startedAtMs = clock.monotonicMs();
  const floorMs = remembered?.lastMs ?? 0;
  const nowMs = () => {
    if (anchorMs !== undefined) return anchorMs + clock.monotonicMs();
    const guessMs = clock.wallMs() + (remembered?.offsetMs ?? 0);
    const knownMs = floorMs + clock.monotonicMs() - startedAtMs;
    const isLost = guessMs < knownMs || (floorMs > 0 && guessMs > knownMs + LONGEST_REST_MS);
    return isLost ? knownMs : guessMs;
  };
  /** The bound of the error, which grows as the crystals drift apart. */
  let bound = { ms: Number.POSITIVE_INFINITY, atMs: 0 };
  const boundMs = (atMs: number) => bound.ms + (atMs - bound.atMs) * DRIFT;
  const bind = (measuredMs: number, halfMs: number, movedMs: number, atMs: number) => {
    const byThisMs = Math.abs(measuredMs - (anchorMs ?? measuredMs)) + halfMs;
    bound = { ms: Math.min(byThisMs, boundMs(atMs) + Math.abs(movedMs)), atMs };
  };
  return {
    nowMs,
    offsetMs: () => nowMs() - clock.wallMs(),
    errorMs: () => (anchorMs === undefined ? null : boundMs(clock.monotonicMs())),
    isTrusted: () => anchorMs !== undefined,
    observe({ serverMs, sentAtMs, receivedAtMs }) {
      const roundTripMs = receivedAtMs - sentAtMs;
      if (roundTripMs < 0) return;
      const measuredMs = serverMs - (sentAtMs + receivedAtMs) / 2;
      bestRoundTripMs = Math.min(roundTripMs, bestRoundTripMs * 1.05);
      const errorMs = anchorMs === undefined ? Number.POSITIVE_INFINITY : measuredMs - anchorMs;
      const doubtNowMs = doubtMs + (receivedAtMs - setAtMs) * DRIFT;
      // A slow round trip of a busy start is made good by the first quick one, not over many of them.
      const isSurer = roundTripMs < doubtNowMs && Math.abs(errorMs) <= doubtNowMs + roundTripMs / 2;
      if (anchorMs === undefined || isCoarse || isSurer || Math.abs(errorMs) > STEP_MS + roundTripMs / 2) {
        anchorMs = measuredMs;
        bound = { ms: roundTripMs / 2, atMs: receivedAtMs };
        isCoarse = false;
        doubtMs = roundTripMs / 2;
        setAtMs = receivedAtMs;
        return;
      }
      const isWithinDoubt = Math.abs(errorMs) <= roundTripMs / 2;
      const share = isWithinDoubt
        ? STEER_SHARE * Math.min(1, bestRoundTripMs / roundTripMs || 1)
        : STEER_SHARE;
      anchorMs += errorMs * share;
      bind(measuredMs, roundTripMs / 2, errorMs * share, receivedAtMs);
    },
    observeCoarsely({ serverMs, sentAtMs, receivedAtMs }) {
      const measuredMs = serverMs + 500 - (sentAtMs + receivedAtMs) / 2;
      if (anchorMs !== undefined && !(isCoarse && Math.abs(measuredMs - anchorMs) > STEP_MS)) return;
      anchorMs = measuredMs;
      bound = { ms: 500 + (receivedAtMs - sentAtMs) / 2, atMs: receivedAtMs };
    },
  };
}
