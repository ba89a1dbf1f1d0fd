import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { composeEngine } from "../compose-engine.ts";
import type { Engine } from "../engine/engine.ts";
import type { Life } from "../engine/life/machine.ts";
import { systemClock } from "../engine/platform/clock.ts";
import { createLog, describe, rotatedFileSink } from "../engine/platform/log.ts";
import { createTimelines } from "../engine/playback/timelines.ts";
import type { Shell } from "../shared/shell.ts";
import { type FleetFigures, type FromWorker, workerTask } from "./fleet-messages.ts";
import { noDisplay, noPower, noUpdater } from "./none-machine.ts";
import { createNoneShell } from "./none-shell.ts";

// One process of a fleet: many engines side by side, which share their compiled days.
const REPORT_EVERY_MS = 1000;
const START_AT_ONCE = 20;
const STOP_AT_ONCE = 50;
const LOG_LIMIT_BYTES = 20 * 1024 * 1024;

const task = workerTask.parse(await receiveTask());
const abort = new AbortController();
const timelines = createTimelines(64);
const logSink = rotatedFileSink(join(task.data, `fleet-${task.first}.log`), LOG_LIMIT_BYTES);
const lives = new Map<number, Life>();
const engines: Engine[] = [];
let shown = 0;
let failed = 0;

const reporting = setInterval(report, REPORT_EVERY_MS);
process.once("disconnect", () => void stop());
process.on("message", (message) => {
  if (message === "stop") void stop();
});

const numbers = Array.from({ length: task.count }, (_, index) => task.first + index);
await inLanes(numbers, START_AT_ONCE, async (number) => {
  if (abort.signal.aborted) return;
  try {
    engines.push(await startScreen(number));
  } catch (error) {
    tell({ kind: "trouble", text: `Screen ${number} did not start: ${describe(error)}` });
  }
});

async function startScreen(number: number): Promise<Engine> {
  const name = `${task.name} ${number}`;
  let claimedCode: string | undefined;
  const engine = await composeEngine({
    dataFolder: join(task.data, String(number).padStart(6, "0")),
    shell: counting(createNoneShell(systemClock)),
    log: createLog(systemClock, [logSink], { screen: number }),
    timelines,
    serverUrl: task.server,
    window: { kind: "fullscreen" },
    ...{ display: noDisplay, updater: noUpdater, power: noPower },
    ...{ allowedHosts: [], ownHosts: [] },
    readLog: async () => Buffer.from("This screen's log is a part of its fleet's\n"),
    volumePercent: 0,
    cacheLimitBytes: null,
    onLife(life, { userCode }) {
      lives.set(number, life);
      if (life.state !== "pairing" || userCode === undefined || userCode === claimedCode) return;
      claimedCode = userCode;
      tell({ kind: "code", code: userCode, name });
    },
    onClosed: () => {},
  });
  await engine.start();
  return engine;
}

function counting(shell: Shell): Shell {
  return {
    ...shell,
    open: (options, events, signal) =>
      shell.open(
        options,
        {
          ...events,
          onMessage(message) {
            if (message.kind === "shown") shown += 1;
            if (message.kind === "failed") failed += 1;
            events.onMessage(message);
          },
        },
        signal,
      ),
  };
}

function report(): void {
  const count = (state: Life["state"]) => [...lives.values()].filter((life) => life.state === state).length;
  const figures: FleetFigures = {
    screens: task.count,
    unpaired: count("unpaired"),
    pairing: count("pairing"),
    syncing: count("syncing"),
    playing: count("playing"),
    offline: [...lives.values()].filter((life) => life.isOffline).length,
    shown,
    failed,
    memoryBytes: process.memoryUsage.rss(),
  };
  tell({ kind: "figures", figures });
}

async function stop(): Promise<void> {
  if (abort.signal.aborted) return;
  abort.abort(new Error("The fleet stops"));
  clearInterval(reporting);
  await inLanes(engines, STOP_AT_ONCE, (engine) => Promise.resolve(engine[Symbol.asyncDispose]()));
  report();
  await delay(50);
  process.exit(0);
}

function tell(message: FromWorker): void {
  if (process.connected) process.send?.(message, () => {});
}

function receiveTask(): Promise<unknown> {
  return new Promise((resolve) => process.once("message", resolve));
}

async function inLanes<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const lane = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
