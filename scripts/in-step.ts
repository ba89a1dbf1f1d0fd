import { quantile, runInStep } from "../apps/kiosk/src/testing/in-step.ts";
import { buildApps } from "./build.ts";

// npm run in-step -- [changes]: how far apart two screens are that play the same, one JSON line a figure.
const count = Number(process.argv[2] ?? 200);
await buildApps();
const result = await runInStep(count);
const print = (name: string, value: number, unit: string) =>
  process.stdout.write(`${JSON.stringify({ name, value: Number(value.toFixed(1)), unit })}\n`);
print("in_step.changes", result.spreadsMs.length, "1");
print("in_step.matched_slots", result.matched, "1");
print("in_step.matched_slots_with_different_items", result.different.length, "1");
print("in_step.stand_ins", result.standIns, "1");
print("in_step.substitutes", result.substitutes, "1");
print("in_step.spread.median", quantile(result, 0.5), "ms");
print("in_step.spread.p95", quantile(result, 0.95), "ms");
print("in_step.spread.max", quantile(result, 1), "ms");
process.exit(0);
