import { setTimeout as wait } from "node:timers/promises";
import { eventually } from "@vitrine/harness/processes";
import type { FalseClock } from "./false-clock.ts";
import type { Fault } from "./fault.ts";
import type { Rig } from "./rig.ts";

const HOUR_MS = 3_600_000;
const HOLD_MS = 15_000;
/** Long enough for a screen to hear the server's time several times. */
const SERVER_HOLD_MS = 40_000;
const DRIFT_STEPS = 100;
const DRIFT_EVERY_MS = 400;
const DRIFT_MS = 4;

/** Clocks that are wrong. */
export const CLOCK_FAULTS: readonly Fault[] = [
  {
    name: "clock-jumped",
    title: "system clock jumped by an hour, both ways",
    needs: "false clock",
    prepare: ({ kiosk, kioskClock }) => kiosk.restart(getClock(kioskClock).env),
    restore: ({ kiosk }) => kiosk.restart({}),
    async happen({ kioskClock }) {
      const clock = getClock(kioskClock);
      for (const offsetMs of [HOUR_MS, 0, -HOUR_MS, 0]) {
        clock.set(offsetMs);
        await wait(HOLD_MS);
      }
      return "of all of the kiosk's processes: +1 h, back, −1 h, back";
    },
  },
  {
    name: "server-clock-jumped",
    title: "server clock wrong by an hour, both ways",
    needs: "false clock",
    ...onFalseServer(async (rig, clock) => {
      for (const offsetMs of [HOUR_MS, 0, -HOUR_MS, 0]) {
        setServerClock(rig, clock, offsetMs);
        await wait(SERVER_HOLD_MS);
      }
      return "+1 h, back, −1 h, back; screens go by the server's clock";
    }),
  },
  {
    name: "server-clock-drifts",
    title: "server clock drifts",
    needs: "false clock",
    ...onFalseServer(async (rig, clock) => {
      for (let step = 1; step <= DRIFT_STEPS; step += 1) {
        setServerClock(rig, clock, step * DRIFT_MS);
        await wait(DRIFT_EVERY_MS);
      }
      return `by ${DRIFT_MS} ms each ${DRIFT_EVERY_MS} ms, ${DRIFT_MS * DRIFT_STEPS} ms in all`;
    }),
  },
];

function onFalseServer(
  work: (rig: Rig, clock: FalseClock) => Promise<string>,
): Omit<Fault, "name" | "title"> {
  return {
    isGlassNoWitness: true,
    isServerClockFalse: true,
    async prepare({ server, serverClock, watcher, content, expectation }) {
      await server.start(getClock(serverClock).env);
      await eventually("the loop plays on", () => {
        const seen = watcher.latest()?.seen;
        return [...expectation.assetsAt(Date.now())].some((id) => content.nameOf(id) === seen) || undefined;
      });
    },
    happen: (rig) => work(rig, getClock(rig.serverClock)),
    async restore(rig) {
      setServerClock(rig, getClock(rig.serverClock), 0);
      await rig.server.start();
    },
  };
}

function setServerClock({ expectation }: Rig, clock: FalseClock, offsetMs: number): void {
  clock.set(offsetMs);
  expectation.setServerOffset(offsetMs);
}

function getClock(clock: FalseClock | undefined): FalseClock {
  if (!clock) throw new Error("There is no false clock");
  return clock;
}
