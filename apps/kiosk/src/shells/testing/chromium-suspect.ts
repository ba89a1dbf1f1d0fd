import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { startDisplay } from "@vitrine/harness/glass";
import type { FromStage } from "../../shared/messages.ts";
import { makeMediaFolder } from "../../testing/media-folder.ts";
import { STAGE_FOLDER } from "../../testing/stage-page.ts";
import { createChromiumShell } from "../chromium/chromium-shell.ts";
import type { Suspect } from "./escape-run.ts";
import { listListening } from "./listening.ts";

/** Programs that a browser starts for what it does not show itself. */
const HELPERS = ["xdg-open", "xdg-email", "gio", "kde-open", "xdg-settings"];

/**
 * The Chromium shell, full-screen on a display, in a home of its own: what is downloaded, and which program of the
 * machine is started, is found there.
 */
export async function openChromiumSuspect(): Promise<Suspect & AsyncDisposable> {
  const home = await mkdtemp(join(tmpdir(), "vitrine-escape-"));
  const started = join(home, "started");
  await mkdir(join(home, "bin"));
  for (const name of HELPERS) {
    await writeFile(join(home, "bin", name), `#!/bin/sh\necho "$0 $*" >>'${started}'\n`);
    await chmod(join(home, "bin", name), 0o755);
  }
  const [display, folder] = await Promise.all([startDisplay(1280, 720), makeMediaFolder()]);
  const greenSha256 = await folder.addImage("lime", 640, 720);
  const shell = createChromiumShell({
    stageFolder: STAGE_FOLDER,
    env: {
      ...process.env,
      ...{ DISPLAY: display.name, HOME: home, XDG_DOWNLOAD_DIR: join(home, "Downloads") },
      PATH: `${join(home, "bin")}${delimiter}${process.env.PATH}`,
    },
    isRoot: process.getuid?.() === 0,
  });
  const troubles: string[] = [];
  const { promise: ready, resolve: onReady } = Promise.withResolvers<void>();
  const onMessage = (message: FromStage) => {
    if (message.kind === "ready") onReady();
    if (message.kind === "refused") troubles.push("The page spoke to us in the stage's name");
    const isGreenLost = message.kind === "failed" && message.zoneId === "right";
    if (isGreenLost || message.kind === "trouble") troubles.push(`The stage failed: ${message.text}`);
  };
  shell.setPrivateHosts(["127.0.0.1"]);
  const dataFolder = join(home, "data");
  await shell.open(
    { media: folder, window: { kind: "fullscreen" }, dataFolder },
    {
      onMessage,
      onCrash: ({ kind, text }) => void troubles.push(`${kind} crashed: ${text}`),
      onClosed: () => void troubles.push("The window was closed"),
    },
    AbortSignal.timeout(30_000),
  );
  await ready;
  const known = new Set(await readdir(home));

  return {
    display,
    greenSha256,
    show: (plan) => shell.send(plan),
    async takeTroubles() {
      const found = (await readdir(home)).filter((name) => !known.has(name) && !name.startsWith("."));
      return [...troubles.splice(0), ...found.map((name) => `Something came upon the disk: ${name}`)];
    },
    listPorts: () => listListening(dataFolder),
    async [Symbol.asyncDispose]() {
      await shell[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
      await display[Symbol.asyncDispose]();
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
