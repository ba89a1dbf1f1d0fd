import type { Manifest } from "@vitrine/core/model/manifest";
import type { EngineDeps } from "../engine-deps.ts";
import { filesOf } from "../sync/activation.ts";
import { contentsByAsset } from "./contents.ts";
import { type CrashPoint, type Story, tellStory } from "./crash-story.ts";
import { reckon } from "./ledger.ts";
import { findPromoted, missingFiles } from "./promoted.ts";
import type { SeedKit } from "./run-seed.ts";
import { createSeededRandom } from "./seeded-random.ts";
import type { OperationKind } from "./virtual-disk.ts";
import { createVirtualDisk } from "./virtual-disk.ts";
import { WELL } from "./virtual-network.ts";
import { createWorld, type World } from "./world.ts";

/** How it ends at a point: the process alone, or the power, with nothing or some of the unsynced on the disk. */
export const ENDINGS = ["killed", "power, nothing more", "power, some more"] as const;
export type Ending = (typeof ENDINGS)[number];

export interface CrashFault {
  point: number;
  chapter: string;
  moment: string;
  operation: string;
  ending: Ending;
  text: string;
}

export interface CrashReport {
  story: Pick<Story, "operations">;
  /** Crashes that were tried, by the kind of the operation. */
  crashes: Map<OperationKind, number>;
  operations: number;
  faults: CrashFault[];
  lost: number;
  doubled: number;
  excused: number;
}

export interface CrashOptions {
  kit: SeedKit;
  seed: number;
  /** Which operations of the story are tried, by their number. */
  isTried(number: number): boolean;
  wrap?(deps: EngineDeps, world: World): EngineDeps;
}

const AT_ONCE_MS = 1000;
const OFFLINE_MS = 12_000;
const STEP_MS = 10_000;
const RECOVERY_LIMIT_MS = 400_000;

/** Ends the engine before, in and after each operation of a story's disk, and starts it again on what is left. */
export async function tryCrashes(options: CrashOptions): Promise<CrashReport> {
  const { kit, seed, isTried, wrap } = options;
  const story = await tellStory({ kit, seed, isKept: isTried, ...(wrap ? { wrap } : {}) });
  const report: CrashReport = {
    story,
    crashes: new Map(),
    operations: new Set(story.points.map(({ number }) => number)).size,
    faults: [],
    lost: 0,
    doubled: 0,
    excused: 0,
  };
  for (const point of story.points) {
    const { kind, path } = point.operation;
    for (const ending of ENDINGS) {
      report.crashes.set(kind, (report.crashes.get(kind) ?? 0) + 1);
      const { texts, lost, doubled, excused } = await startAgain(point, ending, story.manifests, options);
      report.lost += lost;
      report.doubled += doubled;
      report.excused += excused;
      const { number, chapter, moment } = point;
      for (const text of texts)
        report.faults.push({ point: number, chapter, moment, operation: `${kind} ${path}`, ending, text });
    }
  }
  return report;
}

