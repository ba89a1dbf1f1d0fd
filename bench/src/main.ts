import { existsSync } from "node:fs";
import { join } from "node:path";

/** Benchmarks by name, in the order in which all of them run. Each is a file of `figures/` that exports `run`. */
const NAMES = [
  "executor",
  "trpc",
  "events",
  "edit-to-glass",
  "warm-start",
  "changes",
  "gap",
  "memory",
  "download",
  "first-load",
  "schedule",
  "streams",
  "audit",
  "identity",
];

// npm run bench -- [name …]: one JSON line a figure on standard output, nothing else there.
const asked = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const unknown = asked.find((name) => !existsSync(pathOf(name)));
if (unknown !== undefined) {
  process.stderr.write(`There is no benchmark "${unknown}". There are: ${NAMES.join(", ")}\n`);
  process.exit(1);
}
for (const name of asked.length > 0 ? asked : NAMES) {
  process.stderr.write(`… ${name}\n`);
  const benchmark: { run: () => Promise<void> } = await import(pathOf(name));
  await benchmark.run();
}
process.exit(0);

function pathOf(name: string): string {
  return join(import.meta.dirname, "figures", `${name}.ts`);
}
