import type { Manifest } from "@vitrine/core/model/manifest";
import { assetSlotsOf, compileDay, filesNeeded, localDateAt } from "@vitrine/core/schedule";
import type { FileStore } from "../platform/file-store.ts";
import { filesOf } from "./activation.ts";
import type { Cache } from "./cache.ts";

export const NEED_HORIZON_MS = 24 * 3_600_000;

export interface SpaceDeps {
  files: FileStore;
  cache: Cache;
  /** Kept free for plays, logs and manifests. */
  reserveBytes: number;
  /** Most that the cache may hold; null: what the disk has. */
  limitBytes: number | null;
}

export interface SpaceUse {
  /** Never touched: what plays, and the last good manifest. */
  kept: readonly Manifest[];
  newest: Manifest | undefined;
  nowMs: number;
  /** The file that room is made for: what is held of it stays. */
  coming: string;
}

/**
 * Makes room for `neededBytes` by deleting files in the order in which they are least needed: those of no
 * manifest, oldest first, then those of the newest one that the next 24 hours do not need, last needed first.
 * Gives whether there is room now, and what was deleted.
 */
export async function makeRoom(
  deps: SpaceDeps,
  use: SpaceUse,
  neededBytes: number,
): Promise<{ hasRoom: boolean; evicted: string[] }> {
  const evicted: string[] = [];
  const hasRoom = async () => {
    // What is mended is written over what is there.
    if (neededBytes === 0) return true;
    const heldBytes = deps.cache.list().reduce((sum, one) => sum + one.sizeBytes, 0);
    if (deps.limitBytes !== null && heldBytes + neededBytes > deps.limitBytes) return false;
    return (await deps.files.freeBytes()) - deps.reserveBytes >= neededBytes;
  };
  // Whole days are compiled to know the order: not where there is room anyway.
  if (await hasRoom()) return { hasRoom: true, evicted };
  for (const sha256 of evictionOrder(deps.cache.list(), use)) {
    await deps.cache.remove(sha256);
    evicted.push(sha256);
    if (await hasRoom()) return { hasRoom: true, evicted };
  }
  return { hasRoom: false, evicted };
}

/** Names of the files that may go, least needed first. */
export function evictionOrder(
  held: readonly { sha256: string; modifiedAtMs: number }[],
  { kept, newest, nowMs, coming }: SpaceUse,
): string[] {
  const isKept = new Set(kept.flatMap(filesOf).map((file) => file.sha256));
  const ofNewest = newest ? filesNeeded(newest, nowMs, nowMs + NEED_HORIZON_MS) : [];
  const rank = new Map(ofNewest.map(({ sha256 }, place) => [sha256, place]));
  const soon = new Set(newest ? neededSoon(newest, nowMs) : []);
  return held
    .filter(({ sha256 }) => sha256 !== coming && !isKept.has(sha256) && !soon.has(sha256))
    .toSorted(
      (one, other) =>
        (rank.get(other.sha256) ?? Number.POSITIVE_INFINITY) -
          (rank.get(one.sha256) ?? Number.POSITIVE_INFINITY) || one.modifiedAtMs - other.modifiedAtMs,
    )
    .map(({ sha256 }) => sha256);
}

function neededSoon(newest: Manifest, nowMs: number): string[] {
  const untilMs = nowMs + NEED_HORIZON_MS;
  const dates = new Set([nowMs, untilMs].map((atMs) => localDateAt(newest.timeZone, atMs)));
  const slots = [...dates].flatMap((date) => compileDay(newest, date).slots.flatMap(assetSlotsOf));
  const assetIds = new Set(
    slots.filter((slot) => slot.endMs > nowMs && slot.startMs < untilMs).map((slot) => slot.assetId),
  );
  return newest.assets.flatMap(({ id, file }) => (file && assetIds.has(id) ? [file.sha256] : []));
}
