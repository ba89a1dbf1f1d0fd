import { type ChildProcess, spawn } from "node:child_process";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { create } from "tar";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../engine/platform/clock.ts";
import { createLog } from "../engine/platform/log.ts";
import { systemRandom } from "../engine/platform/random.ts";
import { until } from "../engine/testing/until.ts";
import type { Release } from "./feed.ts";
import { type InstallDisk, openInstallDisk } from "./install-disk.ts";
import { createUpdater } from "./updater.ts";

const LAUNCHER = fileURLToPath(new URL("../../packaging/launcher.sh", import.meta.url));
const PLAYER = fileURLToPath(new URL("testing/player.ts", import.meta.url));
const { privateKey, publicKey } = generateKeyPairSync("ed25519");
type Fate = "plays" | "crashes" | "idles";

let root: string;
let site: Server;
/** What the server has: a feed or an archive by its path, and how many bytes it gives before it falls silent. */
const served = new Map<string, { body: Buffer; stopsAfter?: number }>();
const ranges: string[] = [];
let source: { url: string; channel: string; publicKey: string };

beforeAll(async () => {
  site = createServer((request, response) => {
    const found = served.get(request.url ?? "");
    if (found === undefined) return response.writeHead(404).end();
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    if (from > 0) ranges.push(request.headers.range ?? "");
    response.writeHead(from > 0 ? 206 : 200, { "Content-Length": found.body.length - from });
    if (found.stopsAfter === undefined) return response.end(found.body.subarray(from));
    response.write(found.body.subarray(from, from + found.stopsAfter));
  }).listen(0, "127.0.0.1");
  await once(site, "listening");
  const address = site.address();
  source = {
    url: `http://127.0.0.1:${address === null || typeof address === "string" ? 0 : address.port}/updates`,
    channel: "stable",
    publicKey: publicKey.export({ format: "der", type: "spki" }).toString("base64"),
  };
});
afterAll(() => {
  site.closeAllConnections();
  site.close();
});
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "vitrine-install-"));
  served.clear();
  ranges.length = 0;
  await makeVersion(join(root, "versions/1.0.0"), "1.0.0", "plays");
  await symlink("versions/1.0.0", join(root, "current"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function makeVersion(folder: string, version: string, fate: Fate): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "fate.json"), JSON.stringify({ version, fate }));
  const start = `#!/bin/sh\nexec "${process.execPath}" "${PLAYER}" "$(dirname "$(readlink -f "$0")")"\n`;
  await writeFile(join(folder, "vitrine-kiosk"), start);
  await chmod(join(folder, "vitrine-kiosk"), 0o755);
}

/** Offers a version: its archive, and a feed that is signed. */
async function offer(version: string, fate: Fate, change: Partial<Release> = {}): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-release-"));
  await makeVersion(folder, version, fate);
  await create({ gzip: true, cwd: folder, file: join(folder, "a.tar.gz") }, ["fate.json", "vitrine-kiosk"]);
  const archive = await readFile(join(folder, "a.tar.gz"));
  await rm(folder, { recursive: true });
  served.set(`/updates/${version}.tar.gz`, { body: archive });
  const sha256 = createHash("sha256").update(archive).digest("hex");
  const file = { arch: "x64", url: `${version}.tar.gz`, sizeBytes: archive.length, sha256 };
  const serial = Number(version.replaceAll(".", ""));
  putFeed({
    channel: "stable",
    serial,
    version,
    leastVersion: null,
    isWayBack: false,
    files: [file],
    ...change,
  });
  return archive;
}

function putFeed(release: Release): void {
  const payload = Buffer.from(JSON.stringify(release));
  const feed = {
    payload: payload.toString("base64"),
    signature: sign(null, payload, privateKey).toString("base64"),
  };
  served.set("/updates/stable.json", { body: Buffer.from(JSON.stringify(feed)) });
}

/** Starts the launcher again whenever it ends, as systemd does; everything that the players said. */
function keep(limits: Record<string, string> = {}) {
  const said: { player: string; event: string; state?: string; problem?: string; text?: string }[] = [];
  let child: ChildProcess;
  let isOver = false;
  const start = () => {
    const env = { ...process.env, VITRINE_INSTALL: root, UPDATE_SOURCE: JSON.stringify(source), ...limits };
    child = spawn(LAUNCHER, [], { env, stdio: ["ignore", "pipe", "ignore"], detached: true });
    if (child.stdout)
      createInterface({ input: child.stdout }).on("line", (line) => said.push(JSON.parse(line)));
    child.once("exit", () => {
      if (!isOver) start();
    });
  };
  start();
  const heard = (what: string, version: string, event: string) =>
    until(what, () => said.some((line) => line.player === version && line.event === event), 20_000);
  return {
    said,
    heard,
    async look() {
      await until("a player runs", () => said.some(({ event }) => event === "started"));
      process.kill(-(child.pid ?? 0), "SIGUSR2");
    },
    async [Symbol.asyncDispose]() {
      isOver = true;
      const gone = once(child, "exit");
      process.kill(-(child.pid ?? 0), "SIGKILL");
      await gone;
    },
  };
}

