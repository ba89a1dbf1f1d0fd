import { expect, test } from "vitest";
import { makeRateLimits } from "../../platform/rate-limits.ts";
import { takeStart } from "./start-limits.ts";

function makeLimitsAt() {
  const clock = { ms: 0, now: () => new Date(clock.ms), nowMs: () => clock.ms };
  const rateLimits = makeRateLimits(clock);
  /** How many of these starts were let in; what refused the others is the last of the answers. */
  const start = (network: string, count: number) => {
    let started = 0;
    let refusal: unknown;
    for (let one = 0; one < count; one++) {
      try {
        takeStart(rateLimits, network);
        started += 1;
      } catch (error) {
        refusal = error;
      }
    }
    return { started, refusal };
  };
  return { clock, start };
}

test("a network starts 120 pairings in a code's life, and is told until when to wait", () => {
  const { clock, start } = makeLimitsAt();
  const { started, refusal } = start("shop", 130);
  expect(started).toBe(120);
  expect(refusal).toMatchObject({ code: "TOO_MANY_REQUESTS", data: { retryAfterSeconds: 6 } });
  clock.ms = 6000;
  expect(start("shop", 10).started).toBe(1);
});

test("however many networks start as much as they may, each other one still starts five", () => {
  const { start } = makeLimitsAt();
  for (let network = 0; network < 100; network++) start(`stranger ${network}`, 130);
  const { started, refusal } = start("shop", 10);
  expect(started).toBe(5);
  expect(refusal).toMatchObject({ code: "TOO_MANY_REQUESTS", data: { retryAfterSeconds: 1 } });
});
