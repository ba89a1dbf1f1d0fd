import { expect, it, test } from "vitest";
import { nextNotice, type PlanLevel } from "./plan-notices.ts";

/** What is told of while a thing's use goes from one to the next; less of it is noticed when there is more again. */
function toldAt(limit: number, uses: readonly number[]): string[] {
  let told: PlanLevel = 0;
  let former = 0;
  const news: string[] = [];
  for (const use of uses) {
    if (use > former) {
      const { level, isNews } = nextNotice(told, { use: former, more: use - former, limit });
      told = level;
      if (isNews) news.push(`${use}: ${level}`);
    }
    former = use;
  }
  return news;
}

test.each<[string, number, number[], string[]]>([
  ["each level once on the way up", 10, [1, 7, 8, 9, 10], ["8: 80", "10: 100"]],
  ["the higher level alone where both are reached at once", 10, [10], ["10: 100"]],
  ["both by one where there is room for so few", 1, [1], ["1: 100"]],
  ["nothing again for who goes a little down and up", 10, [10, 7, 8, 9, 10], ["10: 100"]],
  ["all of it again for who was well below", 10, [10, 6, 7, 8, 10], ["10: 100", "8: 80", "10: 100"]],
  ["it again for who was well below and is back at a stroke", 10, [8, 6, 9], ["8: 80", "9: 80"]],
  ["that a limit is exceeded", 5, [9], ["9: 100"]],
])("tells %s", (_name, limit, uses, expected) => {
  expect(toldAt(limit, uses)).toEqual(expected);
});

it("counts what is there already, where nothing more comes, as reached", () => {
  expect(nextNotice(0, { use: 8, more: 0, limit: 10 })).toEqual({ level: 80, isNews: true });
  expect(nextNotice(80, { use: 8, more: 0, limit: 10 })).toEqual({ level: 80, isNews: false });
});
