import { setImmediate } from "node:timers";
import { noDisplay, noUpdater } from "../../fleet/none-machine.ts";
import { createEngine, type Engine } from "../engine.ts";
import type { EngineDeps } from "../engine-deps.ts";
import { NO_VITALS } from "../health/machine-facts.ts";
import type { Clock } from "../platform/clock.ts";
import { createLog, type Log } from "../platform/log.ts";
import type { Random } from "../platform/random.ts";
import { createTimelines, type Timelines } from "../playback/timelines.ts";
import { createVirtualClock, type VirtualClock } from "../testing/virtual-clock.ts";
import { createSeededRandom, type SeededRandom } from "./seeded-random.ts";
import { createVirtualDisk, type DiskImage, type VirtualDisk } from "./virtual-disk.ts";
import { createVirtualNetwork, type VirtualNetwork } from "./virtual-network.ts";
import { createVirtualServer, keyPairOf, type ServerState, type VirtualServer } from "./virtual-server.ts";
import { createVirtualStage, type Showing, type VirtualStage } from "./virtual-stage.ts";

/** One life of the kiosk's process, from its start to its end. Times by the machine's monotonic clock. */
export interface KioskProcess {
  readonly number: number;
  readonly startedMs: number;
  isAlive: boolean;
  endedMs: number;
  end: "running" | "killed" | "power" | "stopped" | "failed";
  /** Every id that it made; that of its boot is among them. */
  readonly ids: Set<string>;
}

/** One screen with its machine, its line and its server, on one virtual clock. */
export interface World {
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly disk: VirtualDisk;
  readonly server: VirtualServer;
  readonly network: VirtualNetwork;
  readonly stage: VirtualStage;
  readonly processes: KioskProcess[];
  /** Milliseconds that somebody added to the server's clock. */
  serverShiftMs: number;
  /** What the kiosk could not start for, newest last. */
  readonly failedStarts: unknown[];
  /** Starts the kiosk's process; one that cannot start is tried again as a service manager does. */
  boot(): Promise<void>;
  /** Ends the process at once. */
  kill(): void;
  /** The machine loses its power: `random` decides what of the unsynced reached the disk. */
  losePower(random: SeededRandom | undefined): void;
  /** Asks the process to end in good order, and waits for it. */
  stop(): Promise<void>;
  /** Lets time pass, one timer after the other, each with all that follows from it. */
  run(ms: number): Promise<void>;
}

export interface WorldOptions {
  seed: number;
  startMs?: number;
  /** Whether the screen belongs to the organization already. */
  isClaimed?: boolean;
  image?: DiskImage;
  server?: ServerState;
  capacityBytes?: number;
  driftPpm?: number;
  timelines?: Timelines;
  /** Puts something between the engine and its world. */
  wrap?(deps: EngineDeps, world: World): EngineDeps;
  onShowing?(showing: Showing): void;
  log?(line: string): void;
}

const SERVER_URL = "http://server.test";
const RESTART_MS = 5000;
const SETTLE_TURNS = 1;
/** Room for the plays of a run, whatever content comes. */
const RESERVE_BYTES = 200_000;
const SCREEN_KEY = 11;

/** 2026-03-28, a day before Europe changes its clocks. */
export const START_MS = Date.UTC(2026, 2, 28, 12);

