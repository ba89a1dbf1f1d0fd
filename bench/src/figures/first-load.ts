import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { repository } from "@vitrine/harness/processes";
import { print } from "../print.ts";

/** What the dashboard's page makes a browser load before anything is shown: scripts and styles, compressed. */
export async function run(): Promise<void> {
  const folder = join(repository, "apps/dashboard/dist");
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const loaded = [...page.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, path = ""]) => path);
  const sum = (paths: string[], compress: (bytes: Buffer) => Buffer) =>
    paths.reduce((total, path) => total + compress(readFileSync(join(folder, path))).length, 0);
  const scripts = loaded.filter((path) => path.endsWith(".js"));
  print({ name: "first_load.script_gzip", value: sum(scripts, gzipSync), unit: "byte", target: "<= 200000" });
  print({ name: "first_load.script_brotli", value: sum(scripts, brotliCompressSync), unit: "byte" });
  print({
    name: "first_load.all_gzip",
    value: sum([...loaded], gzipSync) + gzipSync(page).length,
    unit: "byte",
  });
}
