import { expect, test } from "vitest";
import { RecentMap } from "./recent-map.ts";

test("a recent map holds the keys that were set last, and forgets those of twice as long ago", () => {
  const map = new RecentMap<number>(3);
  for (const [value, key] of ["a", "b", "c", "a", "d"].entries()) map.set(key, value);
  expect(["a", "b", "c", "d"].map((key) => map.get(key))).toEqual([3, 1, 2, 4]);
  map.set("a", 5);
  for (const key of ["e", "f", "g", "h"]) map.set(key, 6);
  expect(["b", "c"].map((key) => map.get(key))).toEqual([undefined, undefined]);
  expect(["f", "g", "h"].map((key) => map.get(key))).toEqual([6, 6, 6]);
});

const DELETIONS: [string, (map: RecentMap<number>) => void][] = [
  [
    "one by one",
    (map) => {
      for (const key of ["old", "new"]) map.delete(key);
    },
  ],
  ["by its value", (map) => map.deleteWhere((value) => value > 0)],
  ["with all", (map) => map.clear()],
];

test.each(DELETIONS)("what is deleted %s is gone, however long ago it was set", (_, deleteAll) => {
  const map = new RecentMap<number>(1);
  map.set("old", 1);
  map.set("new", 2);
  deleteAll(map);
  expect([map.get("old"), map.get("new")]).toEqual([undefined, undefined]);
});

test("what is deleted by its value is judged by the one that was set last", () => {
  const map = new RecentMap<number>(2);
  for (const key of ["changed", "kept", "changed"]) map.set(key, 1);
  map.set("changed", 2);
  map.deleteWhere((value) => value === 1);
  expect([map.get("changed"), map.get("kept")]).toEqual([2, undefined]);
});
