import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";

const root = resolve(import.meta.dirname, "..");

/**
 * Builds what a browser loads: dashboard and stage. Unchanged inputs are answered from the task cache in well under
 * a second. Exits the process with the builder's code when it fails.
 */
export async function buildApps(): Promise<void> {
  const child = spawn("turbo", ["run", "build", "--output-logs=errors-only", "--log-order=grouped"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", FORCE_COLOR: "0" },
  });
  const [[code], ...said] = await Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
  if (code === 0) return;
  process.stderr.write(`${said.join("")}\nThe build failed; see above.\n`);
  process.exit(code ?? 1);
}
