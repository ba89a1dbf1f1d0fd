import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "vite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    dashboardDir: string;
  }
}

/** Builds the dashboard as it is shipped into a folder of its own, for all tests of this run. */
export default async function buildDashboard(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-dashboard-"));
  await build({
    root: resolve(import.meta.dirname, ".."),
    mode: "production",
    logLevel: "warn",
    build: { outDir: folder, emptyOutDir: true },
  });
  project.provide("dashboardDir", folder);
  return () => rm(folder, { recursive: true, force: true });
}
