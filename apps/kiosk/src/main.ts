import { runDoctor } from "./doctor/doctor.ts";
import { ConfigError, readConfig } from "./engine/config/config.ts";
import { describe } from "./engine/platform/log.ts";
import { pickShell } from "./pick-shell.ts";
import { runKiosk } from "./run-kiosk.ts";
import { canRunInElectron, runInElectron } from "./shells/electron-launch.ts";

// npm run kiosk: one screen on this machine, or a look at whether this machine can be one.
try {
  const argv = process.argv.slice(2);
  if (argv[0] === "doctor")
    process.exit(await runDoctor(argv.slice(1), process.env, (text) => process.stdout.write(text)));
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