async function startAgain(
  point: CrashPoint,
  ending: Ending,
  manifests: ReadonlyMap<string, Manifest>,
  { kit, seed }: CrashOptions,
): Promise<{ texts: string[]; lost: number; doubled: number; excused: number }> {
  const random = createSeededRandom(seed * 7919 + point.number);
  const left = createVirtualDisk({ random, wallMs: () => point.wallMs, image: point.image });
  const image =
    ending === "killed"
      ? left.imageOfKill()
      : left.imageOfPowerLoss(ending === "power, some more" ? random : undefined);
  const state = { ...point.server, ...copyOfServer(point) };
  const world = createWorld({
    seed: seed + point.number,
    startMs: point.serverMs,
    ...{ image, server: state, isClaimed: false, timelines: kit.timelines },
  });
  for (const file of kit.library.files) world.server.files.set(file.file.sha256, file);
  // Until the folder is synced, the order of a revoked screen may have survived or not.
  const isWipeOrdered = point.isWipeOrdered || (state.isRevoked && world.disk.read("wiping") !== undefined);
  const texts: string[] = [];
  const say = (text: string) => texts.push(text);
  world.network.line = { ...WELL, state: "down" };
  await world.boot();
  await world.run(AT_ONCE_MS);
  if (world.failedStarts.length > 0) say(`it does not start: ${String(world.failedStarts[0])}`);
  if (isWipeOrdered) lookAtWiped(world, say);
  else if (point.hasPromoted) lookAtPlaying(world, manifests, kit, say);
  await world.run(OFFLINE_MS);
  world.network.line = WELL;
  const isOwned = !state.isRevoked && !isWipeOrdered;
  const isBack = () =>
    findPromoted(world.disk)?.etag === state.published?.etag &&
    world.stage.glass().size > 0 &&
    settle().lost.length === 0;
  const settle = () => reckonWith(point, ending, world, manifests);
  for (let waitedMs = 0; isOwned && !isBack() && waitedMs < RECOVERY_LIMIT_MS; waitedMs += STEP_MS)
    await world.run(STEP_MS);
  if (isOwned && !isBack()) say("it does not recover");
  if (state.copies > 0) say("it was taken for a copy");
  if (point.identifies + world.stage.counts().identifies > 1) say("a command was carried out twice");
  const account = settle();
  // What the former owner's plays come to is no more of anyone's interest.
  const lost = isOwned ? account.lost : [];
  for (const text of [...lost, ...account.doubled, ...account.wrong]) say(text);
  return { texts, lost: lost.length, doubled: account.doubled.length, excused: account.excused };
}

/** One of the two stored manifests plays, whole and verified, and nothing else. */
function lookAtPlaying(
  world: World,
  manifests: ReadonlyMap<string, Manifest>,
  kit: SeedKit,
  say: (text: string) => void,
): void {
  const promoted = findPromoted(world.disk);
  const last = promoted && manifests.get(promoted.etag);
  if (!last) return void say("there is no last good manifest");
  const isWhole = (manifest: Manifest) =>
    missingFiles(world.disk, manifest, { spoiled: NONE, isDeep: true }).length === 0;
  const glass = [...world.stage.glass()];
  if (glass.length === 0) return void say("nothing is on the glass");
  const playing = [...manifests.values()].filter((manifest) => {
    const expected = kit.expectation.at(manifest, world.stage.serverNowMs());
    return glass.every(([zoneId, content]) => expected.get(zoneId)?.content === content);
  });
  const mended = filesOf(last).some(({ sha256 }) => world.disk.read(`partial/${sha256}`));
  if (!mended && !isWhole(last)) say("files of the last good manifest are damaged");
  if (!mended && !playing.some(isWhole)) say("what plays is no whole manifest's");
}

function lookAtWiped(world: World, say: (text: string) => void): void {
  if (world.stage.showings.length > 0) say("content of the former owner was shown");
  const kept = [...world.disk.list("files"), ...world.disk.list("manifests"), ...world.disk.list("plays")];
  if (kept.length > 0) say(`files of the former owner are left: ${kept.join(", ")}`);
  if (world.disk.read("credential.json")) say("the credential is left");
}

function reckonWith(
  point: CrashPoint,
  ending: Ending,
  world: World,
  manifests: ReadonlyMap<string, Manifest>,
) {
  const before = 1000;
  const contents = contentsByAsset(manifests.values());
  const last = point.processes.length - 1;
  const processes = point.processes.map((process, place) => ({
    ...process,
    number: before + place,
    ...(place === last
      ? { end: ending === "killed" ? ("killed" as const) : ("power" as const), endedMs: point.atMs }
      : {}),
  }));
  const showings = point.showings.map((showing) => ({ ...showing, process: before + showing.process }));
  return reckon({
    showings: [...showings, ...world.stage.showings],
    processes: [...processes, ...world.processes],
    plays: world.server.state.plays,
    contentsOf: (assetId) => contents.get(assetId) ?? NONE,
    outages: [],
    moves: [],
  });
}

/** The story goes on with its own: what another world does to the server must not be seen there. */
function copyOfServer({ server }: CrashPoint) {
  return {
    plays: new Map(server.plays),
    events: new Map(server.events),
    tokens: new Map(server.tokens),
    commands: [...server.commands],
    acknowledged: [...server.acknowledged],
    nextTickets: [...server.nextTickets],
  };
}

const NONE: ReadonlySet<string> = new Set();
