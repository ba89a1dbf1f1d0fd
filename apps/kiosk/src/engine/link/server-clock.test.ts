import fc from "fast-check";
import { expect, test } from "vitest";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createServerClock } from "./server-clock.ts";

const DAY_MS = 86_400_000;

test("K1: after one round trip the time is right within half of it, whatever the wall clock says and does", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -400 * DAY_MS, max: 400 * DAY_MS }),
      fc.array(
        fc.record({
          passMs: fc.integer({ min: 1, max: 60_000 }),
          jumpMs: fc.integer({ min: -DAY_MS, max: DAY_MS }),
        }),
      ),
      fc.integer({ min: 0, max: 2000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (wrongByMs, happenings, roundTripMs, share) => {
        const clock = createVirtualClock();
        const trueOffsetMs = clock.wallMs() - clock.monotonicMs() + wrongByMs;
        const server = createServerClock(clock, undefined);
        const sentAtMs = clock.monotonicMs();
        clock.advance(roundTripMs);
        server.observe({
          serverMs: sentAtMs + roundTripMs * share + trueOffsetMs,
          sentAtMs,
          receivedAtMs: clock.monotonicMs(),
        });
        for (const { passMs, jumpMs } of happenings) {
          clock.jumpWall(jumpMs);
          clock.advance(passMs);
          const errorMs = server.nowMs() - (clock.monotonicMs() + trueOffsetMs);
          expect(Math.abs(errorMs)).toBeLessThanOrEqual(roundTripMs / 2 + 1e-3);
        }
      },
    ),
  );
});

test("K2: small differences are steered, not stepped; large ones are put right at once", () => {
  const clock = createVirtualClock();
  const server = createServerClock(clock, undefined);
  const observe = (offMs: number) =>
    server.observe({
      serverMs: clock.wallMs() + offMs,
      sentAtMs: clock.monotonicMs(),
      receivedAtMs: clock.monotonicMs(),
    });
  observe(0);
  observe(400);
  expect(server.offsetMs()).toBeCloseTo(100, 3);
  for (let round = 0; round < 40; round += 1) observe(400);
  expect(server.offsetMs()).toBeCloseTo(400, 1);
  observe(60_000);
  expect(server.offsetMs()).toBeCloseTo(60_000, 3);
});

test("K2: what a slow and lopsided first round trip got wrong, the first quick one puts right at once", () => {
  const clock = createVirtualClock();
  const server = createServerClock(clock, undefined);
  const observe = (roundTripMs: number, offMs: number) => {
    const sentAtMs = clock.monotonicMs();
    clock.advance(roundTripMs);
    server.observe({ serverMs: clock.wallMs() + offMs, sentAtMs, receivedAtMs: clock.monotonicMs() });
  };
  observe(300, 0);
  expect(server.offsetMs()).toBeCloseTo(150, 3);
  observe(4, 0);
  expect(server.offsetMs()).toBeCloseTo(2, 3);
  observe(4, 1);
  expect(server.offsetMs()).toBeGreaterThan(2);
  expect(server.offsetMs()).toBeLessThan(2.5);
});

test("K3: without a server the remembered offset counts, and a clock chip with a flat battery does not send it back in time", () => {
  const clock = createVirtualClock();
  const lastMs = clock.wallMs();
  expect(createServerClock(clock, { offsetMs: 5000, lastMs }).nowMs()).toBe(lastMs + 5000);
  const dead = createVirtualClock(0);
  const server = createServerClock(dead, { offsetMs: 5000, lastMs });
  dead.advance(10_000);
  expect(server.nowMs()).toBe(lastMs + 10_000);
  expect(server.isTrusted()).toBe(false);
  dead.jumpWall(lastMs + 3_600_000);
  expect(server.nowMs()).toBe(lastMs + 3_615_000);
});

test("a time that is good to the second counts only until a better one comes", () => {
  const clock = createVirtualClock();
  const server = createServerClock(clock, undefined);
  const at = { sentAtMs: clock.monotonicMs(), receivedAtMs: clock.monotonicMs() };
  server.observeCoarsely({ serverMs: clock.wallMs() + 100_000, ...at });
  expect(server.offsetMs()).toBe(100_500);
  server.observe({ serverMs: clock.wallMs() + 99_900, ...at });
  expect(server.offsetMs()).toBe(99_900);
  server.observeCoarsely({ serverMs: clock.wallMs(), ...at });
  expect(server.offsetMs()).toBe(99_900);
});

test("K4: the time is never further off than the bound that is told, which round trips narrow and drift widens", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          roundTripMs: fc.integer({ min: 1, max: 3000 }),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
          passMs: fc.integer({ min: 1, max: 120_000 }),
        }),
        { minLength: 1, maxLength: 20 },
      ),
      (trips) => {
        const clock = createVirtualClock();
        const trueOffsetMs = 123_456;
        const server = createServerClock(clock, undefined);
        expect(server.errorMs()).toBeNull();
        for (const { roundTripMs, share, passMs } of trips) {
          const sentAtMs = clock.monotonicMs();
          clock.advance(roundTripMs);
          const serverMs = sentAtMs + roundTripMs * share + trueOffsetMs;
          server.observe({ serverMs, sentAtMs, receivedAtMs: clock.monotonicMs() });
          const before = server.errorMs() ?? 0;
          clock.advance(passMs);
          const boundMs = server.errorMs() ?? 0;
          expect(boundMs).toBeGreaterThan(before);
          expect(Math.abs(server.nowMs() - clock.monotonicMs() - trueOffsetMs)).toBeLessThanOrEqual(
            boundMs + 1e-3,
          );
        }
      },
    ),
  );
});

test("K5: a clock that is years ahead, or in 1970, is not believed: the last known time goes on until a server is heard", () => {
  const lastMs = Date.parse("2026-11-21T00:00:00Z");
  for (const wall of ["1970-01-01T00:00:10Z", "2038-01-19T03:14:07Z"]) {
    const clock = createVirtualClock(Date.parse(wall));
    const server = createServerClock(clock, { offsetMs: 0, lastMs });
    clock.advance(60_000);
    expect(server.nowMs()).toBe(lastMs + 60_000);
    expect(server.isTrusted()).toBe(false);
    const at = { sentAtMs: clock.monotonicMs(), receivedAtMs: clock.monotonicMs() };
    server.observe({ serverMs: lastMs + 7_200_000, ...at });
    expect(server.nowMs()).toBe(lastMs + 7_200_000);
  }
  const rested = createVirtualClock(lastMs + 30 * DAY_MS);
  expect(createServerClock(rested, { offsetMs: 500, lastMs }).nowMs()).toBe(lastMs + 30 * DAY_MS + 500);
});
