import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCatalogue } from "../catalogue/read-catalogue.ts";
import { beginFor } from "../database/burst.ts";
import { findServerRefusal } from "../database/errors.ts";
import { Lane } from "../database/lane.ts";
import { organizationScope } from "../database/scope.ts";
import { fillOrganization } from "../testing/fill-organization.ts";
import { makeOrganization, openSuperuser } from "../testing/seed.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { APP_GRANTS, type Command } from "./grants.ts";

let testDatabase: TestDatabase;
let superuser: postgres.Sql;
let lane: Lane;
let north: string;
let south: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  superuser = openSuperuser(testDatabase.superuserUrl);
  north = await makeOrganization(superuser, "North");
  south = await makeOrganization(superuser, "South");
  await fillOrganization(superuser, north);
  await fillOrganization(superuser, south);
  lane = new Lane({
    url: testDatabase.urls.vitrine_app,
    applicationName: "attack",
    connectTimeoutMs: 2000,
    preparedTexts: 1000,
  });
});
afterAll(async () => {
  await lane.drop();
  await superuser.end();
  await testDatabase[Symbol.asyncDispose]();
});

const TABLES = Object.keys(APP_GRANTS);
const begins = {
  own: () => beginFor(organizationScope(north)),
  none: () => "BEGIN;SET LOCAL app.nothing=''",
  empty: () => "BEGIN;SET LOCAL app.organization_id=''",
  garbage: () => "BEGIN;SET LOCAL app.organization_id='0190b0f4'",
};

/** How many rows an attack touched, or the SQLSTATE that refused it; nothing of it is kept. */
async function attack(begin: string, text: string): Promise<number | string> {
  const sent = [lane.control(begin), lane.send(text, [], "objects"), lane.control("ROLLBACK")];
  const [, outcome] = await Promise.allSettled(sent);
  if (outcome?.status === "fulfilled") return outcome.value.count;
  const code = findServerRefusal(outcome?.reason)?.code;
  if (code === undefined) throw outcome?.reason;
  return code;
}

async function columnsOf(table: string): Promise<string> {
  const rows = await superuser<{ name: string }[]>`select attname::text as name from pg_attribute
    where attrelid = ${`tenant.${table}`}::regclass and attnum > 0 and not attisdropped
      and attidentity = '' and attname <> 'organization_id' order by attnum`;
  return rows.map(({ name }) => `"${name}"`).join(", ");
}
const fingerprint = async (table: string) =>
  (
    await superuser.unsafe(
      `select md5(string_agg(t::text, '|' order by t::text)) as sum, count(*) from tenant.${table} t`,
    )
  )[0];

test("every tenant table of the live database is attacked, with a row of each organization in it", async () => {
  const { relations } = await readCatalogue((text) => superuser.unsafe(text));
  const live = relations
    .filter(({ schema, kind }) => schema === "tenant" && kind === "table")
    .map(({ name }) => name);
  expect(TABLES.toSorted()).toEqual(live.toSorted());
  for (const table of TABLES) expect(await fingerprint(table), table).toMatchObject({ count: "2" });
});

describe.each(TABLES)("%s", (table) => {
  const may = (command: Command) => APP_GRANTS[table]?.includes(command) === true;
  const warmUps = {
    "a fresh connection": () => lane.drop(),
    "a connection of the other organization": async () => {
      const sent = [
        lane.control(beginFor(organizationScope(south))),
        lane.send(`select * from tenant.${table}`, [], "objects"),
        lane.control("COMMIT"),
      ];
      expect((await Promise.all(sent))[1]?.count).toBe(1);
    },
    "a connection after an error": () => attack(beginFor(organizationScope(south)), "select 1 / 0"),
    "a connection after a rollback": () =>
      attack(beginFor(organizationScope(south)), `select * from tenant.${table}`),
  };

  test.each(Object.keys(warmUps))("%s keeps the organizations apart, for every command", async (state) => {
    const columns = await columnsOf(table);
    const before = await fingerprint(table);
    const on = `tenant.${table}`;
    await warmUps[state as keyof typeof warmUps]();
    const own = begins.own();
    const theirs = `organization_id = '${south}'`;

    expect(await attack(own, `select * from ${on}`)).toBe(1);
    expect(await attack(own, `select * from ${on} where ${theirs}`)).toBe(0);
    expect(
      await attack(
        own,
        `with x as (select * from ${on}) select * from x, lateral (select * from ${on} y where y.organization_id <> x.organization_id) z`,
      ),
    ).toBe(0);
    expect(await attack(own, `select * from ${on} where ${theirs} for update`)).toBe(
      may("UPDATE") ? 0 : "42501",
    );
    expect(await attack(own, `update ${on} set organization_id = organization_id`)).toBe(
      may("UPDATE") ? 1 : "42501",
    );
    expect(
      await attack(own, `update ${on} set organization_id = organization_id where ${theirs} returning *`),
    ).toBe(may("UPDATE") ? 0 : "42501");
    expect(await attack(own, `update ${on} set organization_id = '${south}'`)).toBe("42501");
    expect(await attack(own, `delete from ${on} where ${theirs} returning *`)).toBe(
      may("DELETE") ? 0 : "42501",
    );
    expect(
      await attack(own, `merge into ${on} t using (select 1) s on t.${theirs} when matched then delete`),
    ).toBe(may("DELETE") ? 0 : "42501");
    const copy = `insert into ${on} (organization_id, ${columns}) select '${south}', ${columns} from ${on}`;
    expect(await attack(own, copy)).toBe("42501");
    expect(await attack(own, `${copy} on conflict do nothing`)).toBe("42501");
    expect(await attack(own, `truncate ${on}`)).toBe("42501");
    expect(await attack(own, `truncate ${on} cascade`)).toBe("42501");
    expect(await attack(own, `alter table ${on} disable row level security`)).toBe("42501");
    expect(await attack(own, `copy ${on} from stdin`)).not.toBe(0);

    for (const begin of [begins.none(), begins.empty(), begins.garbage()]) {
      expect(await attack(begin, `select * from ${on}`)).toBe(0);
      expect(await attack(begin, `update ${on} set organization_id = organization_id`)).toBe(
        may("UPDATE") ? 0 : "42501",
      );
      expect(await attack(begin, `delete from ${on}`)).toBe(may("DELETE") ? 0 : "42501");
      expect(await attack(begin, copy)).toBe(0);
      expect(await attack(begin, `insert into ${on} (organization_id) values ('${north}')`)).toBe("42501");
    }
    expect(await fingerprint(table)).toEqual(before);
  });
});

test.each([
  "select * from system.users",
  "select * from system.sessions",
  "select * from ledger.migrations",
  "select * from pgboss.job",
  "select auth.find_user_by_email('a@example.org')",
  "set local role vitrine_owner",
  "set local role vitrine_definer",
  "set local session authorization postgres",
  "create table tenant.mine (id int)",
  "create table public.mine (id int)",
  "create temporary table mine (id int)",
  "create function app.mine() returns int language sql as 'select 1'",
  "create policy mine on tenant.assets using (true)",
  "select pg_read_file('/etc/passwd')",
  "select * from pg_authid",
  "select lo_import('/etc/passwd')",
  "select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user",
])("the serving role may not: %s", async (text) => {
  expect(await attack(begins.own(), text)).toSatisfy((outcome) => outcome === "42501" || outcome === 0);
});

test("statistics of tenant tables are not shown to the serving role", async () => {
  await superuser`analyze tenant.assets`;
  expect(await attack(begins.own(), "select * from pg_stats where schemaname = 'tenant'")).toBe(0);
});
