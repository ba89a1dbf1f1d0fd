import { randomUUID } from "node:crypto";
import postgres from "postgres";

/** A connection as the superuser, to arrange and to inspect what no role of ours could. */
export function openSuperuser(url: string) {
  return postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
}

/** Makes an organization as the superuser and gives its id. */
export async function makeOrganization(sql: postgres.Sql, name: string): Promise<string> {
  const id = randomUUID();
  await sql`insert into tenant.organizations (organization_id, name) values (${id}, ${name})`;
  return id;
}
