import { expect, test } from "vitest";
import { goOffline } from "./offline-days.ts";

test("a day without a network, with a jump of the clock and a crash: every transition at its time, every play delivered once", async () => {
  const report = await goOffline(1, 5);
  expect(report.wrong).toEqual([]);
  expect(report.checked).toBeGreaterThan(7000);
  expect(report).toMatchObject({ lost: 0, doubled: 0, restarts: 1, clockJumps: 1 });
  expect(report.delivered + report.excused).toBe(report.shown);
}, 240_000);
