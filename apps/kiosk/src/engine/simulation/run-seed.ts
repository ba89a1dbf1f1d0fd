import type { Manifest } from "@vitrine/core/model/manifest";
import type { EngineDeps } from "../engine-deps.ts";
import { createTimelines, type Timelines } from "../playback/timelines.ts";
import { contentsByAsset } from "./contents.ts";
import { createExpectation, type Expectation } from "./expected.ts";
import { FAULTS, type FaultScene, type PlannedFault, planFaults } from "./faults.ts";
import { createJudge, type Violation } from "./judge.ts";
import { type Reckoning, reckon } from "./ledger.ts";
import { createLibrary, type Library } from "./library.ts";
import { findPromoted } from "./promoted.ts";
import { createSeededRandom } from "./seeded-random.ts";
import { createWorld, START_MS, type World } from "./world.ts";

/** What the worlds of many seeds share: compiled days, and what there is to show. */
export interface SeedKit {
  library: Library;
  timelines: Timelines;
  expectation: Expectation;
}

export function createSeedKit(): SeedKit {
  return {
    library: createLibrary(MANIFESTS),
    timelines: createTimelines(4 * MANIFESTS),
    expectation: createExpectation(),
  };
}

export interface SeedOptions extends SeedKit {
  /** In place of those that the seed would plan. */
  faults?: readonly PlannedFault[];
  wrap?(deps: EngineDeps, world: World): EngineDeps;
  log?(line: string): void;
}

export interface SeedOutcome {
  seed: number;
  faults: readonly PlannedFault[];
  violations: readonly Violation[];
  reckoning: Reckoning;
  /** How often the glass was held against `playheadAt`. */
  looks: number;
  /** Processes of the kiosk that ran. */
  boots: number;
  passedMs: number;
}

const MANIFESTS = 10;
const FAULTY_MS = 120_000;
/** The longest fault, and a start after the last. */
const OVER_MS = 130_000;
const STEP_MS = 15_000;
/** Longer than the longest wait of the engine's: a file that arrived damaged too often. */
const RECOVERY_LIMIT_MS = 1_200_000;
/** In which a new start tells what the one before left. */
const LAST_WORDS_MS = 45_000;
const IN_TOUCH_MS = 100_000;
const AFTERWARDS_MS = 65_000;
const CALM_LIMIT_MS = 180_000;

/** Lives one screen's life with the faults that a seed plans, lets it recover, and says which rules were broken. */
export async function runSeed(seed: number, options: SeedOptions): Promise<SeedOutcome> {
  const random = createSeededRandom(seed);
  const planned = options.faults ?? planFaults(random, FAULTY_MS);
  const dice = createSeededRandom(seed ^ 0x5eed);
  const world = createWorld({
    seed: seed + 1,
    startMs: START_MS + dice.pick([0, 0, 43_080_000, 82_680_000]),
    driftPpm: dice.pick([0, 20, -20]),
    timelines: options.timelines,
    ...(options.wrap ? { wrap: options.wrap } : {}),
    ...(options.log ? { log: options.log } : {}),
  });
  const { server, network, clock } = world;
  const manifests = new Map<string, Manifest>();
  let revision = 0;
  const publish = () => {
    revision += 1;
    const { library } = options;
    const manifest = library.manifests[dice.between(0, library.manifests.length)];
    if (!manifest) throw new Error("An empty library");
    server.publish({ ...manifest, revision }, library.files);
    const { published } = server.state;
    // The library's own, so that its days are compiled once.
    if (published) manifests.set(published.etag, manifest);
    network.hint({ kind: "manifest", revision });
  };
  const active = new Set<PlannedFault>();
  const scene: FaultScene = {
    world,
    library: options.library,
    random: dice,
    publish,
    spoiled: new Set(),
    outages: [],
    moves: [],
    outOfTouchMs: 0,
  };
  const judge = createJudge({
    world,
    manifests,
    spoiled: scene.spoiled,
    isDisturbed: () => [...active].some(({ kind }) => FAULTS[kind].isSeen),
    isInTouch: () => clock.monotonicMs() - scene.outOfTouchMs > IN_TOUCH_MS,
    expectation: options.expectation,
  });

  publish();
  judge.start();
  await world.boot();
  await world.run(dice.between(0, 30_000));
  const beganMs = clock.monotonicMs();
  for (const fault of planned) {
    await world.run(Math.max(0, beganMs + fault.atMs - clock.monotonicMs()));
    begin(fault);
  }
  await world.run(Math.max(0, beganMs + FAULTY_MS + OVER_MS - clock.monotonicMs()));
  await world.boot();
  for (let waitedMs = 0; !isRecovered() && waitedMs < RECOVERY_LIMIT_MS; waitedMs += STEP_MS)
    await world.run(STEP_MS);
  if (findPromoted(world.disk)?.etag !== server.state.published?.etag)
    judge.report("I1", "the newest manifest is not the last good one though all is well again");
  await world.run(AFTERWARDS_MS);
  const looksBefore = judge.looks();
  // A damaged file is found when its time comes, and mending it may be seen.
  const isUnseen = () => judge.looks() === looksBefore;
  for (let waitedMs = 0; isUnseen() && waitedMs < CALM_LIMIT_MS; waitedMs += STEP_MS)
    await world.run(STEP_MS);
  if (isUnseen()) judge.report("I3", "the glass is not as planned though all is well again");
  judge.disturb();
  await world.stop();
  await world.boot();
  await world.run(LAST_WORDS_MS);
  const reckoning = settleAccounts();
  return {
    ...{ seed, faults: planned, violations: judge.violations, reckoning },
    ...{ looks: judge.looks(), boots: world.processes.length, passedMs: clock.monotonicMs() },
  };

  function begin(fault: PlannedFault): void {
    const rule = FAULTS[fault.kind];
    if (rule.isSeen) judge.disturb();
    const end = rule.begin(scene, fault.lengthMs);
    if (fault.kind === "power_lost" || fault.kind === "engine_killed") judge.lookAtDisk();
    if (fault.lengthMs === 0) return;
    active.add(fault);
    clock.after(fault.lengthMs, () => {
      end();
      active.delete(fault);
      if (rule.isSeen) judge.disturb();
    });
  }

  function isRecovered(): boolean {
    const shown = world.stage.showings.length - reckon(ledgerFacts()).excused;
    const isDelivered = server.state.plays.size >= shown - 4;
    return isDelivered && findPromoted(world.disk)?.etag === server.state.published?.etag;
  }

  function ledgerFacts() {
    const contents = contentsByAsset(manifests.values());
    return {
      ...{ showings: world.stage.showings, processes: world.processes, outages: scene.outages },
      moves: scene.moves,
      plays: server.state.plays,
      contentsOf: (assetId: string) => contents.get(assetId) ?? new Set<string>(),
    };
  }

  /** I4 and I5: what was shown is what was counted. */
  function settleAccounts(): Reckoning {
    const result = reckon(ledgerFacts());
    for (const text of [...result.lost, ...result.doubled]) judge.report("I4", text);
    for (const text of result.wrong) judge.report("I5", text);
    // A ticket that the disk did not take is shown again by the next process, as a copy would.
    if (server.state.copies > 0 && scene.outages.length === 0)
      judge.report("I4", `the screen was taken for a copy ${server.state.copies} times`);
    const { identifies } = world.stage.counts();
    const commands = planned.filter(({ kind }) => kind === "commanded").length;
    if (identifies > commands)
      judge.report("I4", `${commands} commands were carried out ${identifies} times`);
    return result;
  }
}
