import { localDateAt } from "@vitrine/core/schedule";
import { createTimelines } from "../playback/timelines.ts";
import { contentsByAsset } from "./contents.ts";
import { reckon } from "./ledger.ts";
import { createLibrary } from "./library.ts";
import { referenceDay, type Transition } from "./reference-day.ts";
import { richSchedule, STEP_MS } from "./rich-schedule.ts";
import { createSeededRandom } from "./seeded-random.ts";
import { WELL } from "./virtual-network.ts";
import { createWorld, type World } from "./world.ts";

export interface OfflineReport {
  days: number;
  /** Transitions of the reference that were held against the glass. */
  checked: number;
  wrong: string[];
  wrongCount: number;
  /** Those that fell into a restart. */
  missedInRestarts: number;
  shown: number;
  delivered: number;
  lost: number;
  doubled: number;
  /** Showings that a crash took from the disk before they were synced. */
  excused: number;
  restarts: number;
  clockJumps: number;
  /** Most that waiting plays took on the disk. */
  spoolBytes: number;
  deliveryMs: number;
}

const DAY_MS = 86_400_000;
const FRAME_MS = 17;
/** Midnight in Berlin, 41 days before the end of summer time. */
const FIRST_MS = Date.UTC(2026, 8, 13, 22);
const SETTLE_MS = 600_000;
const DELIVERY_LIMIT_MS = 6 * 3_600_000;
const RESTART_EVERY_DAYS = 9;
const JUMP_EVERY_DAYS = 4;
const MOST_WRONG = 20;

/** Plays a rich schedule for days without a network, then lets the plays be sent. */
export async function goOffline(
  days: number,
  seed: number,
  onDay: (day: number, report: OfflineReport) => void = () => {},
): Promise<OfflineReport> {
  const library = createLibrary(0);
  const manifest = richSchedule(library);
  const random = createSeededRandom(seed);
  // Two minutes before the first midnight: time to fetch what is shown.
  const leadMs = 120_000;
  const world = createWorld({
    ...{ seed, startMs: FIRST_MS - leadMs, driftPpm: 15 },
    timelines: createTimelines(6),
  });
  const report: OfflineReport = {
    ...{ days, checked: 0, wrong: [], wrongCount: 0, missedInRestarts: 0, shown: 0, delivered: 0, lost: 0 },
    ...{ doubled: 0, excused: 0, restarts: 0, clockJumps: 0, spoolBytes: 0, deliveryMs: 0 },
  };
  world.server.publish(manifest, library.files);
  await world.boot();
  await world.run(leadMs - 5000);
  world.network.line = { ...WELL, state: "down" };
  world.network.cutStreams();
  /** By the screen's own clock, which is all that it has. */
  const gaps: { fromMs: number; untilMs: number }[] = [];
  await world.run(4900);
  let judged = world.stage.showings.length;
  await world.run(100);
  for (let day = 0; day < days; day += 1) {
    const endMs = endOfDay(manifest.timeZone, world.stage.serverNowMs() + STEP_MS);
    const date = localDateAt(manifest.timeZone, endMs - 1);
    if (day % JUMP_EVERY_DAYS === 0 && report.restarts === 0) {
      report.clockJumps += 1;
      await world.run(random.between(3_600_000, 36_000_000));
      world.clock.jumpWall(random.pick([3_600_000, -7_200_000, 86_400_000 * 400, -1_000_000_000_000]));
    }
    const isRestartDay = day % RESTART_EVERY_DAYS === Math.min(6, days - 1);
    if (isRestartDay) await restart(world, random.isChance(0.5), gaps, random.between(600_000, 20_000_000));
    if (isRestartDay) report.restarts += 1;
    await world.run(Math.max(0, endMs - 1 - world.stage.serverNowMs()));
    const shown = world.stage.showings.slice(judged);
    judged = world.stage.showings.length;
    compare(referenceDay(manifest, date, STEP_MS), shown, gaps, report);
    report.spoolBytes = Math.max(report.spoolBytes, spoolBytes(world));
    onDay(day, report);
  }
  const beforeMs = world.clock.monotonicMs();
  world.network.line = WELL;
  while (
    world.clock.monotonicMs() - beforeMs < DELIVERY_LIMIT_MS &&
    world.server.state.plays.size < judged - 100
  )
    await world.run(SETTLE_MS / 10);
  report.deliveryMs = world.clock.monotonicMs() - beforeMs;
  await world.run(SETTLE_MS);
  const contents = contentsByAsset([manifest]);
  const account = reckon({
    ...{
      showings: world.stage.showings,
      processes: world.processes,
      plays: world.server.state.plays,
      outages: [],
      moves: [],
    },
    contentsOf: (assetId) => contents.get(assetId) ?? new Set(),
  });
  report.wrong.push(...account.wrong.slice(0, MOST_WRONG));
  report.wrongCount += account.wrong.length;
  return {
    ...report,
    ...{ shown: account.shown, delivered: account.delivered, excused: account.excused },
    ...{ lost: account.lost.length, doubled: account.doubled.length },
  };
}

