import { parentPort, workerData } from "node:worker_threads";
import * as z from "zod";
import { createSeedKit, runSeed } from "./run-seed.ts";

// Lives the seeds `first`, `first + step`, … up to `last`, and tells of each.
const { first, last, step } = z
  .strictObject({ first: z.int(), last: z.int(), step: z.int() })
  .parse(workerData);
const kit = createSeedKit();
process.on("unhandledRejection", (reason) =>
  parentPort?.postMessage({ kind: "unforeseen", text: String(reason) }),
);
for (let seed = first; seed <= last; seed += step) {
  const { faults, violations, reckoning, looks, boots, passedMs } = await runSeed(seed, kit);
  const { shown, delivered, excused } = reckoning;
  const kinds = faults.map(({ kind }) => kind);
  parentPort?.postMessage({
    kind: "seed",
    seed,
    kinds,
    violations,
    shown,
    delivered,
    excused,
    looks,
    boots,
    passedMs,
  });
}
