import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { STAGE_FOLDER } from "../../testing/stage-page.ts";
import type { DriverTask } from "../electron/testing/driver-task.ts";
import type { Suspect } from "./escape-run.ts";
import { listListening } from "./listening.ts";
import { makeSuspectHome } from "./suspect-home.ts";

const KIOSK = fileURLToPath(new URL("../../../", import.meta.url));
const DRIVER = fileURLToPath(new URL("../electron/testing/driver.ts", import.meta.url));

/** The Electron shell in this Electron, full-screen on a display of its own. */
export async function openElectronSuspect(executablePath: string): Promise<Suspect & AsyncDisposable> {
  const built = await mkdtemp(join(tmpdir(), "vitrine-driver-"));
  await buildDriver(built);
  const home = await makeSuspectHome();
  const green = await home.folder.findMedia(home.greenSha256);
  const task: DriverTask = {
    stageFolder: STAGE_FOLDER,
    preloadPath: join(built, "preload.cjs"),
    dataFolder: home.dataFolder,
    privateHosts: ["127.0.0.1"],
    media: green === undefined ? {} : { [home.greenSha256]: green },
  };
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const child = spawn(executablePath, [...sandbox, join(built, "main.js"), "--", JSON.stringify(task)], {
    env: home.env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { message, trouble } = JSON.parse(line);
    if (message !== undefined) home.takeMessage(message);
    if (trouble !== undefined) home.takeTrouble(trouble);
  });
  child.once("exit", (code) => home.takeTrouble(`Electron ended with code ${code}`));
  await home.ready;
  await home.takeStock();
  return {
    display: home.display,
    greenSha256: home.greenSha256,
    show: (plan) => void child.stdin.write(`${JSON.stringify(plan)}\n`),
    takeTroubles: home.takeTroubles,
    // Its own proxy is the one port that there is to be.
    listPorts: async () => (await listListening(home.dataFolder)).slice(1),
    async [Symbol.asyncDispose]() {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
      await home[Symbol.asyncDispose]();
      await rm(built, { recursive: true, force: true });
    },
  };
}

/** Driver and preload, bundled as main and preload of the app are. */
async function buildDriver(outDir: string): Promise<void> {
  const options = { outDir, emptyOutDir: false };
  await build({
    configFile: join(KIOSK, "vite.electron-main.config.ts"),
    logLevel: "error",
    build: { ...options, ssr: DRIVER },
  });
  await build({
    configFile: join(KIOSK, "vite.electron-preload.config.ts"),
    logLevel: "error",
    build: options,
  });
}
