import { openChromiumSuspect } from "../apps/kiosk/src/shells/testing/chromium-suspect.ts";
import { runEscapes } from "../apps/kiosk/src/shells/testing/escape-run.ts";
import { buildApps } from "./build.ts";

// npm run escapes: every way out of the kiosk, tried against the Chromium shell; prints a line each.
await buildApps();
await using suspect = await openChromiumSuspect();
const startedMs = performance.now();
let tried = 0;
let out = 0;
await runEscapes(suspect, ({ kind, name, answer, wayOut }) => {
  tried += 1;
  if (wayOut !== null) out += 1;
  const verdict = wayOut === null ? "held" : `OUT   ${wayOut}`;
  process.stdout.write(
    `${kind.padEnd(8)}${name.slice(0, 46).padEnd(48)}${answer.slice(0, 44).padEnd(46)}${verdict}\n`,
  );
});
process.stdout.write(
  `${tried} ways out tried in ${Math.round((performance.now() - startedMs) / 1000)} s, ${out} got out\n`,
);
process.exitCode = out === 0 ? 0 : 1;
