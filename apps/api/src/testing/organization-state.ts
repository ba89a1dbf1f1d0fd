import type postgres from "postgres";

/** Every row of an organization in every tenant table, as one text. */
export async function readState(sql: postgres.Sql, organizationId: string): Promise<string> {
  const tables = await sql<{ name: string }[]>`select table_name as name from information_schema.tables
    where table_schema = 'tenant' and table_type = 'BASE TABLE' order by table_name`;
  const states: string[] = [];
  for (const { name } of tables) {
    const rows = await sql<
      { state: string | null }[]
    >`select md5(string_agg(t::text, '|' order by t::text)) as state
      from ${sql(`tenant.${name}`)} t where organization_id = ${organizationId}`;
    states.push(`${name}=${rows[0]?.state ?? ""}`);
  }
  return states.join("\n");
}
