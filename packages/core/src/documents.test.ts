/// <reference types="node" />
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root })
  .toString()
  .trimEnd()
  .split("\n");

/** What stands in a document's sentences as code. */
function codeIn(document: string): string[] {
  const sentences = read(document).replaceAll(/^```.*?^```/gms, "");
  return [...sentences.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
}

/** Whether there is a file or folder of that path, which may leave folders out: `core/model/errors.ts`. */
function isThere(path: string): boolean {
  const parts = path.replace(/\/$/, "").replaceAll(".", "\\.").split("/");
  const whole = new RegExp(`(^|/)${parts.join("/(.+/)?")}(/|$)`);
  return files.some((file) => whole.test(file));
}

test.each(["ARCHITECTURE.md", "CONTRIBUTING.md"])("each path that %s names is there", (document) => {
  const paths = codeIn(document)
    .filter((code) => /^[\w.-]+(\/[\w.-]+)*\/?$/.test(code) && /\/|\.(ts|tsx|md|json|txt)$/.test(code))
    .filter((path) => !path.startsWith("node_modules/"));
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => !isThere(path))).toEqual([]);
});

test.each(["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"])(
  "each command that %s names is there",
  (document) => {
    const commands = [...read(document).matchAll(/\bnpm run ([\w:-]+)(?: -w ([\w/-]+))?/g)];
    expect(commands.length).toBeGreaterThan(5);
    const missing = commands.filter(
      ([, name = "", workspace = ""]) => !read(join(workspace, "package.json")).includes(`"${name}": "`),
    );
    expect(missing.map(([command]) => command)).toEqual([]);
  },
);
