import { constants } from "node:fs";
import { access, mkdir, readdir, rm, stat, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError } from "../engine/config/config.ts";
import { lockDataFolder } from "../engine/config/data-lock.ts";
import { describe } from "../engine/platform/log.ts";
import { bad, type Finding, ok, warn } from "./finding.ts";

const GIGABYTE = 1e9;
const SECRETS = ["identity.json", "credential.json", "ticket.json"];

/** Looks at the data folder: whether it can be written, has room, is in use, and keeps its secrets. */
export async function checkDisk(folder: string): Promise<Finding[]> {
  const written = await checkWritable(folder);
  if (written.verdict === "bad") return [written];
  return [written, await checkRoom(folder), await checkLock(folder), await checkPermissions(folder)];
}

async function checkWritable(folder: string): Promise<Finding> {
  const probe = join(folder, `doctor-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(probe, "written by the doctor", { flag: "wx", mode: 0o600 });
    return ok("data folder", `${folder} can be written`);
  } catch (error) {
    return bad(
      "data folder",
      `${folder} cannot be written: ${describe(error)}`,
      "Give the folder to the user who runs the player, or look whether the disk is read-only or full.",
    );
  } finally {
    await rm(probe, { force: true }).catch(() => {});
  }
}

async function checkRoom(folder: string): Promise<Finding> {
  const { bavail, blocks, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  const text = `${(freeBytes / GIGABYTE).toFixed(1)} of ${((blocks * bsize) / GIGABYTE).toFixed(1)} GB are free`;
  const advice = "Make room: the player keeps its content on this disk.";
  if (freeBytes < 0.2 * GIGABYTE) return bad("disk", text, advice);
  return freeBytes < GIGABYTE ? warn("disk", text, advice) : ok("disk", text);
}

async function checkLock(folder: string): Promise<Finding> {
  try {
    await using _lock = await lockDataFolder(folder);
    return ok("running", "no player runs on this folder now");
  } catch (error) {
    if (error instanceof ConfigError) return ok("running", "a player runs on this folder now");
    return bad(
      "running",
      `the folder cannot be locked: ${describe(error)}`,
      "Start the player as another user.",
    );
  }
}

async function checkPermissions(folder: string): Promise<Finding> {
  const names = (await readdir(folder)).filter((name) => SECRETS.includes(name));
  const open: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) open.push(name);
    const isReadable = await access(path, constants.R_OK).then(
      () => true,
      () => false,
    );
    if (!isReadable)
      return bad("permissions", `${path} cannot be read`, `Run: chown -R "$(whoami)" ${folder}`);
  }
  if (open.length === 0)
    return ok(
      "permissions",
      names.length === 0 ? "nothing is kept here yet" : "secrets are this user's alone",
    );
  const advice = `Run: chmod 600 ${open.map((name) => join(folder, name)).join(" ")}`;
  return warn("permissions", `others may read ${open.join(", ")}`, advice);
}
