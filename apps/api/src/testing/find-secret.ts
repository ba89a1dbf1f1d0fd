import type postgres from "postgres";

/** Names of tables that hold one of these texts anywhere, of every table that there is. */
export async function findSecret(superuser: postgres.Sql, forms: readonly string[]): Promise<string[]> {
  const tables = await superuser<
    { name: string }[]
  >`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema in ('tenant', 'system', 'pgboss') and table_type = 'BASE TABLE'`;
  const holding: string[] = [];
  for (const { name } of tables) {
    const [held] = await superuser.unsafe<{ text: string }[]>(
      `select coalesce(string_agg(t::text, '|'), '') as text from ${name} t`,
    );
    if (forms.some((form) => held?.text.includes(form))) holding.push(name);
  }
  return holding;
}

/** A link's token, and the secret in it behind its ids in each form that it could be stored in. */
export function formsOf(token: string, idCount: number): string[] {
  const secret = Buffer.from(token, "base64url").subarray(16 * idCount);
  return [token, ...(["base64url", "base64", "hex"] as const).map((form) => secret.toString(form))];
}
