import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase, type TestDatabase } from "@vitrine/db/testing";
import { type RunningServer, startServer } from "../app.ts";
import { readConfig } from "../platform/config.ts";

export type TestServer = AsyncDisposable & RunningServer & { testDatabase: TestDatabase; folder: string };

/**
 * A real server on free ports, with a database and a data folder of its own. The dashboard is one empty page, and
 * anybody may call a hundred times as often as otherwise. `through` gives the addresses by which it reaches the database.
 */
export async function startTestServer(
  env: Record<string, string> = {},
  through: (urls: TestDatabase["urls"]) => TestDatabase["urls"] = (urls) => urls,
): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-api-"));
  const dashboardDir = join(folder, "dashboard");
  mkdirSync(dashboardDir);
  writeFileSync(join(dashboardDir, "index.html"), "<!doctype html><title>Vitrine</title>");
  const testDatabase = await createTestDatabase();
  const config = readConfig(
    {
      PORT: "0",
      HOST: "127.0.0.1",
      VITRINE_DATA: join(folder, "data"),
      VITRINE_DASHBOARD_DIR: dashboardDir,
      VITRINE_LOG: "silent",
      VITRINE_CALL_LIMIT_FACTOR: "100",
      VITRINE_MAIL_SPREAD_SECONDS: "0",
      // Nobody answers there, and the machine says so at once.
      VITRINE_DNS_SERVERS: "127.0.0.1:1",
      ...env,
    },
    folder,
  );
  const server = await startServer(config, through(testDatabase.urls));
  return {
    ...server,
    url: `http://127.0.0.1:${server.port}`,
    testDatabase,
    folder,
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await testDatabase[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
