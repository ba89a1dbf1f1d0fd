import type { DeviceVitals } from "@vitrine/core/model/device";
import { expect, test } from "vitest";
import { NO_VITALS } from "./machine-facts.ts";
import { createToldVitals } from "./told-vitals.ts";

test("figures that drift are told anew every two minutes, what happened at once", async () => {
  let nowMs = 0;
  let vitals: DeviceVitals = {
    ...NO_VITALS,
    ...{ uptimeSeconds: 1, cpuLoad: 0.1, clockOffsetMs: 3, clockErrorMs: 1, stageRestarts: 0 },
    ...{ diskFreeBytes: null, diskTotalBytes: null, cacheBytes: null, cacheLimitBytes: null },
    ...{ playsWaiting: null, framesDropped: null },
  };
  const tell = createToldVitals({ monotonicMs: () => nowMs }, async () => vitals);
  const first = await tell();
  const after = async (ms: number, changes: Partial<DeviceVitals>) => {
    nowMs += ms;
    vitals = { ...vitals, ...changes };
    return tell();
  };
  expect(await after(30_000, { cpuLoad: 0.9, clockOffsetMs: 20 })).toBe(first);
  expect(await after(89_999, { uptimeSeconds: 120 })).toBe(first);
  expect(await after(1, {})).toMatchObject({ cpuLoad: 0.9, clockOffsetMs: 20, uptimeSeconds: 120 });
  for (const happened of [
    { stageRestarts: 1 },
    { network: { kind: "wired" as const, address: "10.0.0.2" } },
    { clockOffsetMs: 3_600_000 },
    { temperatureCelsius: 41 },
    { cpuLoad: null },
  ]) {
    expect(await after(1_000, happened)).toMatchObject(happened);
  }
});
