import { OWNER } from "../access/roles.ts";
import { asRole, type Step } from "./step.ts";

const SEARCHED = [
  { index: "assets_search", table: "assets", column: "name" },
  { index: "asset_tags_search", table: "asset_tags", column: "tag" },
  { index: "playlists_search", table: "playlists", column: "name" },
  { index: "devices_search", table: "devices", column: "name" },
];

/**
 * Makes the trigram indexes that substring search uses, where the server ships `pg_trgm` and `btree_gin`; elsewhere
 * search reads the organization's rows, which is slower and finds the same.
 */
export async function ensureSearchIndexes(step: Step): Promise<void> {
  const [missing] =
    await step.run(`select count(*)::int as count from (values ('pg_trgm'), ('btree_gin')) x (name)
    where not exists (select from pg_available_extensions a where a.name = x.name)`);
  if (missing?.count !== 0) return;
  await asRole(step, OWNER, async () => {
    await step.run("create schema if not exists extensions");
    await step.run("create extension if not exists pg_trgm with schema extensions");
    await step.run("create extension if not exists btree_gin with schema extensions");
  });
  const [trigrams] = await step.run(`select n.nspname::text as schema from pg_extension e
    join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'`);
  for (const { index, table, column } of SEARCHED) {
    const [found] = await step.run(`select to_regclass('tenant.${index}') is not null as exists`);
    if (found?.exists === true) continue;
    await step.run(`create index ${index} on tenant.${table}
      using gin (organization_id, ${column} ${String(trigrams?.schema)}.gin_trgm_ops)`);
    step.say(`index ${index} made`);
  }
}
