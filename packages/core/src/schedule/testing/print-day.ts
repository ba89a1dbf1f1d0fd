/// <reference types="node" />
import fc from "fast-check";
import { compileDay } from "../timeline.ts";
import { anyDay, DATES, ZONES } from "./arbitrary.ts";

// Prints the timelines of generated days, for another process to compare.
const days = fc.sample(anyDay({ stepMs: 1000, dates: DATES, zones: ZONES }), { numRuns: 12, seed: 7 });
for (const { manifest, date } of days) process.stdout.write(JSON.stringify(compileDay(manifest, date)));
