import { randomUUID } from "node:crypto";
import { openPasswords } from "@vitrine/api/internal/auth/passwords";
import { hashToken, makeToken } from "@vitrine/api/internal/auth/token-hash";
import type postgres from "postgres";

/** A person with an organization of their own, signed in, and the browser that they are known by. */
export type BenchPerson = {
  organizationId: string;
  email: string;
  /** The session, and the browser, each as a `Cookie` header. */
  session: string;
  browser: string;
};

export const PASSWORD = "seven lamps over the harbour";

/** Rows beyond which indexes are made after the rows. */
const MANY_ROWS = 100_000;

/**
 * Writes managers, each of an organization of their own with this many images named `menu 000001` and so on, and brings
 * statistics up to date. Servers know their browsers by tokens that they made. They come in the order of their organizations' ids, which is that of the rows.
 */
export async function seedPeople(
  sql: postgres.Sql,
  {
    count,
    assetsEach,
    makeBrowser = makeToken,
  }: { count: number; assetsEach: number; makeBrowser?: () => string },
): Promise<BenchPerson[]> {
  await using passwords = openPasswords();
  const passwordHash = await passwords.hash(PASSWORD, { email: "bench@example.com", name: "Bench" });
  const secrets = Array.from({ length: count }, () => ({
    organizationId: randomUUID(),
    userId: randomUUID(),
    session: makeToken(),
    browser: makeBrowser(),
  })).toSorted((one, other) => (one.organizationId < other.organizationId ? -1 : 1));
  const rows = secrets.map(({ organizationId, userId, session, browser }) => ({
    organizationId,
    userId,
    email: `${userId}@example.com`,
    session: hashToken(session),
    browser: hashToken(browser),
  }));
  await sql`create temporary table seeded as
    select * from jsonb_to_recordset(${sql.json(rows)}) as one ("organizationId" uuid, "userId" uuid, email text,
      session text, browser text)`;
  await sql.unsafe(`insert into tenant.organizations (organization_id, name) select "organizationId", 'Bench' from seeded;
    insert into system.users (id, email, name, password_hash)
      select "userId", email, 'Bench', '${passwordHash}' from seeded;
    insert into tenant.memberships (organization_id, user_id, role) select "organizationId", "userId", 'manager' from seeded;
    insert into system.known_devices (user_id, token_hash) select "userId", browser from seeded;
    insert into system.sessions (token_hash, id, user_id, organization_id, expires_at, absolute_expires_at)
      select session, gen_random_uuid(), "userId", "organizationId", now() + interval '1 day', now() + interval '1 day'
      from seeded`);
  await seedImages(sql, count * assetsEach, assetsEach);
  await sql`drop table seeded`;
  await sql`vacuum analyze`;
  return secrets.map(({ organizationId, userId, session, browser }) => ({
    organizationId,
    email: `${userId}@example.com`,
    session: `vitrine_session=${session}`,
    browser: `vitrine_device=${browser}`,
  }));
}

/** Without references being checked one by one, and of many rows without indexes until they are there. */
async function seedImages(sql: postgres.Sql, rows: number, assetsEach: number): Promise<void> {
  const indexes =
    rows < MANY_ROWS
      ? []
      : await sql<{ name: string; definition: string }[]>`
          select indexname as name, indexdef as definition from pg_indexes
          where schemaname = 'tenant' and tablename = 'assets' and indexname <> 'assets_pkey'`;
  await sql.begin(async (tx) => {
    await tx.unsafe("set local maintenance_work_mem = '512MB'; set local session_replication_role = replica");
    for (const { name } of indexes) await tx`drop index tenant.${tx(name)}`;
    await tx.unsafe(`insert into tenant.assets (organization_id, id, kind, name, state, width, height, media_type, created_at)
      select "organizationId", gen_random_uuid(), 'image', 'menu ' || lpad(n::text, 6, '0'), 'ready', 1920, 1080,
        'image/jpeg', now() - n * interval '1 second'
      from (select * from seeded order by "organizationId") as one, generate_series(1, ${assetsEach}) n`);
    for (const { definition } of indexes) await tx.unsafe(definition);
  });
}
