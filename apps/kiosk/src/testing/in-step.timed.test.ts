import { expect, test } from "vitest";
import { quantile, runInStep } from "./in-step.ts";

test("two screens, one started later, killed and started again, show the same item at the same time", async () => {
  const result = await runInStep(12);
  process.stdout.write(
    `in step: ${result.spreadsMs.length} changes, median ${quantile(result, 0.5).toFixed(1)} ms apart, ${result.standIns} stand-ins, ${result.substitutes} substitutes\n`,
  );
  expect(result.spreadsMs.length).toBeGreaterThanOrEqual(12);
  expect(result.different).toEqual([]);
  expect(result.substitutesAgain).toBe(0);
  expect(result.standIns + result.substitutes).toBeLessThan(result.matched / 2);
  // Sanity only: out of step they would be apart by whole items.
  expect(quantile(result, 0.5)).toBeLessThan(500);
}, 180_000);
