import type { Library } from "./library.ts";
import type { SeededRandom } from "./seeded-random.ts";
import { type Line, WELL } from "./virtual-network.ts";
import type { PublishedManifest } from "./virtual-server.ts";
import type { World } from "./world.ts";

/** What a fault acts on, and what it leaves for the ones that judge. */
export interface FaultScene {
  world: World;
  library: Library;
  random: SeededRandom;
  /** Puts the next manifest on the server. */
  publish(): void;
  /** Files that the world damaged on the disk. */
  spoiled: Set<string>;
  outages: { fromMs: number; untilMs: number }[];
  /** When a clock was moved. */
  moves: number[];
  /** When the line was last ill, or somebody moved a clock. */
  outOfTouchMs: number;
}

interface FaultRule {
  /** Longest and shortest, in milliseconds. */
  lastsMs: readonly [number, number];
  /** Whether what is on the glass may be another than planned for a while. */
  isSeen: boolean;
  /** Begins it; gives what ends it. */
  begin(scene: FaultScene, lengthMs: number): () => void;
}

const NOTHING = () => {};
/** A step of less than a second is steered away, a quarter a beat. */
const STEERED_MS = 300_000;

const line = (change: (random: SeededRandom) => Partial<Line>): FaultRule => ({
  lastsMs: [2000, 120_000],
  isSeen: false,
  begin(scene, lengthMs) {
    const { world, random } = scene;
    world.network.line = { ...WELL, ...change(random) };
    scene.outOfTouchMs = world.clock.monotonicMs() + lengthMs;
    if (world.network.line.state === "down") world.network.cutStreams();
    return () => {
      world.network.line = WELL;
    };
  },
});

/** What a refused manifest stands in for; two may overlap where the machine slept. */
const genuineOf = new WeakMap<PublishedManifest, PublishedManifest>();

const once = (isSeen: boolean, act: (scene: FaultScene) => void): FaultRule => ({
  lastsMs: [0, 0],
  isSeen,
  begin(scene) {
    act(scene);
    return NOTHING;
  },
});

const disk = (trouble: (scene: FaultScene) => () => void): FaultRule => ({
  lastsMs: [1000, 90_000],
  isSeen: true,
  begin(scene, lengthMs) {
    const fromMs = scene.world.clock.monotonicMs();
    scene.outages.push({ fromMs, untilMs: fromMs + lengthMs });
    return trouble(scene);
  },
});

const jumps = [3_600_000, -3_600_000, 86_400_000, -1_774_000_000_000, 315_360_000_000] as const;

