import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

// npm run kiosk: a screen on this machine. Builds the page on the glass if it is not up to date, then runs the kiosk
// in this same process, so that signals and output are its own.
const root = resolve(import.meta.dirname, "..");
const kiosk = join(root, "apps/kiosk");
const SOURCES = ["src/stage", "src/shared", "vite.stage.config.ts"];

if (!process.argv.join(" ").includes("--shell none") && !isBuilt()) build();
await import("../apps/kiosk/src/main.ts");

function isBuilt(): boolean {
  const builtAtMs = statSync(join(kiosk, "dist/stage/index.html"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return SOURCES.every((path) => newestMs(join(kiosk, path)) <= builtAtMs);
}

function newestMs(path: string): number {
  const facts = statSync(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

function build(): void {
  process.stdout.write("Building the page on the glass …\n");
  const result = spawnSync(
    "turbo",
    ["run", "build", "--filter=@vitrine/kiosk", "--output-logs=errors-only"],
    {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", FORCE_COLOR: "0" },
    },
  );
  if (result.status === 0) return;
  process.stderr.write(
    `${result.stdout ?? ""}${result.stderr ?? ""}\nThe page could not be built; see above.\n`,
  );
  process.exit(1);
}
