import { type ChildProcess, fork } from "node:child_process";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { type Person, signUp } from "@vitrine/harness/person";
import { openEmbedded } from "@vitrine/harness/plays";
import { cpuSeconds, descendants, residentBytes } from "@vitrine/harness/process-facts";
import { type Running, repository, run as runProcess, temporaryFolder } from "@vitrine/harness/processes";
import { startVitrine, type VitrineServer } from "@vitrine/harness/vitrine";
import { percentile } from "../interleave.ts";
import { print } from "../print.ts";
import { BARE_PATHS } from "../screens/bare-paths.ts";
import { heldBytes } from "../screens/held-memory.ts";
import type { SimulatedScreen, SwarmCounts, SwarmOrder, SwarmReport } from "../screens/swarm-messages.ts";

const SCREENS = Number(process.env.VITRINE_SCREENS ?? 10_000);
const BEATS_MS = Number(process.env.VITRINE_BEATS_SECONDS ?? 60) * 1000;
const ROWS = 1000;
const SETTLE_MS = 5000;
const BACK_LIMIT_MS = 120_000;

/**
 * Many screens on one server process: memory of a stream, a hint to all, beats every 30 s, and all of them coming
 * back after a restart; each beside a plain Node server that only holds and feeds the same streams.
 */
export async function run(): Promise<void> {
  using folder = temporaryFolder();
  const port = await freePort();
  let server = await startVitrine(folder.path, port);
  try {
    const person = await signUp(server.url, "Operator", "Ten thousand screens");
    const screens = await makeScreens(folder.path, person.organizationId, SCREENS);
    const bare = await measureBare(screens);
    using swarm = startSwarm();
    print({ name: "streams.screens", value: SCREENS, unit: "screen" });

    await swarm.ask({ kind: "open", port, screens: screens.slice(0, 50), isBare: false }, "open");
    await pause(SETTLE_MS);
    const before = await heldBytes(server.process.pid);
    using rest = startSwarm();
    await rest.ask({ kind: "open", port, screens: screens.slice(50), isBare: false }, "open");
    await pause(SETTLE_MS);
    const asLeft = (residentBytes(server.process.pid) - before) / (screens.length - 50);
    const each = ((await heldBytes(server.process.pid)) - before) / (screens.length - 50);
    print({
      ...{ name: "streams.memory_each", value: each, unit: "byte", target: "<= 12288" },
      ...{ peer: "plain Node server", peerValue: bare.memoryEach },
    });
    print({ name: "streams.memory_each.before_garbage_is_collected", value: asLeft, unit: "byte" });

    const took = await hintToAll(person, [swarm, rest]);
    print({
      ...{ name: "streams.hint_to_all", value: took, unit: "ms", target: "<= 1.5 times the peer" },
      ...{ peer: "plain Node server, from the request to the last stream", peerValue: bare.broadcastMs },
    });
    print({ name: "streams.hint_to_all.ratio", value: took / bare.broadcastMs, unit: "x", target: "<= 1.5" });

    await measureFetches(person, [swarm, rest]);
    await measureBeats(server, [swarm, rest], bare.beatCpuSeconds);
    server = await measureRestart({ server, port, dataDir: folder.path, swarms: [swarm, rest], bare });
  } finally {
    await server[Symbol.asyncDispose]();
  }
}

type Bare = {
  memoryEach: number;
  broadcastMs: number;
  /** CPU seconds a second of wall time, at the same rate of beats. */
  beatCpuSeconds: number;
  /** Streams opened in the busiest second when all come back at once. */
  mostOpenedPerSecond: number;
};

async function measureBare(screens: readonly SimulatedScreen[]): Promise<Bare> {
  const port = await freePort();
  let server = await startBare(port);
  using swarm = startSwarm();
  try {
    await swarm.ask({ kind: "open", port, screens: screens.slice(0, 50), isBare: true }, "open");
    await pause(SETTLE_MS);
    const before = await heldBytes(server.pid);
    using rest = startSwarm();
    await rest.ask({ kind: "open", port, screens: screens.slice(50), isBare: true }, "open");
    await pause(SETTLE_MS);
    const memoryEach = ((await heldBytes(server.pid)) - before) / (screens.length - 50);
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const heard = await expectHints([swarm, rest]);
      const startedAtMs = Date.now();
      await fetch(`http://127.0.0.1:${port}${BARE_PATHS.broadcast}`, { method: "POST" });
      times.push((await heard()) - startedAtMs);
      await pause(1000);
    }
    for (const one of [swarm, rest]) await one.ask({ kind: "beats", isOn: true }, "ready");
    await pause(30_000);
    const cpu = cpuSeconds(server.pid);
    await pause(BEATS_MS);
    const beatCpuSeconds = ((cpuSeconds(server.pid) - cpu) * 1000) / BEATS_MS;
    for (const one of [swarm, rest]) await one.ask({ kind: "beats", isOn: false }, "ready");
    for (const one of [swarm, rest]) {
      await one.ask({ kind: "jitter", isOn: false }, "ready");
      await one.ask({ kind: "count" }, "counts");
    }
    await server.end("SIGKILL");
    server = await startBare(port);
    const back = await untilBack([swarm, rest], Date.now());
    return {
      memoryEach,
      broadcastMs: percentile(times, 0.5),
      beatCpuSeconds,
      mostOpenedPerSecond: back.mostOpenedPerSecond,
    };
  } finally {
    await server[Symbol.asyncDispose]();
  }
}

