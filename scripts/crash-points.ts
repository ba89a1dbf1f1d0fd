import { execFileSync } from "node:child_process";
import { type CrashReport, tryCrashes } from "../apps/kiosk/src/engine/simulation/crash-points.ts";
import { createSeedKit } from "../apps/kiosk/src/engine/simulation/run-seed.ts";
import { OPERATION_KINDS } from "../apps/kiosk/src/engine/simulation/virtual-disk.ts";

// npm run crash-points -- [every] [seed]: ends the engine before, in and after every operation of its disk over a
// whole story, and starts it again on what is left. `every` 10: only each tenth.
const every = Number(process.argv[2] ?? 1);
const seed = Number(process.argv[3] ?? 1);
const startedMs = performance.now();
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
process.stdout.write(`Crash points of the kiosk's engine, commit ${commit}, seed ${seed}\n`);
const kit = createSeedKit();
/** The story is told anew for each part, so that not all of its worlds are held at once. */
const PARTS = 32;
const sum = { operations: 0, crashes: 0, lost: 0, doubled: 0, excused: 0, faults: 0 };
const byKind = new Map<string, number>(OPERATION_KINDS.map((kind) => [kind, 0]));
let story: CrashReport["story"] = { operations: 0 };
let unforeseen = 0;
process.on("unhandledRejection", (reason) => {
  unforeseen += 1;
  process.stdout.write(`Unforeseen: ${String(reason)}\n`);
});
for (let part = 0; part < PARTS; part += 1) {
  const isTried = (number: number) => number % every === 0 && Math.floor(number / every) % PARTS === part;
  const report = await tryCrashes({ kit, seed, isTried });
  story = report.story;
  for (const name of ["operations", "lost", "doubled", "excused"] as const) sum[name] += report[name];
  for (const [kind, crashes] of report.crashes) {
    byKind.set(kind, (byKind.get(kind) ?? 0) + crashes);
    sum.crashes += crashes;
  }
  sum.faults += report.faults.length;
  for (const { point, chapter, moment, operation, ending, text } of report.faults)
    process.stdout.write(
      `Fault: ${text} (${chapter}: ${ending} ${moment} operation ${point}, ${operation})\n`,
    );
}
const line = (name: string, value: number | string) => process.stdout.write(`${name.padEnd(44)} ${value}\n`);
for (const [kind, crashes] of byKind) line(`crashes at ${kind}`, crashes);
line("operations of the disk in the story", story.operations);
line("operations tried", sum.operations);
line("crash points covered", sum.crashes);
line("plays lost", sum.lost);
line("plays doubled", sum.doubled);
line("showings lost with unsynced bytes", sum.excused);
line("seconds taken", ((performance.now() - startedMs) / 1000).toFixed(0));
const isGood = sum.faults === 0 && unforeseen === 0 && sum.crashes > 0;
process.stdout.write(
  isGood
    ? "Each time it started into one whole verified manifest\n"
    : `Faults at ${sum.faults} crash points\n`,
);
process.exit(isGood ? 0 : 1);
