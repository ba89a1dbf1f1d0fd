import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../../..");
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root })
  .toString()
  .trimEnd()
  .split("\n");
const read = (path: string) => readFileSync(resolve(root, path), "utf8");

/** Sources that serve, without tests and what they stand on. */
const serving = files.filter(
  (path) =>
    /^(apps\/api|packages\/db|packages\/core)\/src\/.*\.ts$/.test(path) &&
    !/\.test\.ts$|\/(testing|attempts|attacks|mutants|catalogue|fixtures)\//.test(path),
);

/** Where text goes into a statement as it is: constants, types and operators of ours, and what sends whole statements. */
const RAW_TEXT = [
  "apps/api/src/auth/device-standing.ts",
  "apps/api/src/device/files/store-log.ts",
  "apps/api/src/device/history/report-events.ts",
  "apps/api/src/device/plays/report-plays.ts",
  "apps/api/src/features/assets/asset-page.ts",
  "apps/api/src/features/playlists/summary.ts",
  "apps/api/src/manifest/playable.ts",
  "packages/db/src/database/lane.ts",
  "packages/db/src/database/values.ts",
  "packages/db/src/migrate/migrate.ts",
  "packages/db/src/schema/columns.ts",
  "packages/db/src/schema/content.ts",
  "packages/db/src/schema/organizations.ts",
];

test("no statement is put together of texts, but where each place is known", () => {
  expect(serving.length).toBeGreaterThan(300);
  const found = serving.filter((path) => /\.unsafe\(|sql\.raw\(/.test(read(path)));
  expect(found.filter((path) => !RAW_TEXT.includes(path))).toEqual([]);
});

test("nothing that is secret is drawn by a generator that can be guessed", () => {
  // Delays of screens are spread by it.
  const allowed = ["apps/api/src/device/device-services.ts"];
  expect(serving.filter((path) => /Math\.random/.test(read(path)) && !allowed.includes(path))).toEqual([]);
});

test("no key, no secret of ours and no file of settings is in the repository", () => {
  const patterns = [
    /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}/,
    /\bvtr_[0-9A-Za-z]{38}\b/,
    /\bAKIA[0-9A-Z]{16}\b/,
    /\bgh[pousr]_[0-9A-Za-z]{36}\b/,
    /\bxox[abpr]-[0-9A-Za-z-]{20}/,
    /\/\/[^\s/:@]+:[^\s/:@{}$]{6,}@(?!localhost|127\.|.*example|h\b)[\w.-]+\.[a-z]{2,}/,
  ];
  const texts = files.filter((path) => /\.(ts|tsx|mjs|js|json|md|sql|yml|yaml|sh|txt|html|css)$/.test(path));
  // One that was never given out stands where the dashboard's tests show a new key.
  const invented = ["apps/dashboard/tests/fake/api-keys.ts"];
  const found = texts.flatMap((path) => {
    const text = read(path);
    return patterns.some((pattern) => pattern.test(text)) ? [path] : [];
  });
  expect(found.filter((path) => !invented.includes(path))).toEqual([]);
  expect(files.filter((path) => /(^|\/)\.env|\.(pem|p12|key)$|secrets\.json$/.test(path))).toEqual([]);
});
