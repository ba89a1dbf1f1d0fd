import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { text } from "node:stream/consumers";
import type { JsonTestResults } from "vitest/node";

const root = resolve(import.meta.dirname, "..");

/** How many checks or tests went which way, and the first words of each that failed. */
export type Sum = { passed: number; failed: number; skipped: number; failures: readonly string[] };

/** One command that says by its exit code whether all is well. */
export type Check = readonly [name: string, command: string, args: readonly string[]];

/** Runs checks side by side, for not one of them keeps all cores busy; shows what each said when it has ended. */
export function runChecks(checks: readonly Check[]): Promise<Sum[]> {
  return Promise.all(checks.map(runCheck));
}

async function runCheck([name, command, args]: Check): Promise<Sum> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: environment(),
  });
  const [[code], ...said] = await Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
  announce(name);
  process.stdout.write(said.join(""));
  return code === 0 ? { passed: 1, failed: 0, skipped: 0, failures: [] } : failed(name);
}

/** Runs vitest over some projects of the root's configuration and counts their tests, files that did not load too. */
export function runTests(name: string, projects: readonly string[], args: readonly string[] = []): Sum {
  announce(name);
  const folder = mkdtempSync(join(tmpdir(), "vitrine-tests-"));
  const report = join(folder, "report.json");
  const selected = projects.flatMap((project) => ["--project", project]);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const result = spawnSync("vitest", ["run", ...selected, ...reporters, ...args], {
    cwd: root,
    stdio: "inherit",
    env: environment(),
  });
  const sum = readReport(report) ?? failed(`${name}: no report`);
  rmSync(folder, { recursive: true, force: true });
  if (result.status !== 0 && sum.failed === 0)
    return { ...sum, failed: 1, failures: [...sum.failures, `${name}: ended with ${result.status}`] };
  return sum;
}

/** Adds sums up: what failed once more, and the counts as the last line; the exit code is 1 when anything failed. */
export function conclude(sums: readonly Sum[]): never {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const sum of sums) {
    total.passed += sum.passed;
    total.failed += sum.failed;
    total.skipped += sum.skipped;
  }
  for (const failure of sums.flatMap(({ failures }) => failures))
    process.stdout.write(`\nFAILED ${failure}\n`);
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  process.exit(total.failed === 0 ? 0 : 1);
}

function failed(name: string): Sum {
  return { passed: 0, failed: 1, skipped: 0, failures: [name] };
}

/** What vitest's JSON report says of the tests; undefined when there is none, or none that is whole. */
function readReport(path: string): Sum | undefined {
  try {
    const report: JsonTestResults = JSON.parse(readFileSync(path, "utf8"));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
      failures: report.testResults.flatMap(failuresOf),
    };
  } catch {
    return undefined;
  }
}

const WORDS = 600;

function failuresOf({ name, message, assertionResults }: JsonTestResults["testResults"][number]): string[] {
  const file = relative(root, name);
  const ofTests = assertionResults
    .filter(({ status }) => status === "failed")
    .map(
      ({ fullName, failureMessages }) =>
        `${file}: ${fullName}\n${(failureMessages ?? []).join("\n").slice(0, WORDS)}`,
    );
  return message === "" ? ofTests : [...ofTests, `${file}\n${message.slice(0, WORDS)}`];
}

function announce(name: string): void {
  process.stdout.write(`\n== ${name}\n`);
}

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: "1",
    NODE_OPTIONS: "--disable-warning=ExperimentalWarning",
    // Tests start some two hundred processes of ours; what Node made of our sources once serves them all.
    NODE_COMPILE_CACHE: join(root, "node_modules/.cache/node-compile"),
  };
}