async function startBare(port: number): Promise<Running> {
  const server = runProcess(process.execPath, [`${repository}/bench/src/screens/bare-server.ts`], {
    PORT: String(port),
  });
  await server.waitFor(/ready at/);
  return server;
}

/** Milliseconds from the request of a change that touches every screen to the last stream that heard of it; median. */
async function hintToAll(person: Person, swarms: readonly Swarm[]): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const heard = await expectHints(swarms);
    const startedAtMs = Date.now();
    await person.api.organization.update.mutate({ defaultDurationMs: 5_000 + round * 500 });
    times.push((await heard()) - startedAtMs);
    await pause(1000);
  }
  return percentile(times, 0.5);
}

/** After a change for all: until every screen has its new manifest, all of them asking at once. */
async function measureFetches(person: Person, swarms: readonly Swarm[]): Promise<void> {
  const first = swarms.map((swarm) => swarm.wait("fetched"));
  for (const swarm of swarms) swarm.send({ kind: "fetch" });
  await Promise.all(first);
  const fetched = swarms.map((swarm) => swarm.wait("fetched"));
  const startedAtMs = Date.now();
  await person.api.organization.update.mutate({ defaultDurationMs: 9_000 });
  const ends = await Promise.all(fetched);
  const lastMs = Math.max(...ends.map(({ atMs }) => atMs));
  print({ name: "streams.change_to_all_manifests", value: lastMs - startedAtMs, unit: "ms" });
}

async function measureBeats(
  server: VitrineServer,
  swarms: readonly Swarm[],
  bareCpuSeconds: number,
): Promise<void> {
  for (const swarm of swarms) await swarm.ask({ kind: "beats", isOn: true }, "ready");
  // Until each has beaten twice: the first beat of a screen is whole, and makes its manifest known.
  await pause(75_000);
  const [before, beatsBefore] = [readCpu(server), await countBeats(swarms)];
  const startedAtMs = Date.now();
  await pause(BEATS_MS);
  const seconds = (Date.now() - startedAtMs) / 1000;
  const [after, beats] = [readCpu(server), (await countBeats(swarms)) - beatsBefore];
  const perSecond = beats / seconds;
  const peer = "plain Node server that reads and answers as many";
  print({ name: "streams.beats", value: perSecond, unit: "beat/s" });
  print({
    ...{
      name: "streams.beats.cpu_of_a_core",
      value: ((after.server - before.server) / seconds) * 100,
      unit: "%",
    },
    ...{ peer, peerValue: bareCpuSeconds * 100, target: "< 5" },
  });
  print({
    name: "streams.beats.cpu_of_a_core.database",
    value: ((after.database - before.database) / seconds) * 100,
    unit: "%",
  });
  print({
    name: "streams.beats.cpu_each",
    value: ((after.server - before.server) / beats) * 1e6,
    unit: "us",
  });
}

type Restart = {
  server: VitrineServer;
  port: number;
  dataDir: string;
  swarms: readonly Swarm[];
  bare: Bare;
};

/** An orderly restart, then a kill: how long until every stream is back, and how many come in the busiest second. */
async function measureRestart({ server, port, dataDir, swarms, bare }: Restart): Promise<VitrineServer> {
  let running = server;
  for (const [name, signal] of [
    ["restart", "SIGTERM"],
    ["kill", "SIGKILL"],
  ] as const) {
    await countAll(swarms);
    await running.process.end(signal);
    running = await startVitrine(dataDir, port);
    const readyAtMs = Date.now();
    const latency = watchLatency(running.url);
    const back = await untilBack(swarms, readyAtMs);
    const { p99Ms } = latency.end();
    const lateness = { name: `streams.${name}.all_back`, value: back.tookMs, unit: "ms", target: "<= 30000" };
    print(lateness);
    print({
      ...{ name: `streams.${name}.most_a_second`, value: back.mostOpenedPerSecond, unit: "stream/s" },
      ...{ peer: "all come back at once to a plain Node server", peerValue: bare.mostOpenedPerSecond },
      target: "<= 1/5 of the peer",
    });
    print({ name: `streams.${name}.request_p99`, value: p99Ms, unit: "ms" });
    await pause(SETTLE_MS);
  }
  return running;
}

/** Asks whether the server is ready ten times a second meanwhile. */
function watchLatency(url: string) {
  const times: number[] = [];
  const timer = setInterval(async () => {
    const startedMs = performance.now();
    await fetch(`${url}/readyz`)
      .then((response) => response.text())
      .catch(() => {});
    times.push(performance.now() - startedMs);
  }, 100);
  return {
    end() {
      clearInterval(timer);
      return { p99Ms: percentile(times, 0.99) };
    },
  };
}

