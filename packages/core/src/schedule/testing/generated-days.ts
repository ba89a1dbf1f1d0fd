import fc from "fast-check";
import { compileDay } from "../timeline.ts";
import { anyDay, DATES, ZONES } from "./arbitrary.ts";

/** The timelines of generated days as one text: the same from every machine. */
export function generatedTimelines(count = 12): string {
  const days = fc.sample(anyDay({ stepMs: 1000, dates: DATES, zones: ZONES }), { numRuns: count, seed: 7 });
  return JSON.stringify(days.map(({ manifest, date }) => compileDay(manifest, date)));
}
