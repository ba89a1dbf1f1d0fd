import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type postgres from "postgres";

/** What says only that a try was made, or that somebody was here: it stays, whatever comes of the try. */
export const TRIES: readonly { table: string; columns: readonly string[]; reason: string }[] = [
  {
    table: "system.sessions",
    columns: ["last_seen_at", "expires_at", "longest_idle_seconds"],
    reason: "a session was used, and lasts the longer for it, whatever it was used for",
  },
  { table: "system.users", columns: ["last_seen_at"], reason: "a person was here, whatever they did" },
  {
    table: "system.second_factors",
    columns: ["tries", "retry_at"],
    reason: "a code was tried: were that undone with what it was tried for, tries could be had for nothing",
  },
];
/** Folders of stored files, of uploads under way, and of messages where no mail server is configured. */
const FOLDERS = ["blobs", "uploads", "mail"];

/** A digest by table, and one of the names and sizes of all files. */
export type WholeState = ReadonlyMap<string, string>;

/** Gives what reads the whole state: every row of every table, by one statement, and the files. */
export async function wholeStateReader(
  sql: postgres.Sql,
  dataDir: string,
): Promise<() => Promise<WholeState>> {
  const tables = await sql<{ name: string }[]>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') order by 1`;
  const unknown = TRIES.filter(({ table }) => !tables.some(({ name }) => name === table));
  if (unknown.length > 0) throw new Error(`No such tables: ${JSON.stringify(unknown)}`);
  const text = tables.map(({ name }) => digestOf(name)).join(" union all ");
  return async () => {
    const rows = await sql.unsafe<{ name: string; digest: string }[]>(text, [], { prepare: true });
    const files = (await Promise.all(FOLDERS.map((folder) => filesIn(join(dataDir, folder))))).flat();
    return new Map([...rows.map(({ name, digest }) => [name, digest] as const), ["files", files.join()]]);
  };
}

/** What differs between two states, by name. */
export function changesOf(before: WholeState, after: WholeState): string[] {
  return [...after.keys()].filter((name) => after.get(name) !== before.get(name));
}

/** A sum of hashes needs no order of the rows; with their count two rows that are alike do not go unseen. */
function digestOf(table: string): string {
  const columns = TRIES.find((one) => one.table === table)?.columns ?? [];
  const row = `to_jsonb(t) - '{${columns.join(",")}}'::text[]`;
  return `select '${table}' as name,
    count(*) || ' ' || coalesce(sum(hashtextextended((${row})::text, 0)::numeric), 0) as digest from ${table} t`;
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const described = names.map(async (name) => {
    const file = await stat(join(folder, name));
    return file.isFile() ? [`${folder}/${name} ${file.size}`] : [];
  });
  return (await Promise.all(described)).flat().sort();
}
