import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

/**
 * Builds what a browser loads: dashboard and stage. Unchanged inputs are answered from the task cache in well under
 * a second. Exits the process with the builder's code when it fails.
 */
export function buildApps(): void {
  const result = spawnSync("turbo", ["run", "build", "--output-logs=errors-only", "--log-order=grouped"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", FORCE_COLOR: "0" },
  });
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ""}${result.stderr ?? ""}\nThe build failed; see above.\n`);
  process.exit(result.status ?? 1);
}
