import { setTimeout as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { repeat } from "./repeat.ts";

test("work is begun at once and again and again, never twice at a time, and disposing waits for it", async () => {
  let [underWay, most, begun] = [0, 0, 0];
  const thrice = Promise.withResolvers<void>();
  const work = async () => {
    underWay += 1;
    begun += 1;
    most = Math.max(most, underWay);
    if (begun === 3) thrice.resolve();
    for (let turns = 0; turns < 5; turns += 1) await turn(1);
    underWay -= 1;
  };
  const repeated = repeat(work, { everyMs: 1 });
  expect(begun).toBe(1);
  await thrice.promise;
  expect(underWay).toBe(1);
  await repeated[Symbol.asyncDispose]();
  expect({ underWay, most }).toEqual({ underWay: 0, most: 1 });
});
