import type { RateLimits } from "../../platform/rate-limits.ts";

/** A code's life. */
export const LIFE_MS = 10 * 60_000;

/** What every network may start, whatever others do. */
const OWN = { limit: 5, windowMs: LIFE_MS };
/** What one may start beyond that, out of what all have in common. */
const MORE = { limit: 115, windowMs: LIFE_MS };
const COMMON = { limit: 10_000, windowMs: LIFE_MS };

/**
 * Counts a pairing that a network starts. TOO_MANY_REQUESTS, until when included: beyond 120 in a code's life, and, once
 * networks have used up what they have in common, beyond 5, so that strangers keep no shop from pairing its screens.
 */
export function takeStart(rateLimits: RateLimits, network: string): void {
  if (rateLimits.waitSeconds("pairing.start", network, OWN) === 0) {
    rateLimits.take("pairing.start", network, OWN);
    return;
  }
  rateLimits.take("pairing.start more", network, MORE);
  rateLimits.take("pairing.start in common", "", COMMON);
}
