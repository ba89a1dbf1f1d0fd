import { execFileSync } from "node:child_process";
import { goOffline } from "../apps/kiosk/src/engine/simulation/offline-days.ts";

// npm run offline-days -- [days] [seed]: a rich schedule on the virtual clock without a network, 90 days unless told.
const days = Number(process.argv[2] ?? 90);
const seed = Number(process.argv[3] ?? 1);
const startedMs = performance.now();
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
process.stdout.write(`Days offline of the kiosk's engine, commit ${commit}, ${days} days, seed ${seed}\n`);
let unforeseen = 0;
process.on("unhandledRejection", (reason) => {
  unforeseen += 1;
  process.stdout.write(`Unforeseen: ${String(reason)}\n`);
});
const report = await goOffline(days, seed, (day, { checked, wrongCount }) => {
  if ((day + 1) % 10 === 0)
    process.stdout.write(
      `day ${day + 1}: ${checked} transitions, ${wrongCount} wrong, ${((performance.now() - startedMs) / 1000).toFixed(0)} s\n`,
    );
});
const line = (name: string, value: number | string) => process.stdout.write(`${name.padEnd(44)} ${value}\n`);
for (const text of report.wrong) process.stdout.write(`Wrong: ${text}\n`);
line("days", report.days);
line("restarts, killed or without power", report.restarts);
line("jumps of the machine's clock", report.clockJumps);
line("transitions checked", report.checked);
line("of them within a restart", report.missedInRestarts);
line("wrong", report.wrongCount);
line("plays made", report.shown);
line("plays delivered", report.delivered);
line("lost", report.lost);
line("doubled", report.doubled);
line("under way at the end, or unsynced at a crash", report.excused);
line("most bytes of waiting plays on the disk", report.spoolBytes);
line("minutes of simulated time to deliver them", (report.deliveryMs / 60_000).toFixed(1));
line("peak memory of this process, MiB", (process.resourceUsage().maxRSS / 1024).toFixed(0));
line("seconds of processor time", ((process.cpuUsage().user + process.cpuUsage().system) / 1e6).toFixed(0));
line("seconds taken", ((performance.now() - startedMs) / 1000).toFixed(0));
const isGood = report.wrongCount + report.lost + report.doubled + unforeseen === 0 && report.checked > 0;
process.stdout.write(isGood ? "Every transition right, every play delivered once\n" : "Not as it must be\n");
process.exit(isGood ? 0 : 1);
