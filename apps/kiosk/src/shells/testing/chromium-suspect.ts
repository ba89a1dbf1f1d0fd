import { STAGE_FOLDER } from "../../testing/stage-page.ts";
import { createChromiumShell } from "../chromium/chromium-shell.ts";
import type { Suspect } from "./escape-run.ts";
import { listListening } from "./listening.ts";
import { makeSuspectHome } from "./suspect-home.ts";

/** The Chromium shell, full-screen on a display of its own. */
export async function openChromiumSuspect(): Promise<Suspect & AsyncDisposable> {
  const home = await makeSuspectHome();
  const isRoot = process.getuid?.() === 0;
  const shell = createChromiumShell({ stageFolder: STAGE_FOLDER, env: home.env, isRoot });
  shell.setPrivateHosts(["127.0.0.1"]);
  await shell.open(
    { media: home.folder, window: { kind: "fullscreen" }, dataFolder: home.dataFolder },
    {
      onMessage: home.takeMessage,
      onCrash: ({ kind, text }) => home.takeTrouble(`${kind} crashed: ${text}`),
      onClosed: () => home.takeTrouble("The window was closed"),
    },
    AbortSignal.timeout(30_000),
  );
  await home.ready;
  await home.takeStock();
  return {
    display: home.display,
    greenSha256: home.greenSha256,
    show: (plan) => shell.send(plan),
    takeTroubles: home.takeTroubles,
    listPorts: () => listListening(home.dataFolder),
    async [Symbol.asyncDispose]() {
      await shell[Symbol.asyncDispose]();
      await home[Symbol.asyncDispose]();
    },
  };
}