const current = () => readlink(join(root, "current"));
const isThere = (path: string) =>
  stat(join(root, path)).then(
    () => true,
    () => false,
  );

describe("with real processes", () => {
  it("a good version is fetched, tried, confirmed and kept, and the former stays as the way back", async () => {
    await offer("1.1.0", "plays");
    await using keeper = keep();
    await keeper.look();
    await keeper.heard("the new version runs", "1.1.0", "started");
    await until("it is confirmed", async () => !(await isThere("trial")));
    expect([await current(), await readlink(join(root, "previous"))]).toEqual([
      "versions/1.1.0",
      "versions/1.0.0",
    ]);
    expect(keeper.said.find(({ player, event }) => player === "1.1.0" && event === "started")?.state).toBe(
      "trying",
    );
    await until("that is told", () => keeper.said.at(-1)?.state === "current");
    expect(await readdir(join(root, "incoming"))).toEqual([]);
  });

  it("a version that crashes at its start is given up after three starts, told of, and not tried again", async () => {
    await offer("1.1.0", "crashes");
    await using keeper = keep();
    await keeper.look();
    await keeper.heard("the new version runs", "1.1.0", "crash");
    await until("the former one is back", async () => (await current()) === "versions/1.0.0");
    await until("and runs", () => keeper.said.filter(({ event }) => event === "started").length === 2);
    expect(keeper.said.filter(({ event }) => event === "crash")).toHaveLength(3);
    expect(keeper.said.findLast(({ event }) => event === "started")).toMatchObject({
      player: "1.0.0",
      state: "rolled_back",
      version: "1.1.0",
      problem: "Version 1.1.0 was not healthy here; 1.0.0 runs again",
    });
    await keeper.look();
    await keeper.heard("it looked again", "1.0.0", "looked");
    expect(await current()).toBe("versions/1.0.0");
  });

  it("a version that starts and never plays is given up in time", async () => {
    await offer("1.1.0", "idles");
    await using keeper = keep({ VITRINE_TRIAL_SECONDS: "1" });
    await keeper.look();
    await keeper.heard("the new version runs", "1.1.0", "started");
    await until("the former one is back", async () => (await current()) === "versions/1.0.0", 20_000);
    await until(
      "and runs",
      () => keeper.said.findLast(({ event }) => event === "started")?.player === "1.0.0",
    );
    expect(await isThere("trial")).toBe(false);
  });
});

/** The updater of version 1.0.0 in this process. */
function updaterOf(disk: InstallDisk = openInstallDisk(root)) {
  const restarts: string[] = [];
  const updater = createUpdater({
    installFolder: root,
    source,
    version: "1.0.0",
    arch: "x64",
    clock: systemClock,
    random: systemRandom,
    network: { fetch: (url, init) => fetch(url, init) },
    log: createLog(systemClock, []),
    restart: async (reason) => void restarts.push(reason),
    openDisk: () => disk,
  });
  return { updater, restarts, look: () => updater.update(AbortSignal.timeout(10_000)) };
}

