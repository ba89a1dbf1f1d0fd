import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { chown, readFile, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Binaries } from "./binaries.ts";
import { ids } from "./cluster.ts";
import { EmbeddedError } from "./errors.ts";
import { chooseIdentity, type Identity } from "./identity.ts";
import { type Postmaster, readPostmaster, stopPostmaster } from "./postmaster.ts";
import { serverSettings } from "./settings.ts";

export interface LaunchOptions {
  clusterDir: string;
  binaries: Binaries;
  major: number;
  isDurable: boolean;
  /** Undefined: any free one, another when it is taken meanwhile. */
  port: number | undefined;
}

const READY_WITHIN_MS = 120_000;

/** Starts the server on its cluster and waits until it takes connections. Rejects with `EmbeddedError`. */
export async function launch(options: LaunchOptions): Promise<Postmaster> {
  const identity = await chooseIdentity(options.clusterDir, options.binaries);
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const outcome = await launchOn(port, identity, options);
    if (typeof outcome !== "string") return outcome;
    const isPortTaken = /could not bind|Address already in use/i.test(outcome);
    if (isPortTaken && options.port === undefined && attempt < 5) continue;
    throw new EmbeddedError(adviceFor(outcome, options.clusterDir, port, isPortTaken), new Error(outcome));
  }
}

/** The server once it is ready, or what it said before it ended. */
async function launchOn(
  port: number,
  identity: Identity,
  options: LaunchOptions,
): Promise<Postmaster | string> {
  const { clusterDir, binaries, isDurable, major } = options;
  const logFile = `${clusterDir}.log`;
  const log = openSync(logFile, (await isLarge(logFile)) ? "w" : "a", 0o600);
  if (identity.uid !== undefined && identity.gid !== undefined)
    await chown(logFile, identity.uid, identity.gid);
  const { size: logStart } = await stat(logFile);
  const [command = "", ...args] = [...identity.prefix, binaries.postgres, "-D", clusterDir];
  const child = spawn(command, [...args, ...serverSettings(port, isDurable, major)], {
    ...ids(identity),
    cwd: "/",
    // A session of its own, so that Ctrl-C reaches this process alone, which then stops the server in its order.
    detached: true,
    stdio: ["ignore", log, log],
    env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
  });
  closeSync(log);
  child.unref();
  const ended = new Promise<true>((done) => {
    child.once("exit", () => done(true));
    child.once("error", () => done(true));
  });
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    const found = await readPostmaster(clusterDir);
    if (found?.pid === child.pid && found?.isReady) return found;
    if (await Promise.race([ended, sleep(5, false)]))
      return (await readFile(logFile, "utf8")).slice(logStart);
  }
  if (child.pid !== undefined) await stopPostmaster(child.pid, 1000);
  return "The server did not become ready in time.";
}

function adviceFor(said: string, clusterDir: string, port: number, isPortTaken: boolean): string {
  if (isPortTaken) return `Port ${port} is in use: choose another for the embedded database.`;
  if (/No space left/i.test(said)) return `The disk is full: free space for ${clusterDir} and start again.`;
  return `The embedded database does not start: see ${clusterDir}.log, or set DATABASE_URL to a server of your own.`;
}

async function isLarge(path: string): Promise<boolean> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  return size > 10_000_000;
}

async function freePort(): Promise<number> {
  const { promise, resolve: done, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.once("error", reject);
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    server.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
  });
  return promise;
}
