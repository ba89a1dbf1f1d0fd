import { expect, test } from "vitest";
import { createLog } from "../platform/log.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createWatchdog } from "./watchdog.ts";

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

function watch() {
  const clock = createVirtualClock();
  const actions: string[] = [];
  let isFailing = false;
  const act = (name: string) => async () => {
    actions.push(name);
    if (isFailing) throw new Error("It did not work");
  };
  const watchdog = createWatchdog({
    clock,
    log: createLog(clock, []),
    reloadStage: act("reload"),
    relaunch: act("relaunch"),
    onLost: () => actions.push("lost"),
    onBack: () => actions.push("back"),
  });
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1000);
      await settle();
    }
  };
  const pulseFor = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1000);
      watchdog.onPulse();
      await settle();
    }
  };
  return {
    clock,
    actions,
    watchdog,
    pass,
    pulseFor,
    fail(isOn: boolean) {
      isFailing = isOn;
    },
  };
}

test("a stage that pulses is left alone", async () => {
  const { watchdog, actions, pulseFor } = watch();
  watchdog.start();
  await pulseFor(600);
  expect(actions).toEqual([]);
});

test("W1: 10 s without a pulse reload the stage; silence after that relaunches the shell", async () => {
  const { watchdog, actions, pass, pulseFor } = watch();
  watchdog.start();
  await pulseFor(5);
  await pass(9);
  expect(actions).toEqual([]);
  await pass(2);
  expect(actions).toEqual(["lost", "reload"]);
  await pass(31);
  expect(actions).toEqual(["lost", "reload", "relaunch"]);
  await pulseFor(1);
  expect(actions).toEqual(["lost", "reload", "relaunch", "back"]);
  expect(watchdog.restarts()).toBe(2);
});

test("W1, W2: relaunches come further and further apart, at most 5 minutes, and after a steady minute it starts mildly again", async () => {
  const { watchdog, actions, pass, pulseFor, fail } = watch();
  fail(true);
  watchdog.start();
  watchdog.onCrash("shell");
  await pass(3600);
  const relaunches = actions.filter((action) => action === "relaunch").length;
  expect(relaunches).toBeGreaterThan(10);
  expect(relaunches).toBeLessThan(30);
  fail(false);
  await pass(301);
  await pulseFor(70);
  actions.length = 0;
  watchdog.onCrash("stage");
  await settle();
  await pass(1);
  expect(actions).toEqual(["lost", "reload"]);
});

test("W3: a machine that slept is no stage that hangs", async () => {
  const { clock, watchdog, actions, pulseFor } = watch();
  watchdog.start();
  await pulseFor(3);
  clock.sleepThrough(60_000);
  await settle();
  expect(actions).toEqual([]);
});

test("before it is told to watch, nothing is brought back, whatever crashes", async () => {
  const { watchdog, actions, pass } = watch();
  watchdog.onCrash("load");
  await pass(100);
  expect(actions).toEqual([]);
});
