import { appError } from "@vitrine/core/model/errors";
import type { Clock } from "./clock.ts";
import { RecentMap } from "./recent-map.ts";

/** `limit` uses in `windowMs`, refilled evenly. */
export type RateRule = { limit: number; windowMs: number };

/** What is left of a rule after a use: whole uses, and the seconds until all of them are back. */
export type RateState = { remaining: number; resetSeconds: number };

/** Token buckets by rule and key, in this process' memory; keys never share a bucket across rules. */
export type RateLimits = {
  /** Takes one use of `rule` for `key`; throws TOO_MANY_REQUESTS with the wait when there is none. */
  take(rule: string, key: string, allowed: RateRule): RateState;
  /** Seconds until `key` may use `rule` again; 0 when it may now. Takes nothing. */
  waitSeconds(rule: string, key: string, allowed: RateRule): number;
};

/** Others than those used last may be forgotten. */
const BUCKETS = 50_000;

/** Makes the limiter; it remembers the 50,000 buckets that were used last. */
export function makeRateLimits(clock: Clock): RateLimits {
  const buckets = new RecentMap<{ tokens: number; atMs: number }>(BUCKETS);

  const current = (id: string, allowed: RateRule) => {
    const nowMs = clock.nowMs();
    const bucket = buckets.get(id);
    const elapsedMs = bucket ? Math.max(0, nowMs - bucket.atMs) : 0;
    const tokens = bucket ? bucket.tokens + (elapsedMs * allowed.limit) / allowed.windowMs : allowed.limit;
    const fresh = { tokens: Math.min(allowed.limit, tokens), atMs: nowMs };
    buckets.set(id, fresh);
    return fresh;
  };
  const wait = (tokens: number, allowed: RateRule) =>
    tokens >= 1 ? 0 : Math.max(1, Math.ceil(((1 - tokens) * allowed.windowMs) / allowed.limit / 1000));

  return {
    take(rule, key, allowed) {
      const bucket = current(`${rule}\0${key}`, allowed);
      const retryAfterSeconds = wait(bucket.tokens, allowed);
      if (retryAfterSeconds > 0) throw appError("TOO_MANY_REQUESTS", { retryAfterSeconds });
      bucket.tokens -= 1;
      const missing = allowed.limit - bucket.tokens;
      return {
        remaining: Math.floor(bucket.tokens),
        resetSeconds: Math.ceil((missing * allowed.windowMs) / allowed.limit / 1000),
      };
    },
    waitSeconds: (rule, key, allowed) => wait(current(`${rule}\0${key}`, allowed).tokens, allowed),
  };
}