async function untilBack(swarms: readonly Swarm[], readyAtMs: number) {
  let mostOpenedPerSecond = 0;
  let lastOpenedAtMs = 0;
  for (;;) {
    const all = await Promise.all(swarms.map((swarm) => swarm.ask({ kind: "count" }, "counts")));
    mostOpenedPerSecond = Math.max(
      mostOpenedPerSecond,
      all.reduce((sum, one) => sum + one.mostOpenedPerSecond, 0),
    );
    lastOpenedAtMs = Math.max(lastOpenedAtMs, ...all.map((one) => one.lastOpenedAtMs));
    const open = all.reduce((sum, one) => sum + one.open, 0);
    if (open >= SCREENS) return { tookMs: lastOpenedAtMs - readyAtMs, mostOpenedPerSecond };
    if (Date.now() - readyAtMs > BACK_LIMIT_MS) {
      throw new Error(`Only ${open} of ${SCREENS} streams came back: ${all.map((one) => one.lastError)}`);
    }
    await pause(2000);
  }
}

async function expectHints(swarms: readonly Swarm[]): Promise<() => Promise<number>> {
  for (const swarm of swarms) await swarm.ask({ kind: "expect" }, "ready");
  const heard = swarms.map((swarm) => swarm.wait("heard"));
  return async () => Math.max(...(await Promise.all(heard)).map(({ atMs }) => atMs));
}

async function countAll(swarms: readonly Swarm[]): Promise<SwarmCounts[]> {
  return Promise.all(swarms.map((swarm) => swarm.ask({ kind: "count" }, "counts")));
}

async function countBeats(swarms: readonly Swarm[]): Promise<number> {
  const all = await countAll(swarms);
  for (const { failedBeats, lastError } of all) {
    if (failedBeats > 0) process.stderr.write(`${failedBeats} beats failed: ${lastError}\n`);
  }
  return all.reduce((sum, { beats }) => sum + beats, 0);
}

function readCpu({ process: { pid } }: VitrineServer): { server: number; database: number } {
  const below = descendants(pid).filter(({ command }) => command.includes("postgres"));
  const database = below.reduce((sum, one) => sum + cpuSeconds(one.pid), 0);
  return { server: cpuSeconds(pid), database };
}

/** Paired screens, straight into the database of the running server, each with a key of its own. */
async function makeScreens(
  dataDir: string,
  organizationId: string,
  count: number,
): Promise<SimulatedScreen[]> {
  const sql = openEmbedded(dataDir);
  try {
    const screens: SimulatedScreen[] = [];
    for (let from = 0; from < count; from += ROWS) {
      const some = Array.from({ length: Math.min(ROWS, count - from) }, (_, place) =>
        makeScreen(organizationId, from + place),
      );
      await sql`insert into tenant.devices ${sql(some.map(({ row }) => row))}`;
      await sql`insert into tenant.device_credentials ${sql(some.map(({ credential }) => credential))}`;
      screens.push(...some.map(({ screen }) => screen));
    }
    await sql`analyze tenant.devices`;
    await sql`analyze tenant.device_credentials`;
    return screens;
  } finally {
    await sql.end();
  }
}

function makeScreen(organizationId: string, place: number) {
  const keys = generateKeyPairSync("ed25519");
  const deviceId = randomUUID();
  const shared = { organization_id: organizationId };
  return {
    screen: {
      deviceId,
      organizationId,
      privateKey: keys.privateKey.export({ format: "der", type: "pkcs8" }).toString("base64"),
    },
    row: { ...shared, id: deviceId, name: `Screen ${String(place).padStart(5, "0")}`, time_zone: "UTC" },
    credential: {
      ...shared,
      device_id: deviceId,
      public_key: String(keys.publicKey.export({ format: "jwk" }).x),
    },
  };
}

type ReportOf<Kind extends SwarmReport["kind"]> = Extract<SwarmReport, { kind: Kind }>;
type Swarm = Disposable & {
  send(order: SwarmOrder): void;
  wait<Kind extends SwarmReport["kind"]>(kind: Kind): Promise<ReportOf<Kind>>;
  ask<Kind extends SwarmReport["kind"]>(order: SwarmOrder, kind: Kind): Promise<ReportOf<Kind>>;
};

function startSwarm(): Swarm {
  const child: ChildProcess = fork(`${repository}/bench/src/screens/swarm.ts`, { serialization: "advanced" });
  const swarm: Swarm = {
    send: (order) => void child.send(order),
    wait: (kind) =>
      new Promise((resolve, reject) => {
        const onExit = () => reject(new Error("The simulated screens stopped"));
        const onMessage = (report: SwarmReport) => {
          if (!isOf(report, kind)) return;
          child.off("message", onMessage);
          child.off("exit", onExit);
          resolve(report);
        };
        child.on("message", onMessage);
        child.once("exit", onExit);
      }),
    ask(order, kind) {
      const reported = swarm.wait(kind);
      swarm.send(order);
      return reported;
    },
    [Symbol.dispose]: () => void child.kill(),
  };
  return swarm;
}

function isOf<Kind extends SwarmReport["kind"]>(report: SwarmReport, kind: Kind): report is ReportOf<Kind> {
  return report.kind === kind;
}

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
