import { beforeAll, describe, expect, test } from "vitest";
import { MUTATIONS } from "./mutations.ts";
import { createSeedKit, runSeed, type SeedOutcome } from "./run-seed.ts";

const SEEDS = Number(process.env.VITRINE_SEEDS ?? 60);
const MUTATION_SEEDS = 80;

const kit = createSeedKit();
const outcomes: SeedOutcome[] = [];

beforeAll(async () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) outcomes.push(await runSeed(seed, kit));
}, 300_000);

/** What broke a rule, with the command that lives it again. */
const broken = (rule: string) =>
  outcomes.flatMap(({ seed, violations }) =>
    violations
      .filter((one) => one.rule === rule)
      .map(
        ({ atMs, text }) => `${text} (at ${atMs} ms of seed ${seed}: npm run simulation -- --seed ${seed})`,
      ),
  );

describe("whatever befalls a screen", () => {
  test("I1: the last good manifest and its files stay until the next is there as a whole", () => {
    expect(broken("I1")).toEqual([]);
  });
  test("I2: while anything can be shown, something is shown", () => {
    expect(broken("I2")).toEqual([]);
  });
  test("I3: what is on the glass is what playheadAt says, within a frame", () => {
    expect(broken("I3")).toEqual([]);
    expect(outcomes.reduce((sum, { looks }) => sum + looks, 0)).toBeGreaterThan(SEEDS * 20);
  });
  test("I4: every play is counted once, and every command carried out at most once", () => {
    expect(broken("I4")).toEqual([]);
    expect(outcomes.reduce((sum, { reckoning }) => sum + reckoning.delivered, 0)).toBeGreaterThan(SEEDS * 10);
  });
  test("I5: a jump of the clock neither moves nor invents plays", () => {
    expect(broken("I5")).toEqual([]);
  });
});

test("a seed is lived the same way each time", async () => {
  const again = await runSeed(7, kit);
  const { looks, passedMs, reckoning, violations } = again;
  expect(outcomes[6]).toMatchObject({ looks, passedMs, reckoning, violations });
});

describe("the simulation finds an engine that", () => {
  test.each(Object.entries(MUTATIONS))("%s", async (_, { breaks, wrap, faults }) => {
    const found = new Set<string>();
    for (let seed = 1; seed <= MUTATION_SEEDS && !breaks.some((rule) => found.has(rule)); seed += 1) {
      const { violations } = await runSeed(seed, { ...kit, wrap, ...(faults ? { faults } : {}) });
      for (const { rule } of violations) found.add(rule);
    }
    expect([...found].filter((rule) => breaks.includes(rule))).not.toEqual([]);
  });
});
