import { DatabaseUnusableError, findServerRefusal } from "./errors.ts";
import type { Lane } from "./lane.ts";

/** The oldest PostgreSQL that has what the schema uses: `security_invoker` views and the fixed row security. */
export const OLDEST_SERVER = 15;

const QUESTION = `
  select current_setting('server_version_num')::int / 10000 as version,
    current_user::text as role,
    exists (select from pg_roles b where (b.rolsuper or b.rolbypassrls) and pg_has_role(current_user, b.oid, 'member')) as bypasses,
    exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('tenant', 'system') and pg_has_role(current_user, c.relowner, 'member')) as owns,
    exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'app' and p.proname = 'current_organization') as is_migrated`;

interface Standing {
  version: number;
  role: string;
  bypasses: boolean;
  owns: boolean;
  is_migrated: boolean;
}

/** Rejects with `DatabaseUnusableError` unless the connection serves as `role`, on a server that fits, with no way around row security. */
export async function requireServingRole(lane: Lane, role: string): Promise<void> {
  const standing = await ask(lane);
  if (standing.version < OLDEST_SERVER) {
    throw new DatabaseUnusableError(
      `PostgreSQL ${standing.version} is too old: use version ${OLDEST_SERVER} or newer.`,
    );
  }
  if (!standing.is_migrated) {
    throw new DatabaseUnusableError(
      "The database has no tables of Vitrine yet: run `npm run db:migrate` first.",
    );
  }
  if (standing.bypasses || standing.owns || standing.role !== role) {
    throw new DatabaseUnusableError(
      `Connected as "${standing.role}", which is not the restricted role "${role}": use the address of ${role}.`,
    );
  }
}

async function ask(lane: Lane): Promise<Standing> {
  try {
    const { rows } = await lane.send(QUESTION, [], "objects");
    return asStanding(rows[0]);
  } catch (error) {
    throw new DatabaseUnusableError(adviceFor(error), error);
  }
}

function adviceFor(error: unknown): string {
  const code = findServerRefusal(error)?.code;
  if (code === "28P01" || code === "28000")
    return "The database refused the user or password: check DATABASE_URL.";
  if (code === "3D000") return "The database named in DATABASE_URL does not exist: create it first.";
  if (code === "53300")
    return "The database has no connection left: raise max_connections or stop other clients.";
  return "The database cannot be reached: check DATABASE_URL and that the server is running.";
}

/** Guarantee: the one row of `QUESTION`, whose columns these are. */
function asStanding(row: unknown): Standing {
  return row as Standing;
}
