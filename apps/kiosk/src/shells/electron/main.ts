import { join } from "node:path";
import { app } from "electron/main";
import { runDoctor } from "../../doctor/doctor.ts";
import { ConfigError, readConfig } from "../../engine/config/config.ts";
import { describe } from "../../engine/platform/log.ts";
import { runKiosk } from "../../run-kiosk.ts";
import { withCurtain } from "../curtain/curtained-shell.ts";
import { findCurtain } from "../curtain/find-curtain.ts";
import { createElectronShell } from "./electron-shell.ts";
import { kioskArguments } from "./kiosk-arguments.ts";
import { prepareApp } from "./prepare-app.ts";

// The kiosk as an Electron app: engine, stage and window in one program.
prepareApp();

// Electron is ready only after this module has been evaluated, so it must not wait for that here.
app
  .whenReady()
  .then(start)
  .catch((error: unknown) => {
    const isUsage = error instanceof ConfigError;
    process.stderr.write(`${isUsage ? error.message : `The kiosk cannot run: ${describe(error)}`}\n`);
    app.exit(isUsage ? 2 : 1);
  });

/** Electron knows how it was started, and starts the same again. */
function startAnew(): void {
  app.relaunch();
  app.exit(0);
}

async function start(): Promise<void> {
  const argv = kioskArguments(process.argv, app.isPackaged);
  if (argv[0] === "doctor")
    return app.exit(await runDoctor(argv.slice(1), process.env, (text) => process.stdout.write(text)));
  const config = readConfig(argv, process.env);
  const shell = createElectronShell({
    stageFolder: join(import.meta.dirname, "../stage"),
    preloadPath: join(import.meta.dirname, "preload.cjs"),
  });
  await runKiosk(
    config,
    withCurtain(shell, () => findCurtain(process.env)),
    { startAnew },
  );
}
