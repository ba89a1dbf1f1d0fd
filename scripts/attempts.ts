import { execFileSync, spawnSync } from "node:child_process";
import { request } from "node:http";
import { hostileUrls } from "../apps/api/src/attempts/hostile-urls.ts";
import { inTurns } from "../apps/api/src/attempts/in-turns.ts";
import { startWitness } from "../apps/api/src/attempts/witness.ts";
import { startWebGuard } from "../apps/kiosk/src/shells/web-guard/web-guard.ts";

// npm run attempts: what must fail, all of it: hostile files through real uploads, hostile addresses through the server
// and through a screen's guard, a million guesses at codes, known and unknown accounts by their times, and mutations of
// which one statement after the other fails. `npm test` tries a little of each.
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
const line = (name: string, value: number | string) => process.stdout.write(`${name.padEnd(60)} ${value}\n`);
process.stdout.write(`Attempts that must fail, commit ${commit}\n`);
const startedMs = performance.now();
const { status } = spawnSync(
  "vitest",
  ["run", "src/attempts", "--project=api", "--no-file-parallelism", "--disable-console-intercept"],
  { stdio: "inherit", env: { ...process.env, VITRINE_ATTEMPTS: "full" } },
);

await using witness = await startWitness();
// Every name is found, and leads to this machine: a guard that goes by names alone would let it in.
await using guard = await startWebGuard(async () => ["127.0.0.1"]);
const urls = hostileUrls(witness.port).filter(({ url }) => /^https?:/i.test(url.trim()) && URL.canParse(url));
let refused = 0;
await inTurns(urls, 8, async ({ url }) => {
  const { href, host } = new URL(url);
  if ((await statusOf({ path: href, method: "GET", headers: { host } })) === 403) refused += 1;
  await statusOf({ path: host.includes(":") ? host : `${host}:80`, method: "CONNECT" });
});
line(
  "addresses given to a screen's guard, by request and by tunnel",
  `${urls.length}: ${refused} refused in words`,
);
line("calls that came in from it", witness.arrivals());
line("seconds", ((performance.now() - startedMs) / 1000).toFixed(0));
process.exitCode = status === 0 && witness.arrivals() === 0 ? 0 : 1;

/** The status with which the guard answers; 0 where it ends the connection. */
function statusOf(options: {
  path: string;
  method: string;
  headers?: Record<string, string>;
}): Promise<number> {
  return new Promise((resolve) => {
    const asked = request({ host: "127.0.0.1", port: guard.port, agent: false, timeout: 20_000, ...options });
    const end = (code: number) => {
      asked.destroy();
      resolve(code);
    };
    asked.on("response", (answer) => end(answer.statusCode ?? 0));
    asked.on("connect", (answer) => end(answer.statusCode ?? 0));
    asked.on("timeout", () => end(0));
    asked.on("error", () => end(0));
    asked.end();
  });
}
