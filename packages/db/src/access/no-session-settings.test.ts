import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const SOURCES = ["apps", "packages", "bench"];
/** `attacks` and `mutants` are tests of the database, on connections of their own. */
const SKIPPED = new Set(["node_modules", "dist", "migrations", "release", "attacks", "mutants"]);
const SELF = fileURLToPath(import.meta.url);

/** Statements whose effect outlives the transaction on a connection that others borrow next. */
const SESSION_SETTINGS = [
  /["'`;]\s*set\s+(?!local\b|constraints\b)(session\s+)?(role|app\.|search_path|row_security|time zone|session authorization|[a-z_]+\s*=\s|[a-z_]+_(timeout|mem|path|security|cost|mode)\s+to\s)/i,
  /set_config\s*\([^)]*,\s*false\s*\)/i,
  /["'`;]\s*(reset\s+[a-z_]+|discard\s+all)\s*["'`;]/i,
];

/** `reset role` ends a `set local role` before its transaction ends: the migration's, on a connection of its own. */
const ALLOWED: Record<string, RegExp> = { "packages/db/src/migrate/step.ts": /reset role/ };

async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : sourcesIn(path);
      return /\.(ts|tsx|sql|mjs)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
    }),
  );
  return found.flat();
}

function sessionSettingsIn(path: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const isAllowed = ALLOWED[path]?.test(line) ?? false;
    return !isAllowed && SESSION_SETTINGS.some((one) => one.test(line))
      ? [`${path}:${index + 1} ${line.trim()}`]
      : [];
  });
}

test("no statement of the product changes a setting for longer than a transaction", async () => {
  const files = (await Promise.all(SOURCES.map((folder) => sourcesIn(join(ROOT, folder))))).flat();
  expect(files.length).toBeGreaterThan(50);
  const found = await Promise.all(
    files
      .filter((file) => file !== SELF)
      .map(async (file) => sessionSettingsIn(file.slice(ROOT.length), await readFile(file, "utf8"))),
  );
  expect(found.flat()).toEqual([]);
});

test.each([
  'sql.unsafe("SET app.organization_id = 1")',
  "sql`set session app.organization_id = $1`",
  "await run('set role vitrine_owner');",
  'execute("select 1; set search_path to public")',
  "sql`select set_config('app.organization_id', $1, false)`",
  'run("discard all")',
  'run("SET statement_timeout = 0")',
])("such a line is found: %s", (line) => {
  expect(sessionSettingsIn("x.ts", line)).toHaveLength(1);
});

test.each([
  "`BEGIN;SET LOCAL app.organization_id='$1'`",
  'run("set constraints all deferred")',
  "on conflict do update set name = excluded.name",
  "update system.users set name = p_name",
])("such a line is not: %s", (line) => {
  expect(sessionSettingsIn("x.ts", line)).toEqual([]);
});
