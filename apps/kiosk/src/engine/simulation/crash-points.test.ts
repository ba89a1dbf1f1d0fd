import { expect, test } from "vitest";
import { type CrashFault, tryCrashes } from "./crash-points.ts";
import { MUTATIONS } from "./mutations.ts";
import { createSeedKit } from "./run-seed.ts";

const kit = createSeedKit();
/** Another part of the operations for each day, so that all of them have their turn. */
const EVERY = 240;
const OFFSET = 17;

const inWords = ({ point, chapter, moment, operation, ending, text }: CrashFault) =>
  `${text} (${chapter}: ${ending} ${moment} operation ${point}, ${operation})`;

test("I1, I4: ended at any operation of the disk, it starts into one whole manifest and no play is lost or doubled", async () => {
  const report = await tryCrashes({ kit, seed: 1, isTried: (number) => number % EVERY === OFFSET });
  expect(report.faults.map(inWords)).toEqual([]);
  expect(report.lost + report.doubled).toBe(0);
  expect(report.operations).toBeGreaterThan(10);
});

test.each(["files are never synced", "folders are never synced"])("it is found when %s", async (name) => {
  const wrap = MUTATIONS[name]?.wrap;
  if (!wrap) throw new Error(`No such mutation: ${name}`);
  const { faults } = await tryCrashes({ kit, seed: 1, isTried: (number) => number === 120, wrap });
  expect(faults.length).toBeGreaterThan(0);
});
