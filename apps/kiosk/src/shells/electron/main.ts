import { join } from "node:path";
import { app, Menu } from "electron/main";
import { ConfigError, readConfig } from "../../engine/config/config.ts";
import { describe } from "../../engine/platform/log.ts";
import { runKiosk } from "../../run-kiosk.ts";
import { withCurtain } from "../curtain/curtained-shell.ts";
import { findCurtain } from "../curtain/find-curtain.ts";
import { createElectronShell } from "./electron-shell.ts";
import { kioskArguments } from "./kiosk-arguments.ts";
import { registerStageScheme } from "./stage-protocol.ts";

// The kiosk as an Electron app: engine, stage and window in one program. All of this has to come before the app is ready.
const SWITCHES = [
  "disable-background-networking",
  "disable-component-update",
  "disable-sync",
  "disable-domain-reliability",
  "disable-background-timer-throttling",
  "disable-backgrounding-occluded-windows",
  "disable-renderer-backgrounding",
  "disable-pinch",
  "no-pings",
];
for (const name of SWITCHES) app.commandLine.appendSwitch(name);
app.commandLine.appendSwitch("autoplay-policy", "no-user-gesture-required");
app.enableSandbox();
registerStageScheme();
Menu.setApplicationMenu(null);

// Closing and opening the window again is the watchdog's way to recover, not the end.
app.on("window-all-closed", () => undefined);

// Electron is ready only after this module has been evaluated, so it must not wait for that here.
app
  .whenReady()
  .then(start)
  .catch((error: unknown) => {
    const isUsage = error instanceof ConfigError;
    process.stderr.write(`${isUsage ? error.message : `The kiosk cannot run: ${describe(error)}`}\n`);
    app.exit(isUsage ? 2 : 1);
  });

async function start(): Promise<void> {
  const config = readConfig(kioskArguments(process.argv, app.isPackaged), process.env);
  const shell = createElectronShell({
    stageFolder: join(import.meta.dirname, "../stage"),
    preloadPath: join(import.meta.dirname, "preload.cjs"),
  });
  await runKiosk(
    config,
    withCurtain(shell, () => findCurtain(process.env)),
  );
}
