import { DEFAULT_MIN_VERSION } from "node:tls";
import { parseArgs } from "node:util";
import { findTlsFault } from "@vitrine/core/model/tls";
import postgres from "postgres";
import {
  DatabaseNewerError,
  MigrationChangedError,
  MigrationRefusedError,
  migrate,
  type RolePasswords,
} from "../migrate/migrate.ts";

/**
 * `npm run db:migrate`: migrates the database of `DATABASE_URL`, an address of a superuser or of the database's owner
 * who may make roles, and sets the passwords of `VITRINE_APP_PASSWORD`, `VITRINE_AUTH_PASSWORD` and
 * `VITRINE_JOBS_PASSWORD` where given. Says what it did; exit code 1 and one sentence when it could not.
 */
const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
if (values.help) {
  console.log("DATABASE_URL=postgres://owner:password@host/database npm run db:migrate");
} else {
  process.exitCode = await main(process.env);
}

async function main(environment: NodeJS.ProcessEnv): Promise<number> {
  const url = environment.DATABASE_URL;
  if (url === undefined || url === "") {
    console.error("Set DATABASE_URL to the address of the database, as a superuser or its owner.");
    return 1;
  }
  const tlsFault = findTlsFault(environment, DEFAULT_MIN_VERSION);
  if (tlsFault !== undefined) {
    console.error(tlsFault);
    return 1;
  }
  try {
    const { changes } = await migrate({ url, passwords: passwordsFrom(environment) });
    for (const change of changes) console.log(`- ${change}`);
    console.log(
      changes.length === 0 ? "Nothing to do: the database is up to date." : "The database is up to date.",
    );
    return 0;
  } catch (error) {
    console.error(explain(error));
    return 1;
  }
}

function passwordsFrom(environment: NodeJS.ProcessEnv): RolePasswords {
  const { VITRINE_APP_PASSWORD, VITRINE_AUTH_PASSWORD, VITRINE_JOBS_PASSWORD } = environment;
  return {
    ...(VITRINE_APP_PASSWORD ? { vitrine_app: VITRINE_APP_PASSWORD } : {}),
    ...(VITRINE_AUTH_PASSWORD ? { vitrine_auth: VITRINE_AUTH_PASSWORD } : {}),
    ...(VITRINE_JOBS_PASSWORD ? { vitrine_jobs: VITRINE_JOBS_PASSWORD } : {}),
  };
}

function explain(error: unknown): string {
  const isOurs =
    error instanceof DatabaseNewerError ||
    error instanceof MigrationChangedError ||
    error instanceof MigrationRefusedError;
  if (isOurs) return error.message;
  if (error instanceof postgres.PostgresError) {
    if (error.code === "28P01" || error.code === "28000")
      return "The database refused the user or password: check DATABASE_URL.";
    if (error.code === "3D000") return "The database named in DATABASE_URL does not exist: create it first.";
    if (error.code === "42501")
      return "That user may not do this: use a superuser, or the database's owner with CREATEROLE.";
    return `The database refused to be migrated (${error.code}: ${error.message}); nothing was changed.`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return `The database cannot be reached (${reason}): check DATABASE_URL and that the server is running.`;
}
