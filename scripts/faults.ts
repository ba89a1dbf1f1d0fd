import { execFileSync } from "node:child_process";
import { cpus, release, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { LEGEND, TABLE_HEAD, toTableLine } from "../apps/kiosk/src/testing/faults/fault-table.ts";
import { FAULTS } from "../apps/kiosk/src/testing/faults/faults.ts";
import { startRig } from "../apps/kiosk/src/testing/faults/rig.ts";
import { type FaultRow, runFault } from "../apps/kiosk/src/testing/faults/run-fault.ts";
import { buildApps } from "./build.ts";

// npm run faults -- [--only name]... [--list]: every fault, injected into a real kiosk, as a table.
const { values } = parseArgs({
  options: { only: { type: "string", multiple: true }, list: { type: "boolean" } },
});
const say = (text: string) => process.stdout.write(`${text}\n`);

if (values.list) {
  for (const { name, title } of FAULTS) say(`${name.padEnd(24)}${title}`);
  process.exit(0);
}
const wanted = values.only ?? FAULTS.map(({ name }) => name);
const unknown = wanted.find((name) => !FAULTS.some((fault) => fault.name === name));
if (unknown !== undefined) {
  process.stderr.write(`There is no fault ${unknown}; --list names them.\n`);
  process.exit(2);
}
if (process.getuid?.() !== 0 || process.platform !== "linux") {
  process.stderr.write("The fault run makes network namespaces and small disks: run it as root on Linux.\n");
  process.exit(2);
}

await buildApps();
say(
  `commit ${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain") === "" ? "" : " with changes"}`,
);
say(
  `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${(totalmem() / 1024 ** 3).toFixed(0)} GiB, Linux ${release()}`,
);
say(LEGEND);
const rows: FaultRow[] = [];
const missing: string[] = [];
{
  await using rig = await startRig({ isIsolated: true, extras: ["cyan", "orange", "white", "spoiled"] });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => Promise.resolve(rig[Symbol.asyncDispose]()).finally(() => process.exit(1)));
  }
  say(TABLE_HEAD);
  for (const fault of FAULTS.filter(({ name }) => wanted.includes(name))) {
    if (fault.needs === "false clock" && !rig.kioskClock) {
      missing.push(fault.name);
      say(`${fault.title}: not run, there is no C compiler (apt-get install gcc libc6-dev)`);
      continue;
    }
    const row = await runFault(rig, fault);
    rows.push(row);
    say(toTableLine(row));
  }
}

say(`\n${TABLE_HEAD}`);
for (const row of rows) say(toTableLine(row));
const bad = rows.filter(({ isGood }) => !isGood);
const sum = (read: (row: FaultRow) => number) => rows.reduce((total, row) => total + read(row), 0);
const verdict = bad.length === 0 && missing.length === 0 ? "HELD" : "DID NOT HOLD";
say(
  `\n${verdict}: ${rows.length} faults, ${sum(({ lost }) => lost)} plays lost, ${sum(({ doubled }) => doubled)} doubled, ${sum(({ black }) => black)} black samples of ${sum(({ samples }) => samples)}${bad.length === 0 ? "" : `; not as it should be: ${bad.map(({ title }) => title).join(", ")}`}${missing.length === 0 ? "" : `; not run: ${missing.join(", ")}`}`,
);
process.exit(verdict === "HELD" ? 0 : 1);

function git(...args: string[]): string {
  return execFileSync("git", args, { encoding: "utf8" }).trim();
}
