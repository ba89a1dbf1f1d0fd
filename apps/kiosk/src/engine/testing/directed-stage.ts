import type { ManifestFile } from "@vitrine/core/model/manifest";
import { createNoneShell } from "../../fleet/none-shell.ts";
import { createServerClock } from "../link/server-clock.ts";
import { createFaults, type Faults } from "../platform/faults.ts";
import { createLog } from "../platform/log.ts";
import { createDirector, type Director, type DirectorScene } from "../playback/director.ts";
import { createTimelines, type Timelines } from "../playback/timelines.ts";
import type { PlayRecord } from "../plays/play-record.ts";
import type { PlaySpool } from "../plays/play-spool.ts";
import { createRecorder, type Recorder } from "../plays/recorder.ts";
import type { Cache } from "../sync/cache.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** A director and a recorder before a stage that draws nothing and confirms each slot at its time. */
export interface DirectedStage {
  readonly director: Director;
  readonly recorder: Recorder;
  readonly faults: Faults;
  /** Every scene that was said, in order. */
  readonly scenes: DirectorScene[];
  /** Files, by hash, that prove unreadable when they are shown. */
  readonly failing: Set<string>;
  /** What the recorder wrote, in order. */
  readonly records: PlayRecord[];
  /** Slots that were confirmed, in order, `zone slot`. */
  readonly shown: string[];
  /** The asset that a zone shows, the main zone of the whole screen unless told. */
  onGlass(zoneId?: string): string | undefined;
  /** Lets time pass in steps of 100 ms. */
  pass(ms: number): Promise<void>;
}

/** Directs a stage on a clock of its own; `there` are the hashes of the files in the cache. */
export async function direct(
  clock: VirtualClock,
  there: Set<string>,
  timelines: Timelines = createTimelines(16),
  isSuspect: (assetId: string) => boolean = () => false,
): Promise<DirectedStage> {
  const failing = new Set<string>();
  const faults = createFaults(() => {});
  const shell = createNoneShell(clock);
  const scenes: DirectorScene[] = [];
  const records: PlayRecord[] = [];
  const shown: string[] = [];
  const onGlass = new Map<string, string>();
  const serverClock = createServerClock(clock, undefined);
  const spool = spoolOf(async (record) => void records.push(record));
  const recorder = createRecorder({ clock, serverClock, bootId: "boot", spool });
  const director = createDirector({
    ...{ clock, serverClock, timelines, faults },
    cache: cacheOf((file) => there.has(file.sha256)),
    log: createLog(clock, []),
    isSuspect,
    onScene(scene) {
      scenes.push(scene);
      if (scene.kind === "plan") shell.send(scene.plan);
    },
    onShowing(showing) {
      recorder.onShowing(showing);
      onGlass.set(showing.planned.zoneId, showing.content.content.assetId);
      shown.push(`${showing.planned.zoneId} ${showing.planned.slotId}`);
    },
  });
  const media = {
    findMedia: async (sha256: string) =>
      there.has(sha256) && !failing.has(sha256) ? { path: "", sizeBytes: 1, mediaType: "" } : undefined,
  };
  await shell.open(
    { media, window: { kind: "fullscreen" }, dataFolder: "" },
    {
      onMessage(message) {
        if (message.kind === "shown") director.onShown(message);
        if (message.kind === "failed") director.onFailed(message);
        if (message.kind !== "gone") return;
        onGlass.delete(message.zoneId);
        recorder.onZoneGone(message);
        director.onGone(message);
      },
      onCrash: () => {},
      onClosed: () => {},
    },
    new AbortController().signal,
  );
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    ...{ director, recorder, faults, scenes, failing, records, shown },
    onGlass: (zoneId = "main") => onGlass.get(zoneId),
    async pass(ms) {
      for (let passedMs = 0; passedMs < ms; passedMs += 100) {
        clock.advance(Math.min(100, ms - passedMs));
        await settle();
      }
    },
  };
}

/** A cache of which the director asks nothing but these three. */
function cacheOf(has: (file: ManifestFile) => boolean): Cache {
  const asked: Pick<Cache, "has" | "isVerified" | "verify"> = {
    has,
    isVerified: has,
    verify: async (file) => has(file),
  };
  return asked as Cache;
}

/** A spool of which the recorder asks nothing but to append. */
function spoolOf(append: PlaySpool["append"]): PlaySpool {
  return { append } as PlaySpool;
}
