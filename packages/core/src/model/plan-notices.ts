import type { PlanThing } from "./plan.ts";

/** The share of a limit, in per cent, that those who run an organization are told of; 0: less than either. */
export type PlanLevel = 0 | 80 | 100;

/** The level that was told of last, by thing; absent: none. */
export type PlanNotices = Partial<Record<PlanThing, PlanLevel>>;

/** Below this share what was told is forgotten: whoever comes and goes around a level is not told each time. */
const FORGOTTEN_BELOW = 0.7;

/** What a thing's use comes to. `use`: how much there is before there is `more`. */
export type Use = Record<"use" | "more" | "limit", number>;

/** The level that counts as told of from then on, and whether it is news. */
export function nextNotice(
  told: PlanLevel,
  { use, more, limit }: Use,
): { level: PlanLevel; isNews: boolean } {
  const kept = use < limit * FORGOTTEN_BELOW ? 0 : told;
  const reached = levelOf(use + more, limit);
  return reached > kept ? { level: reached, isNews: true } : { level: kept, isNews: false };
}

function levelOf(use: number, limit: number): PlanLevel {
  if (use >= limit) return 100;
  return use >= limit * 0.8 ? 80 : 0;
}
