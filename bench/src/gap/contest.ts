import { startDisplay } from "@vitrine/harness/glass";
import { type Sample, watchGlass } from "@vitrine/harness/glass-watcher";
import { temporaryFolder } from "@vitrine/harness/processes";
import { type KioskEvent, type PlayingKiosk, startPlayingKiosk } from "../playing-kiosk.ts";
import { type GapItem, makeItems, PALETTE } from "./gap-items.ts";
import { type Due, judgeGlass, type Verdict } from "./judge-glass.ts";
import { servePlain, startPlain } from "./plain-player.ts";
import { type Line, startSlowLine } from "./slow-line.ts";

/** What is played, by a kiosk of ours and by a plain page, each on a glass of its own that is looked at alike. */
export interface Contest {
  kinds: readonly GapItem["kind"][];
  size: { width: number; height: number };
  itemMs: number;
  seconds: number;
  line?: Pick<Line, "bytesPerSecond" | "delayMs">;
  /** The place of an item whose file never comes. */
  lostItem?: number;
  /** Only the first loop counts, from the first picture on; otherwise what comes after a whole one. */
  isFirstLoop: boolean;
}

const LOOK_EVERY_MS = 4;
/** A timeline's slot id starts with its start, but for what an edit made it join later. */
const SLOT_ID = /^(?:\d+\+)?(\d+)-/;
const NO_LIMIT = { bytesPerSecond: Number.POSITIVE_INFINITY, delayMs: 0 };

/** A real kiosk of ours, with its real server. */
export async function judgeOurs(contest: Contest): Promise<Verdict> {
  let items: GapItem[] = [];
  await using rig = await startPlayingKiosk(
    async (folder) => {
      items = await makeItems(folder, contest.kinds, contest.itemMs, contest.size);
      return items.map(({ path }) => path);
    },
    contest.itemMs,
    contest.line === undefined && contest.lostItem === undefined
      ? undefined
      : async (server, person, assetIds) => {
          const lostId = contest.lostItem === undefined ? undefined : assetIds[contest.lostItem];
          const lost = lostId && (await person.api.assets.get.query({ id: lostId })).sha256;
          const isLost = (path: string) => Boolean(lost && path.includes(lost));
          return startSlowLine(server.port, { ...(contest.line ?? NO_LIMIT), isLost });
        },
  );
  const samples = await look(rig.display, contest);
  return judgeGlass(samples, inScope(samples, duesOf(rig, items, contest), contest, items));
}

/** The plain page, over the same line. */
export async function judgePlain(contest: Contest): Promise<Verdict> {
  using folder = temporaryFolder();
  const items = await makeItems(folder.path, contest.kinds, contest.itemMs, contest.size);
  await using display = await startDisplay();
  await using files = await servePlain(items);
  const lost = contest.lostItem === undefined ? undefined : items[contest.lostItem];
  await using line = await startSlowLine(files.port, {
    ...(contest.line ?? NO_LIMIT),
    isLost: (path) => lost !== undefined && path === files.pathOf(lost),
  });
  const served = items.map((item) => ({ ...item, path: files.pathOf(item) }));
  await using player = await startPlain(display, line.url, served, contest.itemMs);
  const samples = await look(display, contest);
  const changes = await player.changes();
  const dues = changes.map(({ seen, atMs }, index) => ({
    seen,
    fromMs: atMs,
    untilMs: changes[index + 1]?.atMs ?? atMs + contest.itemMs,
  }));
  return judgeGlass(samples, inScope(samples, dues, contest, items));
}

/** Looks at the glass until it has been seen for long enough after its first picture. */
async function look(display: Parameters<typeof watchGlass>[0], contest: Contest): Promise<Sample[]> {
  await using watcher = watchGlass(display, PALETTE, LOOK_EVERY_MS);
  const loopMs = Object.keys(PALETTE).length * contest.itemMs;
  const waitMs = (contest.isFirstLoop ? 2 * loopMs : loopMs) + contest.seconds * 1000 + 2000;
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  return watcher.between(0, Number.POSITIVE_INFINITY);
}

/** The dues that count: whole ones, of files that come, in the loop that is asked for. */
function inScope(
  samples: readonly Sample[],
  dues: readonly Due[],
  contest: Contest,
  items: readonly GapItem[],
): Due[] {
  const firstMs = samples.find(({ seen }) => seen in PALETTE)?.atMs ?? 0;
  const loopMs = items.length * contest.itemMs;
  const fromMs = contest.isFirstLoop ? firstMs : firstMs + loopMs;
  const untilMs = Math.min(
    samples.at(-1)?.atMs ?? 0,
    contest.isFirstLoop ? firstMs + loopMs + contest.itemMs : fromMs + contest.seconds * 1000,
  );
  const lost = contest.lostItem === undefined ? undefined : items[contest.lostItem]?.seen;
  return dues.filter((due) => due.fromMs >= fromMs && due.untilMs <= untilMs && due.seen !== lost);
}

/** What the playlist says for each of its slots: all are as long as each other, so one of them tells all. */
function duesOf(rig: PlayingKiosk, items: readonly GapItem[], { itemMs }: Contest): Due[] {
  const shown = rig.events("shown").filter((event) => event["isStandIn"] === false);
  const startOf = (event: KioskEvent) => Number(SLOT_ID.exec(String(event["slotId"]))?.[1]);
  const phases = shown.map((event) => {
    const place = rig.assetIds.indexOf(String(event["assetId"]));
    const turn = Math.round(startOf(event) / itemMs);
    return (((place - turn) % items.length) + items.length) % items.length;
  });
  // What is not there yet is stood in for: most slots have their own.
  const phase = mostFrequent(phases.slice(-3 * items.length));
  const [first, last] = [shown[0], shown.at(-1)];
  if (first === undefined || last === undefined || phase === undefined) throw new Error("Nothing was shown");
  const offsetMs = Number(last["clockOffsetMs"]);
  const dues: Due[] = [];
  for (let startMs = startOf(first); startMs <= startOf(last); startMs += itemMs) {
    const place = (Math.round(startMs / itemMs) + phase) % items.length;
    const fromMs = startMs - offsetMs;
    dues.push({ seen: items[place]?.seen ?? "", fromMs, untilMs: fromMs + itemMs });
  }
  return dues;
}

function mostFrequent(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}
