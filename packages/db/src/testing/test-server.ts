import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { ServingRole } from "../access/roles.ts";
import type { Binaries } from "../embedded/binaries.ts";
import { type EmbeddedServer, startEmbedded } from "../embedded/start-embedded.ts";
import { migrate } from "../migrate/migrate.ts";

/** What it takes to make databases on a test server: plain data, so that it can be handed to other processes. */
export interface TestServerAddress {
  superuserUrl: string;
  passwords: Record<ServingRole, string>;
}

export interface TestServer extends AsyncDisposable {
  address: TestServerAddress;
}

export const TEMPLATE = "vitrine_template";

/**
 * Starts a throw-away server with a migrated template database, which `createTestDatabase` clones. Disposing stops it
 * and removes its files. `VITRINE_TEST_PG_BIN`, a folder with `postgres` and `initdb`, tests against another version.
 */
export async function startTestServer(environment: NodeJS.ProcessEnv = process.env): Promise<TestServer> {
  const server = await startBareServer(environment, TEMPLATE);
  const { superuserUrl, passwords } = server;
  await migrate({ url: superuserUrl, passwords });
  return {
    address: { superuserUrl: withDatabase(superuserUrl, "postgres"), passwords },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** A throw-away server with one empty database and no roles of ours. */
export async function startBareServer(
  environment: NodeJS.ProcessEnv = process.env,
  database = "vitrine",
): Promise<EmbeddedServer> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-test-"));
  const server = await startEmbedded({
    dataDir: join(folder, "pg"),
    superuserPassword: randomBytes(16).toString("hex"),
    database,
    isDurable: false,
    ...binariesFrom(environment.VITRINE_TEST_PG_BIN),
  });
  return {
    ...server,
    async [Symbol.asyncDispose]() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The address of another database on the same server. */
export function withDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.toString();
}

/** Runs statements as the superuser in the server's own database, one by one. */
export async function onServer(address: TestServerAddress, ...texts: string[]): Promise<void> {
  const sql = postgres(address.superuserUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    for (const text of texts) await sql.unsafe(text);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function binariesFrom(folder: string | undefined): { binaries?: Binaries } {
  if (folder === undefined) return {};
  return { binaries: { postgres: join(folder, "postgres"), initdb: join(folder, "initdb") } };
}
