import { expect, test } from "vitest";
import { quantile, runInStep } from "./in-step.ts";

test("two screens, one started later, killed and started again, show the same item at the same time", async () => {
  const result = await runInStep(12);
  process.stdout.write(
    `in step: ${result.spreadsMs.length} changes, median ${quantile(result, 0.5).toFixed(1)} ms apart\n`,
  );
  expect(result.spreadsMs.length).toBeGreaterThanOrEqual(12);
  expect(result.different).toBe(0);
  // Sanity only: out of step they would be apart by whole items.
  expect(quantile(result, 0.5)).toBeLessThan(500);
}, 180_000);
