import type { DeviceVitals } from "@vitrine/core/model/device";
import type { Clock } from "../platform/clock.ts";

const TELL_EVERY_MS = 2 * 60_000;

/**
 * The figures that beats tell. Most drift all the time and would make every beat a new one: they are told anew every
 * two minutes, and at once when something happened: a restart, another network, a clock set, a figure (not) known.
 */
export function createToldVitals(
  clock: Pick<Clock, "monotonicMs">,
  readVitals: () => Promise<DeviceVitals>,
): () => Promise<DeviceVitals> {
  let told: { vitals: DeviceVitals; atMs: number } | undefined;
  return async () => {
    const vitals = await readVitals();
    const nowMs = clock.monotonicMs();
    if (!told || nowMs - told.atMs >= TELL_EVERY_MS || hasHappened(told.vitals, vitals)) {
      told = { vitals, atMs: nowMs };
    }
    return told.vitals;
  };
}

function hasHappened(before: DeviceVitals, now: DeviceVitals): boolean {
  return JSON.stringify(gist(before)) !== JSON.stringify(gist(now));
}

function gist({ stageRestarts, network, clockOffsetMs, ...figures }: DeviceVitals) {
  const clockSeconds = clockOffsetMs === null ? null : Math.round(clockOffsetMs / 1000);
  return { stageRestarts, network, clockSeconds, known: Object.values(figures).map((one) => one !== null) };
}
