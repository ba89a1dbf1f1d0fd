import { readFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../engine/platform/clock.ts";
import { createLog } from "../../engine/platform/log.ts";
import { systemRandom } from "../../engine/platform/random.ts";
import { RESTART_EXIT_CODE } from "../../machine/power.ts";
import { createUpdater } from "../updater.ts";

// A player of which only the updater is real: its version's folder says how it fares. Told by lines of JSON.
const folder = process.argv[2] ?? "";
const { version, fate } = JSON.parse(readFileSync(join(folder, "fate.json"), "utf8"));
const tell = (what: object) => process.stdout.write(`${JSON.stringify({ player: version, ...what })}\n`);

if (fate === "crashes") {
  tell({ event: "crash" });
  process.exit(1);
}
const updater = createUpdater({
  installFolder: process.env.VITRINE_INSTALL,
  source: JSON.parse(process.env.UPDATE_SOURCE ?? "null") ?? undefined,
  version,
  arch: "x64",
  clock: systemClock,
  random: systemRandom,
  network: { fetch: (url, init) => fetch(url, init) },
  log: createLog(systemClock, []),
  async restart() {
    await updater[Symbol.asyncDispose]();
    process.exit(RESTART_EXIT_CODE);
  },
});
await updater.start(() => tell({ event: "report", ...updater.report() }), new AbortController().signal);
process.on("SIGUSR2", () => {
  updater
    .update(new AbortController().signal)
    .then(() => tell({ event: "looked", ...updater.report() }))
    .catch((error: unknown) => tell({ event: "failed", text: String(error), ...updater.report() }));
});
process.on("SIGTERM", () => process.exit(0));
tell({ event: "started", ...updater.report() });
if (fate === "plays") updater.onHealthy();
setInterval(() => undefined, 1000);
