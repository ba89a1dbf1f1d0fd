import { parseArgs } from "node:util";
import {
  type Memory,
  PROCESS_KINDS,
  type SoakMemory,
} from "../apps/kiosk/src/testing/soak/browser-memory.ts";
import { runKioskSoak } from "../apps/kiosk/src/testing/soak/kiosk-soak.ts";
import { runPlainSoak } from "../apps/kiosk/src/testing/soak/plain-soak.ts";
import { runStageSoak } from "../apps/kiosk/src/testing/soak/stage-soak.ts";
import { buildApps } from "./build.ts";

// npm run soak -- [--changes 20000] [--minutes 25] [--only stage|kiosk|plain] [--quick]: whether memory stays flat and
// the glass never black over many changes, one JSON line a figure. The stage alone is driven at 80 ms a picture in the
// real shell (20,000 changes take 50 minutes), then a whole kiosk on a real server at 500 ms an item, then the browser
// alone with a page that only fetches a picture again and again: its network service keeps something of each of the
// last 5,000 requests, a megabyte in all, whoever makes them.
const { values } = parseArgs({
  options: {
    changes: { type: "string" },
    minutes: { type: "string" },
    only: { type: "string" },
    quick: { type: "boolean", default: false },
  },
});
const changes = Number(values.changes ?? (values.quick ? 400 : 20_000));
const minutes = Number(values.minutes ?? (values.quick ? 1 : 25));
if (!(changes >= 10) || !(minutes > 0) || ![undefined, "stage", "kiosk", "plain"].includes(values.only)) {
  process.stderr.write(
    "Say --changes of at least 10, --minutes of more than 0, --only stage, kiosk or plain.\n",
  );
  process.exit(2);
}

const memoryLooks = values.quick ? 8 : 80;
const MEGABYTE = 1024 ** 2;
const print = (name: string, value: number, unit: string, target?: string) =>
  process.stdout.write(
    `${JSON.stringify({ name, value: Number(value.toPrecision(4)), unit, ...(target && { target }) })}\n`,
  );
const progress = (what: string) => (count: number) => process.stderr.write(`… ${what}: ${count} changes\n`);

await buildApps();
const isWanted = (part: string) => values.only === undefined || values.only === part;
if (isWanted("stage")) {
  const soak = await runStageSoak({ changes, pictureMs: 80, memoryLooks, onProgress: progress("stage") });
  print("soak.stage.changes", soak.changes, "change");
  print("soak.stage.changes_per_second", soak.changes / soak.seconds, "1/s");
  for (const [kind, shown] of Object.entries(soak.shownByKind))
    print(`soak.stage.shown.${kind}`, shown, "change");
  print("soak.stage.missed", soak.missed, "slot");
  print("soak.stage.frames", soak.frames.painted, "frame");
  print("soak.stage.frames_dropped", soak.frames.dropped, "frame");
  print("soak.stage.video_frames", soak.frames.videoPainted, "frame");
  print("soak.stage.video_frames_dropped", soak.frames.videoDropped, "frame");
  print("soak.stage.seconds_with_gaps_over_one_frame", soak.secondsWithGaps, "s");
  print("soak.stage.longest_gap", soak.frames.longestGapMs, "ms");
  print("soak.stage.looks", soak.looks, "look");
  print("soak.stage.black_looks", soak.blackLooks, "look", "0");
  for (const text of new Set(soak.failures)) process.stderr.write(`failed: ${text}\n`);
  printMemory("soak.stage", soak.memory);
}
if (isWanted("kiosk")) {
  const soak = await runKioskSoak({ minutes, memoryLooks, onProgress: progress("kiosk") });
  print("soak.kiosk.changes", soak.changes, "change");
  print("soak.kiosk.looks", soak.looks, "look");
  print("soak.kiosk.black_looks", soak.blackLooks, "look", "0");
  printMemory("soak.kiosk", soak.memory);
}
if (isWanted("plain")) {
  printMemory("soak.plain", await runPlainSoak({ requests: values.quick ? 400 : 12_000, memoryLooks }));
}
process.exit(0);

/** Growth is of the end over the start, five minutes after the browser was opened. */
function printMemory(name: string, memory: SoakMemory): void {
  const sum = (held: Memory) => PROCESS_KINDS.reduce((total, kind) => total + held[kind], 0);
  for (const kind of [...PROCESS_KINDS, "all"] as const) {
    const of = (held: Memory) => (kind === "all" ? sum(held) : held[kind]);
    if (of(memory.start) === 0) continue;
    for (const when of ["early", "start", "middle", "end"] as const)
      print(`${name}.memory.${kind}.${when}`, of(memory[when]) / MEGABYTE, "MiB");
    const growth = (100 * (of(memory.end) - of(memory.start))) / of(memory.start);
    print(`${name}.memory.${kind}.growth`, growth, "%", ...(name === "soak.plain" ? [] : ["5 at most"]));
  }
}
