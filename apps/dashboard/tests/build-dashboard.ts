import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    dashboardDir: string;
  }
}

/** Builds the dashboard as it is shipped into a folder of its own, for all tests of this run. */
export default async function buildDashboard(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-dashboard-"));
  await promisify(execFile)("vite", ["build", "--outDir", folder, "--emptyOutDir", "--logLevel", "warn"], {
    cwd: resolve(import.meta.dirname, ".."),
    env: { ...process.env, NODE_ENV: "production" },
    timeout: 120_000,
  });
  project.provide("dashboardDir", folder);
  return () => rm(folder, { recursive: true, force: true });
}
