import { execFileSync } from "node:child_process";
import { tryMutants, type Verdict } from "../packages/db/src/mutants/try-mutants.ts";
import { startTestServer } from "../packages/db/src/testing/test-server.ts";

// npm run mutants -- [text]: each way to break a policy, right, key, function or role of the live database, one at a
// time; each must be found by the catalogue test or by the attack matrix. With a text those alone whose kind or object
// holds it.
const text = process.argv[2] ?? "";
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
const say = (words: string) => process.stdout.write(`${words}\n`);
say(`Mutants of the walls between organizations, commit ${commit}`);
await using server = await startTestServer();
const startedMs = performance.now();
const verdicts: Verdict[] = [];
await tryMutants(server.address, {
  pick: ({ kind, object }) => `${kind}, ${object}`.includes(text),
  isAttackedAnyway: true,
  hear: (verdict) => verdicts.push(verdict),
});
const kinds = Map.groupBy(verdicts, ({ mutant }) => mutant.kind);
const row = (name: string, ...cells: (string | number)[]) =>
  say(name.padEnd(52) + cells.map((cell) => String(cell).padStart(10)).join(""));
row("kind of mutant", "made", "by audit", "by attack", "survived");
const isFound = ({ byAudit, byAttack }: Verdict) => byAudit !== undefined || byAttack !== undefined;
for (const [kind, list] of kinds) {
  row(
    kind,
    list.length,
    list.filter(({ byAudit }) => byAudit !== undefined).length,
    list.filter(({ byAttack }) => byAttack !== undefined).length,
    list.filter((one) => !isFound(one)).length,
  );
}
const survivors = verdicts.filter((one) => !isFound(one));
for (const { mutant, refused } of survivors) {
  say(
    `Survivor: ${mutant.kind}, ${mutant.object}${refused === undefined ? "" : `, which could not be made: ${refused}`}`,
  );
}
const line = (name: string, value: number | string) => say(`${name.padEnd(52)} ${value}`);
line("mutants", verdicts.length);
line("found by the catalogue test", verdicts.filter(({ byAudit }) => byAudit !== undefined).length);
line("found by the attack matrix", verdicts.filter(({ byAttack }) => byAttack !== undefined).length);
line(
  "found by the attack matrix alone",
  verdicts.filter(({ byAudit, byAttack }) => byAudit === undefined && byAttack !== undefined).length,
);
line("seconds", ((performance.now() - startedMs) / 1000).toFixed(1));
line("survivors", survivors.length);
process.exitCode = survivors.length === 0 && verdicts.length >= (text === "" ? 200 : 1) ? 0 : 1;