/** The process is killed, or the machine loses its power, and is there again after half a minute. */
async function restart(
  world: World,
  isPower: boolean,
  gaps: { fromMs: number; untilMs: number }[],
  afterMs: number,
): Promise<void> {
  await world.run(afterMs);
  const fromMs = world.stage.serverNowMs();
  if (isPower) world.losePower(world.random);
  else world.kill();
  await world.run(30_000);
  await world.boot();
  await world.run(5000);
  gaps.push({ fromMs, untilMs: world.stage.serverNowMs() });
}

/** Each transition was shown at its time, and nothing else was. */
function compare(
  transitions: readonly Transition[],
  shown: World["stage"]["showings"],
  gaps: readonly { fromMs: number; untilMs: number }[],
  report: OfflineReport,
): void {
  const isInGap = (ms: number) =>
    gaps.some(({ fromMs, untilMs }) => ms >= fromMs - FRAME_MS && ms <= untilMs);
  const note = (text: string) => {
    report.wrongCount += 1;
    if (report.wrong.length < MOST_WRONG) report.wrong.push(text);
  };
  const waiting = new Map<string, (typeof shown)[number]>();
  for (const one of shown) waiting.set(`${one.zoneId} ${Math.round(one.atMs / STEP_MS)}`, one);
  for (const { zoneId, content, startMs } of transitions) {
    report.checked += 1;
    const key = `${zoneId} ${Math.round(startMs / STEP_MS)}`;
    const one = waiting.get(key);
    waiting.delete(key);
    const isRight = one?.content === content && one.atMs - startMs <= FRAME_MS;
    if (isRight) continue;
    if (isInGap(startMs) || (one && isInGap(one.atMs))) report.missedInRestarts += 1;
    else
      note(
        `at ${new Date(startMs).toISOString()} zone ${zoneId} shows ${one?.content ?? "nothing new"} instead of ${content}`,
      );
  }
  for (const one of waiting.values())
    if (!isInGap(one.atMs))
      note(`at ${new Date(one.atMs).toISOString()} zone ${one.zoneId} shows ${one.content} out of turn`);
}

function endOfDay(timeZone: string, instantMs: number): number {
  const date = localDateAt(timeZone, instantMs);
  let endMs = instantMs - (instantMs % STEP_MS);
  for (let stepMs = DAY_MS / 24; stepMs >= STEP_MS; stepMs = stepMs > STEP_MS ? STEP_MS : 0)
    while (localDateAt(timeZone, endMs + stepMs - 1) === date) endMs += stepMs;
  return endMs;
}

function spoolBytes({ disk }: World): number {
  return disk.list("plays").reduce((sum, name) => sum + (disk.read(`plays/${name}`)?.length ?? 0), 0);
}
