import type { Manifest } from "@vitrine/core/model/manifest";
import type { EngineDeps } from "../engine-deps.ts";
import { fileAsset, makeManifest } from "../testing/test-content.ts";
import type { SeedKit } from "./run-seed.ts";
import type { DiskImage, DiskOperation, Moment } from "./virtual-disk.ts";
import { WELL } from "./virtual-network.ts";
import type { ServerState } from "./virtual-server.ts";
import type { Showing } from "./virtual-stage.ts";
import { createWorld, type KioskProcess, type World } from "./world.ts";

/** The world at one moment of one operation of the disk: what is there, and what was shown and told so far. */
export interface CrashPoint {
  number: number;
  chapter: string;
  moment: Moment;
  operation: DiskOperation;
  image: DiskImage;
  server: ServerState;
  showings: readonly Showing[];
  /** The last one is the one that crashes here. */
  processes: readonly KioskProcess[];
  /** By the machine's monotonic clock. */
  atMs: number;
  wallMs: number;
  serverMs: number;
  identifies: number;
  /** A last good manifest is on the disk for sure. */
  hasPromoted: boolean;
  /** The order to wipe is on the disk for sure. */
  isWipeOrdered: boolean;
}

export interface Story {
  points: readonly CrashPoint[];
  /** How many there were in all. */
  operations: number;
  /** Every manifest that was published, by ETag. */
  manifests: ReadonlyMap<string, Manifest>;
}

export interface StoryOptions {
  kit: SeedKit;
  seed: number;
  /** Whether to keep the points of an operation, by its number. */
  isKept(number: number): boolean;
  wrap?(deps: EngineDeps, world: World): EngineDeps;
}

const ITEM_MS = 10_000;
/** Starts after each of which a segment of plays is left that is not sent. */
const STARTS = 21;
/** A segment of plays is full in this time. */
const SEGMENT_MS = 5_300_000;

/** Lives a whole story of a screen and keeps the world at the operations of its disk. */
export async function tellStory({ kit, seed, isKept, wrap }: StoryOptions): Promise<Story> {
  const world = createWorld({ seed, timelines: kit.timelines, ...(wrap ? { wrap } : {}) });
  const { disk, server, network } = world;
  const points: CrashPoint[] = [];
  const manifests = new Map<string, Manifest>();
  let chapter = "";
  let operations = 0;
  let hasPromoted = false;
  let isWipeOrdered = false;

  const keep = (moment: Moment, operation: DiskOperation) => {
    if (!isKept(operations)) return;
    points.push({
      ...{ number: operations, chapter, moment, operation, hasPromoted, isWipeOrdered },
      image: disk.imageOfKill(),
      server: server.remember(),
      showings: [...world.stage.showings],
      processes: world.processes.map((one) => ({ ...one, ids: new Set(one.ids) })),
      atMs: world.clock.monotonicMs(),
      wallMs: world.clock.wallMs(),
      serverMs: server.nowMs(),
      identifies: world.stage.counts().identifies,
    });
  };
  disk.tearsWrites = true;
  disk.watch = (moment, operation) => {
    if (moment === "before") operations += 1;
    if (moment === "after" && operation.kind === "syncFolder") {
      if (operation.path === "manifests" && disk.read("manifests/current")) hasPromoted = true;
      if (operation.path === "." && disk.read("wiping")) isWipeOrdered = true;
    }
    keep(moment, operation);
  };
  const publish = (places: readonly number[], revision: number) => {
    const files = kit.library.files.filter((_, place) => places.includes(place));
    const assets = files.map((file, place) => ({ ...fileAsset(file, ITEM_MS), id: assetId(place) }));
    const ids = { playlistId: assetId(900), itemIds: assets.map((_, place) => assetId(800 + place)) };
    server.publish(makeManifest({ assets, revision, ...ids }), kit.library.files);
    const { published } = server.state;
    if (published) manifests.set(published.etag, published.manifest);
    network.hint({ kind: "manifest", revision });
  };

  chapter = "first sync";
  publish([0, 1, 7], 1);
  await world.boot();
  await world.run(35_000);
  chapter = "another manifest";
  publish([0, 3, 4], 2);
  await world.run(35_000);
  chapter = "back to the former one";
  publish([0, 1, 7], 3);
  await world.run(35_000);
  chapter = "a command";
  server.command("identify", 600_000);
  network.hint({ kind: "commands" });
  await world.run(15_000);
  chapter = "a file is replaced, and others make room";
  disk.capacityBytes = disk.usedBytes() + 240_000;
  publish([2, 1, 5, 8], 4);
  await world.run(45_000);
  disk.capacityBytes = 2 ** 40;
  chapter = "a file is damaged and mended";
  disk.flipBit(`files/${kit.library.files[5]?.file.sha256}`);
  await world.run(100_000);
  chapter = "starts without a network";
  network.line = { ...WELL, state: "down" };
  network.cutStreams();
  for (let start = 0; start < STARTS; start += 1) {
    world.kill();
    await world.boot();
    await world.run(12_000);
  }
  chapter = "a segment of plays is full";
  await world.run(SEGMENT_MS);
  chapter = "the plays are sent";
  network.line = WELL;
  await world.run(100_000);
  chapter = "the screen is revoked";
  server.state.isRevoked = true;
  network.hint({ kind: "revoked" });
  await world.run(20_000);
  return { points, operations, manifests };
}

function assetId(number: number): string {
  return `00000000-0000-4000-8001-${String(number).padStart(12, "0")}`;
}
