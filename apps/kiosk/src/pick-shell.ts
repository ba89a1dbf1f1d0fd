import { join } from "node:path";
import type { KioskConfig } from "./engine/config/config.ts";
import { systemClock } from "./engine/platform/clock.ts";
import { createNoneShell } from "./fleet/none-shell.ts";
import type { Shell } from "./shared/shell.ts";
import { createChromiumShell } from "./shells/chromium/chromium-shell.ts";
import { withCurtain } from "./shells/curtain/curtained-shell.ts";
import { findCurtain } from "./shells/curtain/find-curtain.ts";

export const STAGE_FOLDER = join(import.meta.dirname, "../dist/stage");

/** The shell that was asked for, other than Electron, in which the whole kiosk runs; else a system Chromium. */
export function pickShell(
  wanted: Exclude<KioskConfig["shell"], "electron">,
  env: Readonly<Record<string, string | undefined>>,
): Shell {
  if (wanted === "none") return createNoneShell(systemClock);
  const shell = createChromiumShell({ stageFolder: STAGE_FOLDER, env, isRoot: process.getuid?.() === 0 });
  return withCurtain(shell, () => findCurtain(env));
}
