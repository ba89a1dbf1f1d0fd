import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Binaries } from "./binaries.ts";
import { EmbeddedError } from "./errors.ts";
import type { Identity } from "./identity.ts";

const exec = promisify(execFile);

export interface ClusterOptions {
  clusterDir: string;
  superuserPassword: string;
  binaries: Binaries;
  identity: Identity;
  isDurable: boolean;
}

/** The major version that made the cluster; undefined when there is none. */
export async function clusterVersion(clusterDir: string): Promise<number | undefined> {
  try {
    return Number(await readFile(join(clusterDir, "PG_VERSION"), "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Makes the cluster: UTF-8, ordered by Unicode's rules wherever it runs, password wanted from everyone. It is made
 * beside its place and then moved there, so that a half-made one is never found.
 */
export async function makeCluster(options: ClusterOptions): Promise<void> {
  const { clusterDir, identity } = options;
  const parent = dirname(clusterDir);
  await mkdir(parent, { recursive: true });
  await removeHalfMade(clusterDir);
  const making = join(parent, `${basename(clusterDir)}.making-${randomBytes(4).toString("hex")}`);
  const passwordFile = `${making}.password`;
  await mkdir(making, { mode: 0o700 });
  await writeFile(passwordFile, `${options.superuserPassword}\n`, { mode: 0o600 });
  if (identity.uid !== undefined && identity.gid !== undefined) {
    await chown(making, identity.uid, identity.gid);
    await chown(passwordFile, identity.uid, identity.gid);
  }
  try {
    await runInitdb(options, making, passwordFile);
    await rename(making, clusterDir);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw new EmbeddedError(
      `The embedded database could not be made in ${clusterDir}: check free space and permissions, or set DATABASE_URL.`,
      error,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function runInitdb(
  { binaries, identity, isDurable }: ClusterOptions,
  folder: string,
  passwordFile: string,
) {
  const [command = "", ...args] = [
    ...identity.prefix,
    binaries.initdb,
    `--pgdata=${folder}`,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=icu",
    "--icu-locale=und",
    ...(isDurable ? [] : ["--no-sync"]),
  ];
  await exec(command, args, { ...ids(identity), cwd: "/", timeout: 120_000 });
}

async function removeHalfMade(clusterDir: string): Promise<void> {
  const parent = dirname(clusterDir);
  const left = (await readdir(parent)).filter((name) => name.startsWith(`${basename(clusterDir)}.making-`));
  await Promise.all(left.map((name) => rm(join(parent, name), { recursive: true, force: true })));
}

/** The user and group of a process, in the words of `child_process`. */
export function ids({ uid, gid }: Identity): { uid?: number; gid?: number } {
  return { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) };
}
