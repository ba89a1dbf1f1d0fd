import { ConfigError, readConfig } from "./engine/config/config.ts";
import { describe } from "./engine/platform/log.ts";
import { pickShell } from "./pick-shell.ts";
import { runKiosk } from "./run-kiosk.ts";
import { canRunInElectron, runInElectron } from "./shells/electron-launch.ts";

// npm run kiosk: one screen on this machine.
try {
  const argv = process.argv.slice(2);
  const config = readConfig(argv, process.env);
  const { shell } = config;
  if (shell === "electron" || (shell === "auto" && canRunInElectron())) {
    process.exit(await runInElectron(argv, process.getuid?.() === 0));
  }
  await runKiosk(config, pickShell(shell, process.env));
} catch (error) {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : `The kiosk cannot run: ${describe(error)}`}\n`,
  );
  process.exit(error instanceof ConfigError ? 2 : 1);
}
