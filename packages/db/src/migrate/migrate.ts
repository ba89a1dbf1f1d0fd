import postgres from "postgres";
import { OLDEST_SERVER } from "../database/serving-role.ts";
import { MigrationRefusedError } from "./errors.ts";
import { ensureSchemas, letDefinerCompile, replaceFunctions } from "./functions-step.ts";
import { ensureLayout } from "./layout-step.ts";
import { applyMigrations } from "./ledger-step.ts";
import { ensureQueue } from "./queue-step.ts";
import { repairAccess } from "./repair-step.ts";
import { ensureRoles, type RolePasswords } from "./roles-step.ts";
import { ensureSearchIndexes } from "./search-step.ts";
import type { Step } from "./step.ts";
import { ensureTriggers } from "./triggers-step.ts";

export { DatabaseNewerError, MigrationChangedError, MigrationRefusedError } from "./errors.ts";
export { roleUrl } from "./role-url.ts";
export type { RolePasswords } from "./roles-step.ts";

export interface MigrateOptions {
  /** Of a superuser, or of a role that may create roles and owns or may create in the database. */
  url: string;
  passwords?: RolePasswords;
  /** Other migrations than the product's own. */
  folder?: URL;
}

export interface MigrationReport {
  /** One line for each thing that was changed, in order; empty when all was as it should be. */
  changes: string[];
}

const MIGRATIONS = new URL("../../migrations/", import.meta.url);
const LOCK = 7_305_801_114;

/**
 * Brings a database to what this version of the code expects: roles, tables, functions, job queue, policies, rights, triggers.
 * All in one transaction, one at a time by an advisory lock: it happens whole or not at all. Running it again changes
 * nothing but what has drifted. Rejects with `DatabaseNewerError` or `MigrationRefusedError`.
 */
export async function migrate(options: MigrateOptions): Promise<MigrationReport> {
  const sql = postgres(options.url, {
    max: 1,
    onnotice: () => {},
    connect_timeout: 10,
    fetch_types: false,
    connection: { application_name: "vitrine migrate" },
  });
  try {
    return await sql.begin(async (tx) => {
      const changes: string[] = [];
      const step: Step = {
        run: (text, parameters) =>
          parameters === undefined ? tx.unsafe(text) : tx.unsafe(text, [...parameters]),
        attempt: (text) =>
          tx
            .savepoint((inner) => inner.unsafe(text))
            .then(
              () => undefined,
              (error: unknown) => error,
            ),
        say: (change) => changes.push(change),
      };
      await requireServer(step);
      await step.run(`select pg_advisory_xact_lock(${LOCK})`);
      await ensureRoles(step, options.passwords ?? {});
      await ensureSchemas(step);
      await applyMigrations(step, options.folder ?? MIGRATIONS);
      await ensureQueue(step);
      await letDefinerCompile(step);
      await replaceFunctions(step);
      await ensureSearchIndexes(step);
      await ensureLayout(step);
      await repairAccess(step);
      await ensureTriggers(step);
      return { changes };
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function requireServer({ run }: Step): Promise<void> {
  const [row] = await run("select current_setting('server_version_num')::int / 10000 as version");
  const version = Number(row?.version);
  if (version >= OLDEST_SERVER) return;
  throw new MigrationRefusedError(`PostgreSQL ${version} is too old: use version ${OLDEST_SERVER} or newer.`);
}