describe("what cannot be trusted", () => {
  it("never becomes current: a tampered file, a longer one, an old feed, one of another key", async () => {
    const { look, updater, restarts } = updaterOf();
    const archive = await offer("1.1.0", "plays");
    const tampered = Buffer.from(archive);
    tampered[20] = (tampered[20] ?? 0) ^ 1;
    served.set("/updates/1.1.0.tar.gz", { body: tampered });
    await expect(look()).rejects.toThrow("its hash is another one");
    served.set("/updates/1.1.0.tar.gz", { body: Buffer.concat([archive, archive]) });
    await expect(look()).rejects.toThrow("longer than its feed says");
    expect(updater.report()).toMatchObject({
      state: "current",
      problem: "The update is longer than its feed says",
    });

    await offer("0.9.0", "plays", { isWayBack: true });
    await look();
    expect(updater.report().problem).toBe("The feed is older than one that was seen before");
    const feed = JSON.parse(served.get("/updates/stable.json")?.body.toString() ?? "");
    served.set("/updates/stable.json", { body: Buffer.from(JSON.stringify({ ...feed, signature: "AAAA" })) });
    await expect(look()).rejects.toThrow("not signed");
    served.set("/updates/stable.json", { body: Buffer.alloc(100_000, " ") });
    await expect(look()).rejects.toThrow();
    expect([await current(), restarts]).toEqual(["versions/1.0.0", []]);
    expect(await isThere("versions/1.1.0")).toBe(false);
  });

  it("cannot write outside of its folder, nor bring links", async () => {
    const folder = await mkdtemp(join(tmpdir(), "vitrine-release-"));
    await symlink("/etc/passwd", join(folder, "link"));
    await create({ gzip: true, cwd: folder, file: join(folder, "a.tar.gz") }, ["link"]);
    const archive = await readFile(join(folder, "a.tar.gz"));
    await rm(folder, { recursive: true });
    const sha256 = createHash("sha256").update(archive).digest("hex");
    await offer("1.1.0", "plays", {
      files: [{ arch: "x64", url: "1.1.0.tar.gz", sizeBytes: archive.length, sha256 }],
    });
    served.set("/updates/1.1.0.tar.gz", { body: archive });
    await expect(updaterOf().look()).rejects.toThrow("link is neither a file nor a folder");
    expect(await current()).toBe("versions/1.0.0");
  });
});

it("goes on where the line broke", async () => {
  const archive = await offer("1.1.0", "plays");
  served.set("/updates/1.1.0.tar.gz", { body: archive, stopsAfter: 100 });
  const { look, restarts } = updaterOf();
  const broken = expect(look()).rejects.toThrow();
  const part = () =>
    readdir(join(root, "incoming")).then(([name = ""]) => stat(join(root, "incoming", name)));
  await until("the first bytes are there", () =>
    part().then(
      ({ size }) => size === 100,
      () => false,
    ),
  );
  site.closeAllConnections();
  await broken;
  served.set("/updates/1.1.0.tar.gz", { body: archive });
  await look();
  expect(ranges).toEqual(["bytes=100-"]);
  expect([await current(), restarts]).toEqual(["versions/1.1.0", ["Update to 1.1.0"]]);
});

/** A disk whose power goes at its change number `cutAt` (0 first). */
function cuttingDisk(inner: InstallDisk, cutAt: number): InstallDisk & { changes(): number } {
  let changes = 0;
  const cut = <Args extends unknown[]>(work: (...args: Args) => Promise<void>) => {
    return async (...args: Args): Promise<void> => {
      changes += 1;
      if (changes > cutAt) throw new Error("The power went");
      await work(...args);
    };
  };
  return {
    ...inner,
    put: cut(inner.put),
    point: cut(inner.point),
    rename: cut(inner.rename),
    remove: cut(inner.remove),
    makeFolder: cut(inner.makeFolder),
    syncTree: cut(inner.syncTree),
    changes: () => changes,
  };
}

it("leaves a whole version to start and a whole way on, wherever the power goes", async () => {
  const counted = cuttingDisk(openInstallDisk(root), Number.POSITIVE_INFINITY);
  await offer("1.1.0", "plays");
  await updaterOf(counted).look();
  const points = counted.changes();
  expect(points).toBeGreaterThan(10);
  for (let cutAt = 0; cutAt < points; cutAt += 1) {
    await rm(root, { recursive: true });
    await makeVersion(join(root, "versions/1.0.0"), "1.0.0", "idles");
    await symlink("versions/1.0.0", join(root, "current"));
    await expect(
      updaterOf(cuttingDisk(openInstallDisk(root), cutAt)).look(),
      `point ${cutAt}`,
    ).rejects.toThrow("power");
    const started = await startOnce();
    expect(["1.0.0", "1.1.0"], `point ${cutAt}`).toContain(started);
    // What was not tried yet is fetched again and becomes current.
    if (started === "1.0.0") await updaterOf().look();
    expect(await current(), `point ${cutAt}`).toBe("versions/1.1.0");
  }
});

/** The version that the launcher starts now. */
async function startOnce(): Promise<string> {
  const env = { ...process.env, VITRINE_INSTALL: root };
  const target = await current();
  await writeFile(
    join(root, target, "vitrine-kiosk"),
    '#!/bin/sh\ncat "$(dirname "$(readlink -f "$0")")/fate.json"\n',
  );
  const child = spawn(LAUNCHER, [], { env, stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  for await (const chunk of child.stdout) text += chunk;
  return JSON.parse(text).version;
}
