import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idAfter, neighbourFor, reordered } from "./item-order.ts";

const list = (ids: string) => [...ids].map((id) => ({ id }));
const ids = (items: readonly { id: string }[]) => items.map((item) => item.id).join("");

describe("reordered", () => {
  it.each([
    ["abcd", "a", "c", "bcad"],
    ["abcd", "d", "b", "adbc"],
    ["abcd", "a", "d", "bcda"],
    ["abcd", "b", "b", "abcd"],
    ["abcd", "x", "b", "abcd"],
    ["abcd", "a", "x", "abcd"],
  ])("puts, in %s, %s where %s is: %s", (before, key, over, after) => {
    expect(ids(reordered(list(before), key, over))).toBe(after);
  });

  it("is what the server makes of it: taken out, then put before the one after it", () => {
    const unique = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(unique, fc.nat(), fc.nat(), (numbers, first, second) => {
        const items = numbers.map((number) => ({ id: String(number) }));
        const key = items[first % items.length]?.id ?? "";
        const over = items[second % items.length]?.id ?? "";
        const shown = reordered(items, key, over);
        const before = idAfter(shown, key);
        const rest = items.filter((item) => item.id !== key);
        const place = before === null ? rest.length : rest.findIndex((item) => item.id === before);
        expect([...rest.slice(0, place), { id: key }, ...rest.slice(place)]).toEqual(shown);
      }),
    );
  });
});

describe("neighbourFor", () => {
  it("says where a line goes, and nothing when it is there", () => {
    const items = list("abc");
    expect(neighbourFor(items, "b", "up")).toBe("a");
    expect(neighbourFor(items, "b", "down")).toBe("c");
    expect(neighbourFor(items, "c", "top")).toBe("a");
    expect(neighbourFor(items, "a", "end")).toBe("c");
    expect(neighbourFor(items, "a", "up")).toBeUndefined();
    expect(neighbourFor(items, "a", "top")).toBeUndefined();
    expect(neighbourFor(items, "c", "down")).toBeUndefined();
  });
});
