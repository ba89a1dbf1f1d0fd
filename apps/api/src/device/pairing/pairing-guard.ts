import { AppError, appError } from "@vitrine/core/model/errors";
import type { Clock } from "../../platform/clock.ts";
import { RecentMap } from "../../platform/recent-map.ts";

/**
 * Limits wrong codes by who tries them: 5 in any 10 minutes, 20 in any 24 hours. Nobody has a limit in common with
 * strangers, who could use it up; `pairing-odds.test.ts` adds up what all of them may try together.
 */
export type PairingGuard = {
  /**
   * Runs one try of a guesser, which is wrong when it throws PAIRING_CODE_UNKNOWN. It counts as wrong from its start until
   * it ends otherwise, so that many at once gain nothing. PAIRING_LOCKED when there have been too many wrong ones.
   */
  attempt<Result>(guesser: string, work: () => Promise<Result>): Promise<Result>;
};

/** Guessers whose wrong codes are remembered, were they all to try at once. */
export const GUESSERS = 200_000;

const DAY_MS = 24 * 3_600_000;
const RULES = [
  { limit: 5, windowMs: 10 * 60_000 },
  { limit: 20, windowMs: DAY_MS },
] as const;

/** Makes the guard of this process. */
export function makePairingGuard(clock: Clock): PairingGuard {
  /** When each was wrong within a day, in order. */
  const wrong = new RecentMap<readonly number[]>(GUESSERS);

  const takeBack = (guesser: string, atMs: number) => {
    const times = wrong.get(guesser) ?? [];
    const index = times.lastIndexOf(atMs);
    if (times.length === 1 && index === 0) wrong.delete(guesser);
    else if (index >= 0) wrong.set(guesser, times.toSpliced(index, 1));
  };

  return {
    async attempt(guesser, work) {
      const nowMs = clock.nowMs();
      const times = (wrong.get(guesser) ?? []).filter((atMs) => nowMs - atMs < DAY_MS);
      const waitMs = Math.max(...RULES.map((rule) => waitOf(times, rule, nowMs)));
      if (waitMs > 0) throw appError("PAIRING_LOCKED", { retryAfterSeconds: Math.ceil(waitMs / 1000) });
      wrong.set(guesser, [...times, nowMs]);
      let isWrong = false;
      try {
        return await work();
      } catch (error) {
        isWrong = error instanceof AppError && error.code === "PAIRING_CODE_UNKNOWN";
        throw error;
      } finally {
        if (!isWrong) takeBack(guesser, nowMs);
      }
    },
  };
}

/** Until the last `limit` of the times are no longer all within the window; not above 0 when they are not. */
function waitOf(
  times: readonly number[],
  { limit, windowMs }: (typeof RULES)[number],
  nowMs: number,
): number {
  const oldest = times[times.length - limit];
  return oldest === undefined ? 0 : oldest + windowMs - nowMs;
}
