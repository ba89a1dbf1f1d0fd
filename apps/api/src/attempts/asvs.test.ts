import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../../..");
const STATES = ["met", "in part", "not met", "does not exist yet"];

const rows = readFileSync(resolve(root, "docs/security/asvs.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [number = "", , what = "", state = "", notes = ""] = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    const tests = [...notes.matchAll(/`([\w./-]+\.test\.ts)`/g)].map(([, path = ""]) => path);
    return { number: Number(number), what, state, notes, tests };
  });

test("all 62 are there, in order, each with a state", () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 62 }, (_, at) => at + 1));
  expect(rows.filter(({ state }) => !STATES.includes(state))).toEqual([]);
});

test("each test that is named exists; what is met has one, and what is not says what lacks", () => {
  const missing = rows.flatMap(({ tests }) => tests.filter((path) => !existsSync(resolve(root, path))));
  expect(missing).toEqual([]);
  expect(rows.filter(({ state, tests }) => state === "met" && tests.length === 0)).toEqual([]);
  const lacking = rows.filter(({ state }) => state !== "met");
  expect(lacking.filter(({ notes }) => notes.replace(/`[^`]+`/g, "").replace(/[;\s]/g, "") === "")).toEqual(
    [],
  );
});

test("SECURITY.md says where to tell of a hole, by when each is mended, and how components are listed and looked at", () => {
  const text = readFileSync(resolve(root, "SECURITY.md"), "utf8");
  expect(text).toContain("Report a vulnerability");
  const days = [...text.matchAll(/^\| (critical|high|medium|low) \|.*\| (\d+) \|$/gm)].map(
    ([, severity, within]) => [severity, Number(within)],
  );
  expect(days).toEqual([
    ["critical", 2],
    ["high", 7],
    ["medium", 30],
    ["low", 90],
  ]);
  const looks = readFileSync(resolve(root, ".github/workflows/components.yml"), "utf8");
  for (const command of ["npm run --silent sbom", "npm audit", "npm outdated"]) {
    expect(text).toContain(`\`${command}\``);
    expect(looks).toContain(command);
  }
});
