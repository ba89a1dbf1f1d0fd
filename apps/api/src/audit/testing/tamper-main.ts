import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "@vitrine/db/embedded";
import { openJobsDatabase } from "@vitrine/db/jobs";
import { migrate } from "@vitrine/db/migrate";
import postgres from "postgres";
import { tryAnchors } from "./try-anchors.ts";
import { tryTamperings } from "./try-tamperings.ts";

// npm run audit:tamper -- [runs] [seed]: falsifies audit chains as the owner of the database could, in random ways and
// places, and compares what the verifier finds with the truth. Also the lines of the anchors, a tenth as often.
const runs = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 1);
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
const say = (name: string, value: number | string) => process.stdout.write(`${name.padEnd(44)} ${value}\n`);
process.stdout.write(`Tampering with audit chains, commit ${commit}, seed ${seed}\n`);
const startedMs = performance.now();
const folder = mkdtempSync(join(tmpdir(), "vitrine-tamper-"));
const superuserPassword = randomBytes(16).toString("hex");
const server = await startEmbedded({ dataDir: join(folder, "pg"), superuserPassword, isDurable: false });
let isGood = false;
try {
  await migrate({ url: server.superuserUrl, passwords: server.passwords });
  const sql = postgres(server.superuserUrl, { max: 1, onnotice: () => {} });
  const jobs = await openJobsDatabase({ url: server.urls.vitrine_jobs });
  const chains = await tryTamperings({ sql, jobs, runs, seed });
  const anchors = await tryAnchors({ runs: Math.ceil(runs / 10), seed });
  await jobs[Symbol.asyncDispose]();
  await sql.end();
  const misses = [...chains.misses, ...anchors.misses];
  for (const miss of misses) process.stdout.write(`Miss: ${miss}\n`);
  for (const [kind, count] of [...chains.tried].sort()) say(`tampered by ${kind}`, count);
  for (const [kind, count] of [...chains.found].sort()) say(`found as ${kind}`, count);
  say("tamperings with events", runs);
  say("tamperings with lines of anchors", anchors.tried);
  say("untouched chains verified in between", chains.untouched);
  say("not found, or with a wrong first event", misses.length);
  say("seconds taken", ((performance.now() - startedMs) / 1000).toFixed(0));
  isGood = misses.length === 0;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(
  isGood ? "Every one was found, and the first bad event named\n" : "Not every one was found\n",
);
process.exit(isGood ? 0 : 1);
