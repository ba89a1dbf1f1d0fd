import { constants } from "node:fs";
import { access, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import packageJson from "../package.json" with { type: "json" };
import { createEngine, type Engine } from "./engine/engine.ts";
import type { EngineDeps } from "./engine/engine-deps.ts";
import { createMachineFacts } from "./engine/health/machine-facts.ts";
import { systemClock } from "./engine/platform/clock.ts";
import { openDiskFileStore } from "./engine/platform/disk-file-store.ts";
import { systemNetwork } from "./engine/platform/network.ts";
import { systemRandom } from "./engine/platform/random.ts";
import { orderWipe } from "./engine/wipe.ts";

/** What differs between the screens of one machine. */
export type ScreenParts = Pick<
  EngineDeps,
  | "shell"
  | "log"
  | "timelines"
  | "serverUrl"
  | "window"
  | "volumePercent"
  | "display"
  | "updater"
  | "power"
  | "allowedHosts"
  | "ownHosts"
  | "readLog"
  | "cacheLimitBytes"
  | "onLife"
  | "onClosed"
> & { dataFolder: string; forget?: boolean };

/** Screens in one process stand on the same machine: it is asked once for all of them. */
const machine = createMachineFacts();
const RESERVE_BYTES = 64 * 1024 * 1024;

/** An engine on this machine's clock, disk and network. */
export async function composeEngine({ dataFolder, forget = false, ...parts }: ScreenParts): Promise<Engine> {
  const files = await openDiskFileStore(dataFolder);
  if (forget) await orderWipe(files);
  return await createEngine({
    ...parts,
    clock: systemClock,
    random: systemRandom,
    files,
    network: systemNetwork,
    machine,
    appVersion: packageJson.version,
    shellFolder: await shellFolderOf(dataFolder),
    reserveBytes: RESERVE_BYTES,
  });
}

/** A browser needs a folder that it can write, even where the data folder cannot be written. */
async function shellFolderOf(dataFolder: string): Promise<string> {
  try {
    await access(dataFolder, constants.W_OK);
    return join(dataFolder, "shell");
  } catch {
    return await mkdtemp(join(tmpdir(), "vitrine-shell-"));
  }
}
