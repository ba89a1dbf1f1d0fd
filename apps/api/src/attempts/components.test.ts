import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";

const root = resolve(import.meta.dirname, "../../../..");
const locked = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  link: z.boolean().default(false),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
});
const lock = z.object({ packages: z.record(z.string(), locked) });
const list = z.object({
  bomFormat: z.literal("CycloneDX"),
  components: z.array(z.object({ purl: z.string(), hashes: z.array(z.unknown()).default([]) })),
});

const components = Object.entries(
  lock.parse(JSON.parse(readFileSync(resolve(root, "package-lock.json"), "utf8"))).packages,
).flatMap(([path, entry]) => {
  const [, ...after] = path.split("node_modules/");
  return after.length === 0 || entry.link ? [] : [{ ...entry, name: entry.name ?? after.at(-1) ?? "" }];
});

test("the list of components has each that is installed, in its version and with its digest", () => {
  const printed = execFileSync("npm", ["run", "--silent", "sbom"], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  const listed = list.parse(JSON.parse(printed.toString())).components;
  const digested = new Set(listed.flatMap(({ purl, hashes }) => (hashes.length === 0 ? [] : [purl])));
  expect(components.length).toBeGreaterThan(500);
  expect(components.filter((one) => !digested.has(purlOf(one)))).toEqual([]);
});

test("components come from the npm registry and from nowhere else", () => {
  const isOfRegistry = (address: string) => new URL(address).origin === "https://registry.npmjs.org";
  const others = components.filter(({ resolved }) => resolved !== undefined && !isOfRegistry(resolved));
  expect(others).toEqual([]);
  expect(components.filter(({ integrity }) => integrity === undefined)).toEqual([]);
});

function purlOf({ name, version }: { name: string; version?: string | undefined }): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}
