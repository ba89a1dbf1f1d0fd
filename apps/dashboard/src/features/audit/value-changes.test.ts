import { expect, test } from "vitest";
import { nameInWords, valueChanges, valueText } from "./value-changes.ts";

test("only what differs is listed, member by member", () => {
  const before = { name: "Lunch", when: { start: "09:00", end: "11:00" }, tags: ["a"] };
  const after = { name: "Lunch", when: { start: "10:00", end: "11:00" }, tags: ["a", "b"], priority: 3 };
  expect(valueChanges(before, after)).toEqual([
    { path: ["when", "start"], before: "09:00", after: "10:00" },
    { path: ["tags"], before: ["a"], after: ["a", "b"] },
    { path: ["priority"], before: undefined, after: 3 },
  ]);
});

test("of what was made or removed everything is listed", () => {
  expect(valueChanges(null, { name: "New", look: { color: null } })).toEqual([
    { path: ["name"], before: undefined, after: "New" },
    { path: ["look", "color"], before: undefined, after: null },
  ]);
  expect(valueChanges({ name: "Old" }, null)).toEqual([{ path: ["name"], before: "Old", after: undefined }]);
  expect(valueChanges(null, null)).toEqual([]);
});

test("a long list of changes ends", () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`n${index}`, index]));
  expect(valueChanges(null, many)).toHaveLength(200);
});

test("values and names are words", () => {
  expect(valueText("plain")).toBe("plain");
  expect(valueText(["a", 1, null])).toBe('["a",1,null]');
  expect(valueText(["soup", "bread"])).toBe("soup, bread");
  expect(valueText([])).toBe("[]");
  expect(nameInWords("defaultDurationMs")).toBe("default duration ms");
});
