import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import { lintSource } from "@secretlint/core";
import { creator as recommended } from "@secretlint/secretlint-rule-preset-recommend";
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

/** Lines of a text that hold what secretlint's recommended rules, which know the keys of many issuers, or we ourselves call a secret. */
async function findSecrets(path: string, content: string): Promise<string[]> {
  const { messages } = await lintSource({
    source: { filePath: path, content, ext: extname(path), contentType: "text" },
    options: { maskSecrets: true, config: { rules: [{ id: PRESET, rule: recommended, rules: [AWS_IDS] }] } },
  });
  const found = messages.map(({ loc, message }) => `${path}:${loc.start.line} ${message}`);
  return OWN_FORMS.some((form) => form.test(content)) ? [...found, `${path} a key`] : found;
}
const PRESET = "@secretlint/secretlint-rule-preset-recommend";
const AWS_IDS = { id: "@secretlint/secretlint-rule-aws", options: { enableIDScanRule: true } };
/** Our API keys, and private keys as short as ours, which the rules pass over. */
const OWN_FORMS = [
  /\bvtr_[0-9A-Za-z]{38}\b/,
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----(?:\s|\\n)+[A-Za-z0-9+/]{40}/,
];
/** One that was never given out stands where the dashboard's tests show a new key. */
const INVENTED = ["apps/dashboard/tests/fake/api-keys.ts"];

test("no secret and no file of settings is in the repository", async () => {
  const found: string[] = [];
  for (const path of files.filter((one) => !INVENTED.includes(one))) {
    const bytes = readFileSync(resolve(root, path));
    if (!bytes.includes(0)) found.push(...(await findSecrets(path, bytes.toString("utf8"))));
  }
  expect(found).toEqual([]);
  expect(files.filter((path) => /(^|\/)\.env|\.(pem|p12|key)$|secrets\.json$/.test(path))).toEqual([]);
});

const { privateKey } = generateKeyPairSync("ed25519", {
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
test.each([
  ["a key of AWS", ["AKIA", "Z7VQ3XK2M5PLW4RT"]],
  ["a token of GitHub", ["ghp_", "x7Qm2Lw9Rt4Vb6Nc8Zd1Kf3Hs5Jp0GyAeUiO"]],
  ["a token of Slack", ["xoxb-", "263594206564-2343594206574-FGqddMF8t08v8N7Oq4i57vs1"]],
  ["a private key", [privateKey]],
  ["a private key as JSON holds it", [JSON.stringify({ privateKey })]],
  ["a password in an address", ["https://admin:", "x7Qm2Lw9Rt@signage.example.com"]],
  ["an API key of ours", ["vtr_", "0123456789abcdefghijABCDEFGHIJ01234567"]],
])("%s would be found", async (_name, parts) => {
  expect(await findSecrets("somewhere.ts", `const it = \`${parts.join("")}\`;`)).toHaveLength(1);
});
