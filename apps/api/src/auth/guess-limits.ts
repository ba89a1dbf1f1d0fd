import { networkOf } from "../platform/networks.ts";
import type { RateLimits } from "../platform/rate-limits.ts";

const WINDOW_MS = 600_000;
/** Tries of one account from one network, or from one browser that its owner has used. */
const OF_ACCOUNT = { limit: 10, windowMs: WINDOW_MS };
/** Tries of any account from one network, by browsers that are not known to the account they try. */
const OF_NETWORK = { limit: 60, windowMs: WINDOW_MS };
/** Tries of any account from one browser that somebody has signed in from: it is looked up each time to whom it is known. */
const OF_BROWSER = { limit: 60, windowMs: WINDOW_MS };

/** Slows asking to whom a browser is known, with the hash of its cookie: throws TOO_MANY_REQUESTS. */
export function takeLookUp(rateLimits: RateLimits, browser: string): void {
  rateLimits.take("sign-in-browser", browser, OF_BROWSER);
}

/**
 * Slows guessing at passwords: throws TOO_MANY_REQUESTS. A browser that the account's owner has signed in from has a
 * bucket of its own, so that nobody else, were they in the same network, can use up what the owner needs.
 */
export function takeGuess(
  rateLimits: RateLimits,
  { email, remoteAddress, knownDevice }: { email: string; remoteAddress: string; knownDevice: string | null },
): void {
  if (knownDevice !== null) {
    rateLimits.take("sign-in-device", `${email}\0${knownDevice}`, OF_ACCOUNT);
    return;
  }
  const network = networkOf(remoteAddress);
  rateLimits.take("sign-in-network", network, OF_NETWORK);
  rateLimits.take("sign-in-account", `${email}\0${network}`, OF_ACCOUNT);
}
