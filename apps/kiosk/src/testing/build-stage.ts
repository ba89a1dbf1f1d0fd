import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const kiosk = fileURLToPath(new URL("../../", import.meta.url));
const SOURCES = ["src/stage", "src/shared", "vite.stage.config.ts", "package.json"];

/** Builds the stage before the tests unless it is newer than its sources, so that no test sees a stale one. */
export default async function buildStage(): Promise<void> {
  const built = await stat(join(kiosk, "dist/stage/index.html")).catch(() => undefined);
  const changed = await Promise.all(SOURCES.map((source) => newestChange(join(kiosk, source))));
  if (built !== undefined && Math.max(...changed) < built.mtimeMs) return;
  await build({ configFile: join(kiosk, "vite.stage.config.ts"), logLevel: "error" });
}

async function newestChange(path: string): Promise<number> {
  const own = await stat(path);
  if (!own.isDirectory()) return own.mtimeMs;
  const names = await readdir(path, { recursive: true });
  const times = await Promise.all(names.map(async (name) => (await stat(join(path, name))).mtimeMs));
  return Math.max(own.mtimeMs, ...times);
}
