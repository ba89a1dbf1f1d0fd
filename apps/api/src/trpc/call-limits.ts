import type { Principal } from "../auth/principal.ts";
import { networkOf } from "../platform/networks.ts";
import type { RateRule } from "../platform/rate-limits.ts";
import type { RequestContext } from "./context.ts";

/** Calls a minute. A quiet caller may use all of it at once. */
const CALLS = {
  /** Somebody who is not signed in, by network. */
  address: { query: 600, mutation: 120 },
  account: { query: 3000, mutation: 1200 },
  apiKey: { query: 3000, mutation: 1200 },
  /** All people and programs of an organization together. */
  organization: { query: 30_000, mutation: 12_000 },
} as const;

export type CallType = "query" | "mutation" | "subscription";

/** How often the caller may still call, as the headers `RateLimit` and `RateLimit-Policy` say it. */
export type CallLimit = { policy: string; limit: number; remaining: number; resetSeconds: number };

const WINDOW_MS = 60_000;

/**
 * Counts one call of a procedure, each of a batch by itself, against who makes it and their organization. Errors:
 * TOO_MANY_REQUESTS, of which the caller's neighbours notice nothing.
 */
export function countCall(ctx: RequestContext, type: CallType, principal: Principal | null): void {
  const kind = type === "mutation" ? "mutation" : "query";
  const take = (who: keyof typeof CALLS, key: string) => {
    const rule: RateRule = {
      limit: Math.max(1, Math.round(CALLS[who][kind] * ctx.services.config.callLimitFactor)),
      windowMs: WINDOW_MS,
    };
    const policy = `${who}-${kind}`;
    ctx.tellLimit({ policy, limit: rule.limit, ...ctx.services.rateLimits.take(policy, key, rule) });
  };
  if (principal === null) {
    take("address", networkOf(ctx.remoteAddress));
    return;
  }
  take(principal.actor.kind === "user" ? "account" : "apiKey", principal.actor.id);
  if (principal.organization !== null) take("organization", principal.organization.id);
}

/** The headers of draft-ietf-httpapi-ratelimit-headers-10 for the limit that is nearest to its end. */
export function limitHeaders({ policy, limit, remaining, resetSeconds }: CallLimit): Record<string, string> {
  return {
    "ratelimit-policy": `"${policy}";q=${limit};w=${WINDOW_MS / 1000}`,
    ratelimit: `"${policy}";r=${remaining};t=${resetSeconds}`,
  };
}
