import { join } from "node:path";
import { type AuthDatabase, openAuthDatabase } from "@vitrine/db/auth";
import { type Database, openDatabase } from "@vitrine/db/database";
import { EmbeddedError, startEmbedded } from "@vitrine/db/embedded";
import { DatabaseUnusableError } from "@vitrine/db/errors";
import { type JobsDatabase, openJobsDatabase } from "@vitrine/db/jobs";
import {
  DatabaseNewerError,
  MigrationChangedError,
  MigrationRefusedError,
  migrate,
  roleUrl,
} from "@vitrine/db/migrate";
import type { Config } from "../platform/config.ts";
import type { Log } from "../platform/log.ts";
import type { Secrets } from "../platform/secrets.ts";
import { StartupError } from "../platform/startup-error.ts";
import { rolePasswords } from "./role-passwords.ts";

export type Databases = {
  database: Database;
  authDatabase: AuthDatabase;
  jobsDatabase: JobsDatabase;
  /** Address as `vitrine_jobs`, for the queue and for signals between processes. */
  jobsUrl: string;
};

/** An address of the database for each serving role, already migrated. */
export type RoleUrls = Record<"vitrine_app" | "vitrine_auth" | "vitrine_jobs", string>;

export type DatabaseDeps = {
  config: Config;
  /** Set: connect there as it is. Unset: start or reach the configured database and migrate it. */
  roleUrls: RoleUrls | undefined;
  secrets: Secrets;
  log: Log;
  stack: AsyncDisposableStack;
  /** Called after a commit that wrote to the outbox. */
  onOutboxCommit: () => void;
};

/**
 * Starts or reaches the database, migrates it, and connects as each serving role. What was opened is put on the
 * stack. Whatever makes the database unusable becomes a StartupError that says what to do.
 */
export async function openDatabases(deps: DatabaseDeps): Promise<Databases> {
  try {
    return await open(deps);
  } catch (error) {
    if (ADVISED.some((kind) => error instanceof kind))
      throw new StartupError((error as Error).message, error);
    if (deps.config.databaseUrl !== undefined && isUnreachable(error)) {
      const { host } = new URL(deps.config.databaseUrl);
      throw new StartupError(
        `The database at ${host} cannot be reached: check DATABASE_URL and that it runs.`,
        error,
      );
    }
    throw error;
  }
}

const ADVISED = [
  DatabaseNewerError,
  MigrationChangedError,
  MigrationRefusedError,
  EmbeddedError,
  DatabaseUnusableError,
];

async function open(deps: DatabaseDeps): Promise<Databases> {
  const { stack, onOutboxCommit } = deps;
  const urls = deps.roleUrls ?? (await migrated(deps));
  const database = stack.use(await openDatabase({ url: urls.vitrine_app, onOutboxCommit }));
  const authDatabase = stack.use(await openAuthDatabase({ url: urls.vitrine_auth }));
  const jobsDatabase = stack.use(await openJobsDatabase({ url: urls.vitrine_jobs }));
  return { database, authDatabase, jobsDatabase, jobsUrl: urls.vitrine_jobs };
}

async function migrated({ config, secrets, log, stack }: DatabaseDeps): Promise<RoleUrls> {
  const { url, passwords } = await reachServer(config, secrets, stack);
  const { changes } = await migrate({ url, passwords });
  for (const change of changes) log.debug({ change }, "database changed");
  if (changes.length > 0) log.info({ changes: changes.length }, "database migrated");
  const urlOf = (role: keyof RoleUrls) => roleUrl(url, role, passwords[role]);
  return {
    vitrine_app: urlOf("vitrine_app"),
    vitrine_auth: urlOf("vitrine_auth"),
    vitrine_jobs: urlOf("vitrine_jobs"),
  };
}

async function reachServer(config: Config, secrets: Secrets, stack: AsyncDisposableStack) {
  if (config.databaseUrl !== undefined) {
    return { url: config.databaseUrl, passwords: rolePasswords(secrets) };
  }
  const embedded = stack.use(
    await startEmbedded({
      dataDir: join(config.dataDir, "postgres"),
      superuserPassword: secrets.databaseSecret,
    }),
  );
  return { url: embedded.superuserUrl, passwords: embedded.passwords };
}

const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "CONNECT_TIMEOUT",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ECONNRESET",
  "CONNECTION_CLOSED",
  "28P01",
  "28000",
  "3D000",
]);

function isUnreachable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isUnreachable);
  return error instanceof Error && "code" in error && UNREACHABLE.has(String(error.code));
}
