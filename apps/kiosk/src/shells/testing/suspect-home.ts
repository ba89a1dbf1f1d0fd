import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Display, startDisplay } from "@vitrine/harness/glass";
import type { FromStage } from "../../shared/messages.ts";
import { type MediaFolder, makeMediaFolder } from "../../testing/media-folder.ts";

/** Programs that a browser starts for what it does not show itself. */
const HELPERS = ["xdg-open", "xdg-email", "gio", "kde-open", "xdg-settings"];

/**
 * What is around a shell under trial: a display, a picture, and a home of its own, where whatever is downloaded and
 * whichever program of the machine is started can be found.
 */
export interface SuspectHome extends AsyncDisposable {
  display: Display;
  folder: MediaFolder;
  greenSha256: string;
  dataFolder: string;
  env: Record<string, string>;
  /** Resolves when the stage is ready. */
  readonly ready: Promise<void>;
  takeMessage(message: FromStage): void;
  takeTrouble(text: string): void;
  /** From now on what is in the home belongs there. */
  takeStock(): Promise<void>;
  takeTroubles(): Promise<readonly string[]>;
}

export async function makeSuspectHome(): Promise<SuspectHome> {
  const home = await mkdtemp(join(tmpdir(), "vitrine-escape-"));
  const started = join(home, "started");
  await mkdir(join(home, "bin"));
  for (const name of HELPERS) {
    await writeFile(join(home, "bin", name), `#!/bin/sh\necho "$0 $*" >>'${started}'\n`);
    await chmod(join(home, "bin", name), 0o755);
  }
  const [display, folder] = await Promise.all([startDisplay(1280, 720), makeMediaFolder()]);
  const { promise: ready, resolve: onReady } = Promise.withResolvers<void>();
  const troubles: string[] = [];
  let known = new Set<string>();
  return {
    display,
    folder,
    // As large as its half of the glass.
    greenSha256: await folder.addImage("lime", 640, 720),
    dataFolder: join(home, "data"),
    env: {
      ...Object.fromEntries(
        Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
      ...{ DISPLAY: display.name, HOME: home, XDG_DOWNLOAD_DIR: join(home, "Downloads") },
      PATH: `${join(home, "bin")}${delimiter}${process.env.PATH}`,
    },
    ready,
    takeMessage(message) {
      if (message.kind === "ready") onReady();
      if (message.kind === "refused") troubles.push("The page spoke to us in the stage's name");
      const isGreenLost = message.kind === "failed" && message.zoneId === "right";
      if (isGreenLost || message.kind === "trouble") troubles.push(`The stage failed: ${message.text}`);
    },
    takeTrouble: (text) => void troubles.push(text),
    async takeStock() {
      known = new Set(await readdir(home));
    },
    async takeTroubles() {
      const found = (await readdir(home)).filter((name) => !known.has(name) && !name.startsWith("."));
      return [...troubles.splice(0), ...found.map((name) => `Something came upon the disk: ${name}`)];
    },
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]();
      await display[Symbol.asyncDispose]();
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
