import { execFileSync, spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

// npm run two-worlds: what one organization sees with and without another, over VITRINE_SEQUENCES random sequences a
// seed (20), and VITRINE_CALLS calls a seed (12,000) against a plain model of who may do what. A fixed seed and a
// random one; with `-- --seed N` that one alone.
const { values } = parseArgs({ options: { seed: { type: "string" } } });
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
process.stdout.write(`Two worlds and who may do what, commit ${commit}\n`);
const startedMs = performance.now();
const { status } = spawnSync(
  "vitest",
  [
    "run",
    "two-worlds",
    "who-may",
    "as-random",
    "--project=api",
    "--no-file-parallelism",
    "--disable-console-intercept",
  ],
  {
    stdio: "inherit",
    env: {
      VITRINE_SEQUENCES: "20",
      VITRINE_CALLS: "12000",
      VITRINE_TIMING: "400",
      ...process.env,
      ...(values.seed === undefined ? {} : { VITRINE_SEED: values.seed }),
    },
  },
);
process.stdout.write(`seconds ${((performance.now() - startedMs) / 1000).toFixed(0)}\n`);
process.exitCode = status ?? 1;
