import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { FAULT_KINDS, type PlannedFault } from "../apps/kiosk/src/engine/simulation/faults.ts";
import type { Violation } from "../apps/kiosk/src/engine/simulation/judge.ts";
import { createSeedKit, runSeed } from "../apps/kiosk/src/engine/simulation/run-seed.ts";

// npm run simulation: lives VITRINE_SEEDS screens' lives (10,000), each with generated faults, and says which of
// the rules I1 to I5 were broken. With `-- --seed N`: that one alone, with its log and the fewest faults that break it.
type Told =
  | { kind: "unforeseen"; text: string }
  | {
      kind: "seed";
      seed: number;
      kinds: string[];
      violations: Violation[];
      shown: number;
      delivered: number;
      excused: number;
      looks: number;
      boots: number;
      passedMs: number;
    };

const { values } = parseArgs({ options: { seed: { type: "string" } } });
if (values.seed === undefined) await runMany(Number(process.env.VITRINE_SEEDS ?? 10_000));
else await runOne(Number(values.seed));

async function runMany(count: number): Promise<void> {
  const startedMs = performance.now();
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  process.stdout.write(`Simulation of the kiosk's engine, commit ${commit}, seeds 1 to ${count}\n`);
  const sums = { seeds: 0, shown: 0, delivered: 0, excused: 0, looks: 0, boots: 0, passedMs: 0 };
  const byKind = new Map<string, number>(FAULT_KINDS.map((kind) => [kind, 0]));
  const broken: { seed: number; violation: Violation }[] = [];
  let unforeseen = 0;
  const hear = (told: Told) => {
    if (told.kind === "unforeseen") {
      unforeseen += 1;
      process.stdout.write(`Unforeseen: ${told.text}\n`);
      return;
    }
    sums.seeds += 1;
    for (const name of ["shown", "delivered", "excused", "looks", "boots", "passedMs"] as const)
      sums[name] += told[name];
    for (const kind of told.kinds) byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
    const [violation] = told.violations;
    if (!violation) return;
    broken.push({ seed: told.seed, violation });
    process.stdout.write(
      `Seed ${told.seed}: ${violation.rule} at ${violation.atMs} ms, ${violation.text}\n  npm run simulation -- --seed ${told.seed}\n`,
    );
  };
  const lanes = Math.min(availableParallelism(), 8);
  await Promise.all(
    Array.from({ length: lanes }, (_, lane) => work({ first: lane + 1, last: count, step: lanes }, hear)),
  );
  for (const [kind, times] of byKind) process.stdout.write(`fault ${kind.padEnd(22)} ${times}\n`);
  const line = (name: string, value: number | string) =>
    process.stdout.write(`${name.padEnd(40)} ${value}\n`);
  line("seeds", sums.seeds);
  line(
    "faults",
    [...byKind.values()].reduce((sum, one) => sum + one, 0),
  );
  line("simulated hours", (sums.passedMs / 3_600_000).toFixed(1));
  line("starts of the kiosk", sums.boots);
  line("looks at the glass with nothing wrong", sums.looks);
  line("showings", sums.shown);
  line("plays counted by the server", sums.delivered);
  line("showings lost with unsynced bytes", sums.excused);
  for (const rule of ["I1", "I2", "I3", "I4", "I5"])
    line(
      `seeds in which ${rule} was broken first`,
      broken.filter(({ violation }) => violation.rule === rule).length,
    );
  line("unforeseen failures", unforeseen);
  line("seconds taken", ((performance.now() - startedMs) / 1000).toFixed(0));
  const isGood = broken.length === 0 && unforeseen === 0 && sums.seeds === count;
  process.stdout.write(
    isGood ? "Violations 0: every rule held in every seed\n" : `Violations in ${broken.length} seeds\n`,
  );
  process.exit(isGood ? 0 : 1);
}

function work(
  workerData: { first: number; last: number; step: number },
  hear: (told: Told) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const url = new URL("../apps/kiosk/src/engine/simulation/seeds-worker.ts", import.meta.url);
    const worker = new Worker(url, { workerData });
    worker.on("message", hear);
    worker.on("error", reject);
    worker.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`A worker ended with ${code}`))));
  });
}

async function runOne(seed: number): Promise<void> {
  process.on("unhandledRejection", (reason) => process.stdout.write(`Unforeseen: ${String(reason)}\n`));
  const kit = createSeedKit();
  const whole = await runSeed(seed, { ...kit, log: (text) => process.stdout.write(text) });
  const [first] = whole.violations;
  let faults: readonly PlannedFault[] = whole.faults;
  for (const fault of first ? whole.faults : []) {
    const fewer = faults.filter((one) => one !== fault);
    const { violations } = await runSeed(seed, { ...kit, faults: fewer });
    if (violations.some(({ rule }) => rule === first?.rule)) faults = fewer;
  }
  for (const { kind, atMs, lengthMs } of faults)
    process.stdout.write(`fault ${kind} at ${atMs} ms for ${lengthMs} ms\n`);
  for (const { rule, atMs, text } of whole.violations)
    process.stdout.write(`${rule} at ${atMs} ms: ${text}\n`);
  process.stdout.write(`Seed ${seed}: ${whole.violations.length} violations\n`);
  process.exit(first ? 1 : 0);
}
