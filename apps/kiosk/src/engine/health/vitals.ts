import type { DeviceVitals } from "@vitrine/core/model/device";
import type { EngineDeps } from "../engine-deps.ts";
import type { ServerClock } from "../link/server-clock.ts";
import type { PlaySpool } from "../plays/play-spool.ts";
import type { Cache } from "../sync/cache.ts";

export interface VitalsDeps
  extends Pick<EngineDeps, "clock" | "files" | "machine" | "reserveBytes" | "cacheLimitBytes"> {
  serverClock: ServerClock;
  spool: PlaySpool;
  cache: Cache;
  getFramesDropped(): number;
  getRestarts(): number;
}

/** Reads the figures of one engine and its machine, as they are when it is called. What cannot be read is null. */
export function createVitals(deps: VitalsDeps): () => Promise<DeviceVitals> {
  const { clock, files, serverClock } = deps;
  const startedAtMs = clock.monotonicMs();
  return async () => {
    const freeBytes = await files.freeBytes().catch(() => null);
    const cacheBytes = deps.cache.list().reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const roomBytes = freeBytes === null ? null : Math.max(0, freeBytes - deps.reserveBytes) + cacheBytes;
    return {
      ...(await deps.machine.vitals()),
      uptimeSeconds: Math.max(0, (clock.monotonicMs() - startedAtMs) / 1000),
      diskFreeBytes: freeBytes,
      diskTotalBytes: await files.totalBytes().catch(() => null),
      cacheBytes,
      cacheLimitBytes: deps.cacheLimitBytes ?? roomBytes,
      clockOffsetMs: serverClock.isTrusted() ? Math.round(serverClock.offsetMs()) : null,
      clockErrorMs: serverClock.errorMs(),
      stageRestarts: deps.getRestarts(),
      framesDropped: deps.getFramesDropped(),
      playsWaiting: await deps.spool.count().catch(() => null),
    };
  };
}
