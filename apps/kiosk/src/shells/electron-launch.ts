import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const APP = join(import.meta.dirname, "../../dist/electron/main.js");
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * The Electron binary of this machine: that in `ELECTRON_OVERRIDE_DIST_PATH`, else the package's own. Undefined
 * where it was never fetched (the package brings none).
 */
export function findElectron(): string | undefined {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return existsSync(join(override, "electron")) ? join(override, "electron") : undefined;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve("electron/package.json"));
    const path = join(folder, "dist", readFileSync(join(folder, "path.txt"), "utf8").trim());
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Whether binary and built app are both there. */
export function canRunInElectron(): boolean {
  return findElectron() !== undefined && existsSync(APP);
}

/**
 * Runs the kiosk as an Electron app with these options and resolves with its exit code. Signals are passed on.
 * Rejects, with what to do, when the binary or the built app is missing.
 */
export async function runInElectron(argv: readonly string[], isRoot: boolean): Promise<number> {
  const electron = findElectron();
  if (electron === undefined) {
    throw new Error(
      "Electron's binary is not on this machine. Fetch it with `npx install-electron --no`, or use --shell chromium.",
    );
  }
  if (!existsSync(APP))
    throw new Error(`The Electron app is not built: ${APP} is missing. Run npm run build.`);
  // Chromium refuses its sandbox as root.
  const switches = isRoot ? ["--no-sandbox"] : [];
  const child = spawn(electron, [...switches, APP, "--", ...argv], { stdio: "inherit" });
  const passOn = SIGNALS.map((signal) => [signal, () => child.kill(signal)] as const);
  for (const [signal, listener] of passOn) process.on(signal, listener);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve(code ?? (signal === null ? 0 : 1)));
    });
  } finally {
    for (const [signal, listener] of passOn) process.off(signal, listener);
  }
}
