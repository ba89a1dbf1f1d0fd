import { execFile } from "node:child_process";
import { readFile, readlink, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { EmbeddedError } from "./errors.ts";

const exec = promisify(execFile);

/** A server process as its `postmaster.pid` describes it. */
export interface Postmaster {
  pid: number;
  port: number;
  isReady: boolean;
}

/** What `postmaster.pid` says; undefined when there is none or it is still being written. */
export async function readPostmaster(clusterDir: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(clusterDir, "postmaster.pid"), "utf8").catch(() => "");
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), isReady: (lines[7] ?? "").trim() === "ready" };
}

/**
 * The server that still runs on the cluster, left by a process that was killed; undefined when there is none. A
 * stale file, whose number is no process or another program by now, is removed.
 */
export async function findOrphan(clusterDir: string): Promise<Postmaster | undefined> {
  const found = await readPostmaster(clusterDir);
  if (found === undefined) return undefined;
  if ((await isRunning(found.pid)) && (await isServerOf(found.pid, clusterDir))) return found;
  await rm(join(clusterDir, "postmaster.pid"), { force: true });
  return undefined;
}

/** Stops a server: fast (open transactions are rolled back), after `patienceMs` at once (recovered at the next start). */
export async function stopPostmaster(pid: number, patienceMs: number): Promise<void> {
  for (const [signal, waitMs] of [
    ["SIGINT", patienceMs],
    ["SIGQUIT", 5000],
  ] as const) {
    if (!sendSignal(pid, signal)) return;
    if (await untilGone(pid, waitMs)) return;
  }
  throw new EmbeddedError(
    `The embedded database (process ${pid}) does not stop: end that process and start again.`,
  );
}

/** Whether a process with this number runs. One that has ended and that nobody has asked about does not. */
export async function isRunning(pid: number): Promise<boolean> {
  if (!sendSignal(pid, 0)) return false;
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return !/\) Z /.test(stat);
}

async function untilGone(pid: number, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  while (performance.now() < deadline) {
    if (!(await isRunning(pid))) return true;
    await sleep(10);
  }
  return false;
}

/** A postmaster's working directory is its cluster; without `/proc` its command line names it. */
async function isServerOf(pid: number, clusterDir: string): Promise<boolean> {
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (folder !== undefined) return folder === clusterDir;
  const { stdout } = await exec("ps", ["-p", String(pid), "-o", "command="]).catch(() => ({ stdout: "" }));
  return stdout.includes("postgres") && stdout.includes(clusterDir);
}

function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
