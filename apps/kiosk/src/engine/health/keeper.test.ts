import { expect, test } from "vitest";
import { createLifeRunner } from "../life/life-runner.ts";
import { createLog } from "../platform/log.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { keepFed } from "./keeper.ts";

test("W4: the keeper is fed while what the engine has to do gets done, and not once an effect never ends", async () => {
  const clock = createVirtualClock();
  let fed = 0;
  const { signal } = new AbortController();
  const life = createLifeRunner({
    ...{ clock, signal, log: createLog(clock, []) },
    perform: () => new Promise<void>(() => {}),
    onChange: () => {},
  });
  using _feeding = keepFed({
    clock,
    power: {
      feed() {
        fed += 1;
      },
    },
    isAlive: () => !life.isStuck(),
  });
  clock.advance(60_000);
  expect(fed).toBe(13);
  life.dispatch({ kind: "booted", isClaimed: false, isVetoOpen: false, isPlayable: false });
  await Promise.resolve();
  clock.advance(10 * 60_000);
  expect(fed).toBe(13 + 24);
});
