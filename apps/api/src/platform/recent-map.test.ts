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

test("what is deleted is gone, however long ago it was set", () => {
  const map = new RecentMap<number>(1);
  map.set("old", 1);
  map.set("new", 2);
  for (const key of ["old", "new"]) map.delete(key);
  expect([map.get("old"), map.get("new")]).toEqual([undefined, undefined]);
});
