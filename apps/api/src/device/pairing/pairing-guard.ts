import { AppError, appError } from "@vitrine/core/model/errors";
import type { Clock } from "../../platform/clock.ts";
import { networkOf } from "../../platform/networks.ts";

/** Who tries a code: limits count by account and by address. */
export type Guesser = { accountKey: string; remoteAddress: string };

/**
 * Limits wrong codes: in any 10 minutes 5 an account, 20 an address (IPv6: a /64), 100 in all. With 1,000 screens
 * waiting, a stranger who never lets go hits one of 20^8 codes once in five years.
 */
export type PairingGuard = {
  /**
   * Runs one try, which is wrong when it throws PAIRING_CODE_UNKNOWN. It counts as wrong from its start until it ends
   * otherwise, so that many at once gain nothing. PAIRING_LOCKED when there have been too many wrong ones.
   */
  attempt<Result>(guesser: Guesser, work: () => Promise<Result>): Promise<Result>;
};

const WINDOW_MS = 10 * 60_000;
const LIMITS = { account: 5, address: 20, all: 100 } as const;
const MAX_KEYS = 50_000;

/** Makes the guard of this process. */
export function makePairingGuard(clock: Clock): PairingGuard {
  const wrong = new Map<string, number[]>();

  const recent = (key: string, nowMs: number) => {
    const times = (wrong.get(key) ?? []).filter((atMs) => nowMs - atMs < WINDOW_MS);
    wrong.delete(key);
    if (times.length > 0) wrong.set(key, times);
    return times;
  };
  const add = (key: string, atMs: number) => {
    wrong.set(key, [...(wrong.get(key) ?? []), atMs]);
    const oldest = wrong.size > MAX_KEYS ? wrong.keys().next().value : undefined;
    if (oldest !== undefined) wrong.delete(oldest);
  };
  const takeBack = (key: string, atMs: number) => {
    const times = wrong.get(key) ?? [];
    const index = times.lastIndexOf(atMs);
    if (index >= 0) wrong.set(key, times.toSpliced(index, 1));
  };

  return {
    async attempt(guesser, work) {
      const nowMs = clock.nowMs();
      const keys = [
        { key: `account ${guesser.accountKey}`, limit: LIMITS.account },
        { key: `address ${networkOf(guesser.remoteAddress)}`, limit: LIMITS.address },
        { key: "all", limit: LIMITS.all },
      ];
      for (const { key, limit } of keys) {
        const times = recent(key, nowMs);
        const oldest = times[times.length - limit];
        if (oldest === undefined) continue;
        const retryAfterSeconds = Math.max(1, Math.ceil((oldest + WINDOW_MS - nowMs) / 1000));
        throw appError("PAIRING_LOCKED", { retryAfterSeconds });
      }
      for (const { key } of keys) add(key, nowMs);
      let isWrong = false;
      try {
        return await work();
      } catch (error) {
        isWrong = error instanceof AppError && error.code === "PAIRING_CODE_UNKNOWN";
        throw error;
      } finally {
        if (!isWrong) for (const { key } of keys) takeBack(key, nowMs);
      }
    },
  };
}