/** A world in which nothing runs yet. */
export function createWorld(options: WorldOptions): World {
  const random = createSeededRandom(options.seed);
  const clock = createVirtualClock(options.startMs ?? START_MS);
  const startMs = clock.wallMs();
  const drift = 1 + (options.driftPpm ?? 0) / 1e6;
  const disk = createVirtualDisk({
    random,
    wallMs: () => clock.wallMs(),
    ...(options.capacityBytes === undefined ? {} : { capacityBytes: options.capacityBytes }),
    ...(options.image ? { image: options.image } : {}),
  });
  const server = createVirtualServer({
    random,
    url: SERVER_URL,
    nowMs: () => startMs + world.serverShiftMs + clock.monotonicMs() * drift,
    ...(options.server ? { state: options.server } : {}),
  });
  const network = createVirtualNetwork({ clock, random, server });
  const stage = createVirtualStage(clock, server.nowMs, (showing) => options.onShowing?.(showing));
  const timelines = options.timelines ?? createTimelines(64);
  let engine: Engine | undefined;
  if (options.isClaimed ?? true) giveCredential(disk, server);

  const findProcess = () => world.processes.at(-1);
  const end = (how: KioskProcess["end"]) => {
    const process = findProcess();
    if (!process?.isAlive) return;
    Object.assign(process, { isAlive: false, end: how, endedMs: clock.monotonicMs() });
    engine = undefined;
    stage.close();
  };

  const restart = () => {
    end("killed");
    clock.after(RESTART_MS, () => void world.boot());
  };

  const start = async (process: KioskProcess) => {
    const deps = depsOf(process);
    const made = await createEngine(options.wrap?.(deps, world) ?? deps);
    engine = made;
    await made.start();
  };

  const depsOf = (process: KioskProcess): EngineDeps => {
    const own = clockOf(process, clock);
    const isAlive = () => process.isAlive;
    return {
      clock: own,
      random: randomOf(process, random),
      files: disk.openStore(isAlive),
      network: network.open(isAlive),
      machine: {
        hardware: async () => ({ model: "Virtual board", os: "None" }),
        bootId: async () => `run ${world.processes.filter(({ end: how }) => how === "power").length}`,
        vitals: async () => NO_VITALS,
      },
      log: options.log ? createLog(own, [options.log]) : SILENT,
      timelines,
      serverUrl: SERVER_URL,
      appVersion: "0.0.0",
      window: { kind: "fullscreen" },
      shellFolder: "/kiosk/shell",
      volumePercent: 0,
      reserveBytes: RESERVE_BYTES,
      cacheLimitBytes: null,
      onLife: () => {},
      onClosed: () => {},
      shell: stage.openShell(process.number, own),
      ...{ display: noDisplay, updater: noUpdater },
      power: { restart: async () => restart(), reboot: async () => restart(), feed: () => {} },
      ...{ allowedHosts: [], ownHosts: [] },
      readLog: async () => new Uint8Array(),
    };
  };

  const world: World = {
    ...{ clock, random, disk, server, network, stage },
    processes: [],
    serverShiftMs: 0,
    failedStarts: [],
    async boot() {
      if (findProcess()?.isAlive) return;
      const process: KioskProcess = {
        number: world.processes.length,
        startedMs: clock.monotonicMs(),
        isAlive: true,
        endedMs: Number.POSITIVE_INFINITY,
        end: "running",
        ids: new Set(),
      };
      world.processes.push(process);
      start(process).catch((error: unknown) => {
        if (!process.isAlive) return;
        world.failedStarts.push(error);
        end("failed");
        clock.after(RESTART_MS, () => void world.boot());
      });
      await settle();
    },
    kill: () => end("killed"),
    losePower(chance) {
      const image = disk.imageOfPowerLoss(chance);
      end("power");
      disk.restore(image);
    },
    async stop() {
      const process = findProcess();
      let isOver = false;
      const over = () => {
        isOver = true;
      };
      engine?.[Symbol.asyncDispose]().then(over, over);
      for (let waitedMs = 0; waitedMs < 10_000 && !isOver && process?.isAlive; waitedMs += 100)
        await world.run(100);
      end(isOver ? "stopped" : "killed");
    },
    async run(ms) {
      const untilMs = clock.monotonicMs() + ms;
      await settle();
      while (clock.advanceToNext(untilMs)) await settle();
    },
  };
  return world;
}

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Everything in a virtual world goes on by promises alone, so one turn of the event loop sees it all done. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLE_TURNS; turn += 1)
    await new Promise<void>((resolve) => void setImmediate(resolve));
}

/** A process counts its time from its own start, and its timers end with it. */
function clockOf(process: KioskProcess, machine: VirtualClock): Clock {
  return {
    wallMs: () => machine.wallMs(),
    monotonicMs: () => machine.monotonicMs() - process.startedMs,
    // Whole milliseconds, one at least, as the timers of the platform.
    after: (delayMs, run) =>
      machine.after(Math.max(1, Math.ceil(delayMs)), () => {
        if (process.isAlive) run();
      }),
  };
}

function randomOf(process: KioskProcess, random: SeededRandom): Random {
  return {
    fraction: random.fraction,
    bytes: random.bytes,
    id() {
      const id = random.id();
      process.ids.add(id);
      return id;
    },
  };
}

/** What a pairing leaves behind: the screen's key, and whose it is. */
function giveCredential(disk: VirtualDisk, server: VirtualServer): void {
  const { publicKey, secret } = keyPairOf(SCREEN_KEY);
  server.state.devicePublicKey = publicKey;
  if (disk.read("credential.json")) return;
  const put = (path: string, value: unknown) => disk.place(path, Buffer.from(JSON.stringify(value)));
  put("identity.json", { publicKey, privateKey: secret });
  put("credential.json", {
    organizationId: server.organizationId,
    organizationName: "Café Central",
    deviceId: server.deviceId,
    serverPublicKey: server.publicKey,
    vetoUntil: "2020-01-01T00:00:00.000Z",
  });
}
