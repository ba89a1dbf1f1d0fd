import { setTimeout as wait } from "node:timers/promises";
import { eventually } from "@vitrine/harness/processes";
import type { Fault } from "./fault.ts";
import { findPageProcess, findProcesses, signalAll } from "./kiosk-processes.ts";
import type { Rig } from "./rig.ts";

const AFTER_MS = 8000;
const FROZEN_LIMIT_MS = 60_000;
const KILLS = 50;
const LONGEST_LIFE_MS = 6000;

/** Processes of the kiosk that die or stand still. */
export const PROCESS_FAULTS: readonly Fault[] = [
  {
    name: "stage-killed",
    isGlassNoWitness: true,
    title: "stage killed",
    async happen(rig) {
      const count = signalAll(await findStage(rig), "SIGKILL");
      await wait(AFTER_MS);
      return `${count} renderer${count === 1 ? "" : "s"}, the page's not among them`;
    },
  },
  {
    name: "stage-frozen",
    isGlassNoWitness: true,
    title: "stage frozen",
    async happen(rig) {
      const pids = await findStage(rig);
      signalAll(pids, "SIGSTOP");
      const startedMs = performance.now();
      await eventually(
        "the frozen stage was given up",
        () => !findProcesses(rig.kiosk.dataDir, "renderer").some((pid) => pids.includes(pid)) || undefined,
        FROZEN_LIMIT_MS,
      );
      const tookMs = performance.now() - startedMs;
      await wait(AFTER_MS);
      return `given up after ${(tookMs / 1000).toFixed(1)} s`;
    },
  },
  {
    name: "shell-killed",
    isGlassNoWitness: true,
    title: "shell killed",
    async happen({ kiosk }) {
      signalAll(findProcesses(kiosk.dataDir, "browser"), "SIGKILL");
      await wait(AFTER_MS);
      return "";
    },
  },
  {
    name: "engine-killed",
    isGlassNoWitness: true,
    title: `engine killed ${KILLS} times`,
    happen: (rig) => killEngine(rig, KILLS, 20_261_121),
  },
  {
    name: "power-loss",
    isGlassNoWitness: true,
    title: "all processes killed at once",
    async happen({ kiosk }) {
      for (let time = 0; time < 3; time += 1) {
        await kiosk.killAll();
        await wait(AFTER_MS);
      }
      return "three times";
    },
  },
];

/** Kills the engine at random instants of its life; the same ones for the same seed. */
export async function killEngine({ kiosk }: Rig, kills: number, seed: number): Promise<string> {
  const random = createRandom(seed);
  for (let kill = 0; kill < kills; kill += 1) {
    await wait(random() * LONGEST_LIFE_MS);
    await kiosk.killEngine();
  }
  return `after 0 to ${LONGEST_LIFE_MS} ms of life, seed ${seed}, started again at once`;
}

/** All renderers but the page's: the stage's, and a spare one where the browser keeps one. */
async function findStage({ kiosk, page }: Rig): Promise<number[]> {
  const pagePid = await findPageProcess(kiosk.dataDir, page);
  return findProcesses(kiosk.dataDir, "renderer").filter((pid) => pid !== pagePid);
}

/** Numbers from 0 to 1, by mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