/** Everything that can befall a screen. */
export const FAULTS = {
  network_down: line(() => ({ state: "down" })),
  network_silent: line(() => ({ state: "silent" })),
  network_slow: line((random) => ({ bytesPerSecond: 8000, latencyMs: random.between(100, 1000) })),
  network_lossy: line(() => ({ losesRequest: 0.2, losesAnswer: 0.2, cutsBody: 0.2 })),
  network_delayed: line((random) => ({ latencyMs: random.between(2000, 30_000) })),
  answers_lost: line(() => ({ losesAnswer: 0.7 })),
  bodies_cut: line(() => ({ cutsBody: 0.7 })),
  bodies_corrupt: line(() => ({ corruptsBody: 0.5 })),
  bodies_endless: line(() => ({ endlessBody: 0.5 })),
  status_wrong: line(() => ({ wrongStatus: 0.6 })),
  redirected: line(() => ({ redirects: 0.8 })),
  duplicated: line(() => ({ duplicates: 0.6 })),
  reordered: line(() => ({ arrivesLate: 0.4 })),
  server_restarts: once(false, ({ world }) => {
    world.network.cutStreams();
    world.server.forgetSessions();
  }),
  server_clock_moves: once(true, (scene) => {
    scene.world.serverShiftMs += scene.random.pick([3_600_000, -3_600_000, 700, -30_000]);
    scene.outOfTouchMs = scene.world.clock.monotonicMs() + STEERED_MS;
  }),
  manifest_refused: {
    lastsMs: [5000, 90_000],
    isSeen: false,
    begin({ world, random }) {
      const { published } = world.server.state;
      if (!published) return NOTHING;
      const kind = random.pick(["signature", "screen", "revision"]);
      const other = {
        ...published.manifest,
        ...(kind === "screen" ? { deviceId: random.id() } : {}),
        revision: kind === "revision" ? 0 : published.manifest.revision + 1,
      };
      const body = Buffer.from(JSON.stringify(other));
      const signature = world.server.sign(kind === "signature" ? Buffer.from("other") : body);
      const wrong = { manifest: other, body, etag: random.id(), signature };
      const genuine = genuineOf.get(published) ?? published;
      genuineOf.set(wrong, genuine);
      world.server.publishRaw(wrong);
      return () => {
        if (world.server.state.published === wrong) world.server.publishRaw(genuine);
      };
    },
  },
  file_lost_by_server: {
    lastsMs: [5000, 60_000],
    isSeen: true,
    begin({ world, library, random }) {
      const sha256 = library.files[random.between(0, library.files.length)]?.file.sha256 ?? "";
      world.server.lostFiles.add(sha256);
      return () => void world.server.lostFiles.delete(sha256);
    },
  },
  published: once(true, ({ publish }) => publish()),
  commanded: once(false, ({ world }) => {
    world.server.command("identify", 600_000);
    world.network.hint({ kind: "commands" });
  }),
  disk_full: disk(({ world, random }) => {
    world.disk.capacityBytes = world.disk.usedBytes() + random.between(0, 20_000);
    return () => {
      world.disk.capacityBytes = 2 ** 40;
    };
  }),
  disk_read_only: disk(({ world }) => {
    world.disk.trouble.isReadOnly = true;
    return () => {
      world.disk.trouble.isReadOnly = false;
    };
  }),
  disk_failing: disk(({ world }) => {
    world.disk.trouble.failing = 0.3;
    return () => {
      world.disk.trouble.failing = 0;
    };
  }),
  byte_flipped: once(true, ({ world, random, spoiled }) => {
    const names = world.disk.list("files").filter((name) => /^[0-9a-f]{64}$/.test(name));
    const name = names[random.between(0, Math.max(1, names.length))];
    if (name && world.disk.flipBit(`files/${name}`)) spoiled.add(name);
  }),
  stage_crashes: once(true, ({ world }) => world.stage.crash("stage")),
  shell_crashes: once(true, ({ world, random }) => {
    world.stage.failingLoads = random.between(0, 3);
    world.stage.crash("shell");
  }),
  stage_hangs: once(true, ({ world }) => world.stage.hang()),
  content_undecodable: {
    lastsMs: [5000, 60_000],
    isSeen: true,
    begin({ world, library, random }) {
      const sha256 = library.files[random.between(0, library.files.length)]?.file.sha256 ?? "";
      world.stage.undecodable.add(sha256);
      return () => void world.stage.undecodable.delete(sha256);
    },
  },
  engine_killed: once(true, ({ world, random }) => {
    world.kill();
    world.clock.after(random.between(100, 8000), () => void world.boot());
  }),
  engine_stopped: once(true, ({ world, random }) => {
    void world.stop();
    world.clock.after(random.between(11_000, 15_000), () => void world.boot());
  }),
  power_lost: once(true, ({ world, random }) => {
    world.losePower(random.isChance(0.3) ? undefined : random);
    if (random.isChance(0.3)) world.clock.jumpWall(random.pick(jumps));
    world.clock.after(random.between(1000, 30_000), () => void world.boot());
  }),
  clock_jumps: once(false, ({ world, random, moves }) => {
    moves.push(world.clock.monotonicMs());
    world.clock.jumpWall(random.pick(jumps));
  }),
  machine_suspended: once(true, (scene) => {
    const forMs = scene.random.between(1000, 3_600_000);
    scene.moves.push(scene.world.clock.monotonicMs());
    scene.world.serverShiftMs += forMs;
    scene.world.clock.jumpWall(forMs);
    scene.outOfTouchMs = scene.world.clock.monotonicMs() + STEERED_MS;
  }),
  machine_stalled: once(true, ({ world, random }) => world.clock.sleepThrough(random.between(500, 30_000))),
} satisfies Record<string, FaultRule>;
export type FaultKind = keyof typeof FAULTS;

/** One fault of a run: what, when after its start, and for how long. */
export interface PlannedFault {
  kind: FaultKind;
  atMs: number;
  lengthMs: number;
}

/** Guarantee: the keys of this very object. */
export const FAULT_KINDS = Object.keys(FAULTS) as [FaultKind, ...FaultKind[]];

/** Up to ten faults within a time, at most one of the line's and one of the disk's at once. */
export function planFaults(random: SeededRandom, withinMs: number): PlannedFault[] {
  const planned = Array.from({ length: random.between(1, 11) }, (): PlannedFault => {
    const kind = random.pick(FAULT_KINDS);
    const [shortest, longest] = FAULTS[kind].lastsMs;
    return { kind, atMs: random.between(0, withinMs), lengthMs: random.between(shortest, longest + 1) };
  });
  const isFree = new Map<string, number>();
  return planned
    .toSorted((one, other) => one.atMs - other.atMs)
    .filter(({ kind, atMs, lengthMs }) => {
      const part = lengthMs === 0 ? "" : kind.startsWith("disk") ? "disk" : kind;
      const lane = FAULTS[kind].isSeen || part === "disk" ? part : "line";
      if (lengthMs > 0 && (isFree.get(lane) ?? 0) > atMs) return false;
      if (lengthMs > 0) isFree.set(lane, atMs + lengthMs);
      return true;
    });
}
