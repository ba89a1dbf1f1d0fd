import { expect, test } from "vitest";
import { openDiskFileStore } from "../platform/disk-file-store.ts";
import { createFaults } from "../platform/faults.ts";
import { createLog } from "../platform/log.ts";
import { makeFolder } from "../testing/test-kiosk.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createTimeKeeper } from "./time-keeper.ts";

test("K6: a jump of the machine's clock is told with its size, and one that is far off is a fault until it is right", async () => {
  await using folder = await makeFolder();
  const files = await openDiskFileStore(folder.path);
  const clock = createVirtualClock();
  const faults = createFaults(() => {});
  const log = createLog(clock, []);
  using keeper = await createTimeKeeper({ clock, files, log, faults });
  const steps: number[] = [];
  keeper.start((byMs) => steps.push(byMs));
  clock.jumpWall(-60_000);
  clock.advance(1000);
  expect(steps.splice(0), "also before a server was heard").toEqual([-60_000]);
  const at = { sentAtMs: clock.monotonicMs(), receivedAtMs: clock.monotonicMs() };
  keeper.serverClock.observe({ serverMs: clock.wallMs(), ...at });
  clock.advance(2000);
  clock.jumpWall(3_600_000);
  clock.advance(2000);
  expect(steps).toEqual([3_600_000]);
  expect(faults.list()).toMatchObject([
    { kind: "clock_wrong", text: expect.stringMatching(/60 minutes ahead.*server's time/) },
  ]);
  clock.jumpWall(-3_600_000);
  clock.advance(2000);
  expect(steps).toEqual([3_600_000, -3_600_000]);
  expect(faults.list()).toEqual([]);
});
