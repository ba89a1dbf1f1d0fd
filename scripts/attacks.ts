import { execFileSync } from "node:child_process";
import { CONTROLS, findsHole } from "../packages/db/src/attacks/controls.ts";
import { SINGLE_CONTEXTS } from "../packages/db/src/attacks/matrix.ts";
import { runMatrix } from "../packages/db/src/attacks/run-matrix.ts";
import { linesOf, Tally } from "../packages/db/src/attacks/tally.ts";
import { startTestServer } from "../packages/db/src/testing/test-server.ts";

// npm run attacks -- [operations]: every way to another organization's rows that the live catalogue offers, a million
// times unless told; then the same on databases with a hole each, which must be found.
const operations = Number(process.argv[2] ?? 1_000_000);
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
const say = (text: string) => process.stdout.write(`${text}\n`);
say(`Attacks of one organization on another, commit ${commit}`);
await using server = await startTestServer();
const startedMs = performance.now();
const tally = new Tally();
await runMatrix(
  server.address,
  { organizations: 12, contexts: SINGLE_CONTEXTS, operations, lanes: 3 },
  tally,
);
const seconds = (performance.now() - startedMs) / 1000;
for (const line of linesOf("by command", tally.commands)) say(line);
for (const line of linesOf("by context", tally.contexts)) say(line);
for (const { object, command, context, fault } of tally.leaks) {
  say(`Leak: ${command} on ${object} (${context}): ${fault}`);
}
say("Databases with a hole, and the kinds of attack that found it");
const found = new Set<string>();
let missed = 0;
for (const control of CONTROLS) {
  const kinds = await findsHole(server.address, control);
  for (const kind of kinds) found.add(kind);
  if (kinds.size === 0) missed += 1;
  say(`${control.name}: ${[...kinds].join(", ") || "NOT FOUND"}`);
}
const blind = [...tally.commands.keys()].filter((command) => !found.has(command));
if (blind.length > 0) say(`Kinds of attack that found no hole: ${blind.join(", ")}`);
const line = (name: string, value: number | string) => say(`${name.padEnd(44)} ${value}`);
line("cells: object by command by context", tally.cells.size);
line("operations", tally.total.operations);
line("refused by the server", tally.total.refused);
line("seconds", seconds.toFixed(1));
line("holes made", CONTROLS.length);
line("holes not found", missed);
line("leaks", tally.total.leaks);
process.exitCode = tally.total.leaks + missed + blind.length === 0 ? 0 : 1;
