import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = import.meta.dirname;

test("every rule of SPEC.md has a test that names it, and every test names rules that are there", () => {
  const rules = [...readFileSync(join(folder, "SPEC.md"), "utf8").matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(
    ([, rule]) => rule,
  );
  const named = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .flatMap((name) => [
      ...readFileSync(join(folder, name), "utf8").matchAll(/["`]((?:[A-Z]\d+(?:, )?)+): /g),
    ])
    .flatMap(([, list = ""]) => list.split(", "));
  expect(rules.length).toBeGreaterThan(50);
  expect(new Set(rules).size, "a rule stands twice").toBe(rules.length);
  expect(rules.filter((rule) => !named.includes(rule ?? ""))).toEqual([]);
  expect(named.filter((rule) => !rules.includes(rule))).toEqual([]);
});
