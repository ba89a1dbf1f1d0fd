import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditCatalogue } from "../catalogue/audit-catalogue.ts";
import { openDatabase } from "../database/open-database.ts";
import { cloneTemplate } from "../testing/create-test-database.ts";
import { makeOrganization, openSuperuser } from "../testing/seed.ts";
import {
  onServer,
  startBareServer,
  startTestServer,
  type TestServer,
  withDatabase,
} from "../testing/test-server.ts";
import {
  DatabaseNewerError,
  MigrationChangedError,
  MigrationRefusedError,
  migrate,
  roleUrl,
} from "./migrate.ts";

const PRODUCT = new URL("../../migrations/", import.meta.url);
let server: TestServer;
let url: string;

// A server of its own: roles are of the whole server, and are changed here.
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
// Each begins with a database that is migrated, which is cloned sooner than made.
beforeEach(async () => {
  url = (await cloneTemplate(server.address)).superuserUrl;
});

async function beginWithNothing(): Promise<void> {
  await onServer(server.address, "drop database if exists empty", "create database empty");
  url = withDatabase(server.address.superuserUrl, "empty");
}

async function withSuperuser<Result>(
  work: (sql: postgres.Sql) => Promise<Result>,
  address = url,
): Promise<Result> {
  const sql = openSuperuser(address);
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
const violations = () => withSuperuser((sql) => auditCatalogue((text) => sql.unsafe(text)));

/** The product's migrations in a folder of their own, with some added or changed. */
async function folderWith(
  added: Record<string, string>,
): Promise<{ folder: URL; [Symbol.asyncDispose](): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "vitrine-migrations-"));
  await cp(PRODUCT, path, { recursive: true });
  const journalFile = join(path, "meta", "_journal.json");
  const journal = JSON.parse(await readFile(journalFile, "utf8"));
  for (const [tag, text] of Object.entries(added)) {
    await writeFile(join(path, `${tag}.sql`), text);
    if (journal.entries.some((entry: { tag: string }) => entry.tag === tag)) continue;
    journal.entries.push({ idx: journal.entries.length, version: "7", when: 0, tag, breakpoints: true });
  }
  await writeFile(journalFile, JSON.stringify(journal));
  return {
    folder: pathToFileURL(`${path}/`),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

test("from empty to what the catalogue's rules want, and a second time nothing is changed", async () => {
  await beginWithNothing();
  const first = await migrate({ url });
  expect(first.changes.filter((change) => change.startsWith("migration"))).toContain(
    "migration 0000_start applied",
  );
  expect(await violations()).toEqual([]);
  expect((await migrate({ url })).changes).toEqual([]);
});

test("by several at once: one migrates, the others find it done", async () => {
  await beginWithNothing();
  const reports = await Promise.all([migrate({ url }), migrate({ url }), migrate({ url })]);
  expect(reports.filter(({ changes }) => changes.length > 0)).toHaveLength(1);
  expect(await violations()).toEqual([]);
});

test("drift is repaired and said, whatever it is", async () => {
  await withSuperuser((sql) =>
    sql.unsafe(`
      alter table tenant.assets disable row level security;
      alter table tenant.plays no force row level security;
      alter policy organization on tenant.assets using (true);
      drop policy organization_floor on tenant.devices;
      create policy "left over" on tenant.blobs to public using (true);
      alter policy vitrine_definer_select on tenant.api_keys using (true);
      grant truncate, references on tenant.assets to vitrine_app;
      grant select (email) on system.users to vitrine_app;
      grant execute on function auth.find_user(uuid) to public;
      grant usage on schema auth to vitrine_app with grant option;
      revoke insert on tenant.outbox from vitrine_app;
      alter function app.list_people() reset search_path;
      alter role vitrine_jobs createdb;
      alter table tenant.device_status reset (fillfactor)`),
  );
  expect((await violations()).length).toBeGreaterThan(10);
  const { changes } = await migrate({ url });
  expect(changes).toEqual(
    expect.arrayContaining([
      "row security enabled on assets",
      "row security forced on plays",
      "policy organization of assets dropped",
      "policy organization of assets made",
      "policy left over of blobs dropped",
      "TRUNCATE on relation tenant.assets for vitrine_app revoked",
      "SELECT (email) on column system.users for vitrine_app revoked",
      "INSERT on relation tenant.outbox for vitrine_app granted",
      "role vitrine_jobs held to its rights",
      "device_status laid out with fillfactor=80",
    ]),
  );
  expect(await violations()).toEqual([]);
  expect((await migrate({ url })).changes).toEqual([]);
});

test("functions of a former version give way: one with another result, and one that is no longer ours", async () => {
  await withSuperuser((sql) =>
    sql.unsafe(`
      drop function auth.find_user(uuid);
      create function auth.find_user(uuid) returns integer language sql return 1;
      create function auth.formerly_ours(text) returns text language sql return 'x';
      alter function auth.find_user(uuid) owner to vitrine_definer;
      alter function auth.formerly_ours(text) owner to vitrine_definer`),
  );
  expect((await migrate({ url })).changes).toEqual(
    expect.arrayContaining(["function auth.formerly_ours(text) dropped", "functions of auth made anew"]),
  );
  expect(await violations()).toEqual([]);
  expect((await migrate({ url })).changes).toEqual([]);
});

test("a table that is not listed is refused, and nothing of the migration is kept", async () => {
  await using extra = await folderWith({
    "9000_forgotten":
      "create table tenant.forgotten (organization_id uuid not null, id uuid, primary key (organization_id, id));",
  });
  await expect(migrate({ url, folder: extra.folder })).rejects.toThrow(MigrationRefusedError);
  const [left] = await withSuperuser((sql) => sql`select to_regclass('tenant.forgotten') as name`);
  expect(left?.name).toBeNull();
});

test("a migration of data sees every organization's rows, though row security is forced on the owner too", async () => {
  await withSuperuser(async (sql) => {
    await makeOrganization(sql, "North");
    await makeOrganization(sql, "South");
  });
  await using extra = await folderWith({
    "9000_names":
      "update tenant.organizations set name = upper(name); alter table tenant.organizations add column note text;",
  });
  await migrate({ url, folder: extra.folder });
  const rows = await withSuperuser((sql) => sql`select name from tenant.organizations order by name`);
  expect(rows.map(({ name }) => name)).toEqual(["NORTH", "SOUTH"]);
  expect(await violations()).toEqual([]);
});

test("a migration that fails half-way leaves the database as it was", async () => {
  await using extra = await folderWith({
    "9000_good": "alter table tenant.organizations add column note text;",
    "9001_bad":
      "alter table tenant.organizations add column other text;--> statement-breakpoint\nselect 1 / 0;",
  });
  await expect(migrate({ url, folder: extra.folder })).rejects.toMatchObject({ code: "22012" });
  expect((await migrate({ url })).changes).toEqual([]);
  expect(await violations()).toEqual([]);
});

test("a database newer than the code is refused with one sentence of advice, and not touched", async () => {
  await using newer = await folderWith({
    "9000_future": "alter table tenant.organizations add column note text;",
  });
  await migrate({ url, folder: newer.folder });
  await withSuperuser((sql) => sql.unsafe("alter table tenant.assets no force row level security"));
  const outcome = migrate({ url });
  await expect(outcome).rejects.toThrow(DatabaseNewerError);
  await expect(outcome).rejects.toThrow(/newer than this version.*9000_future.*start the newer version/);
  expect((await violations()).map(({ rule }) => rule)).toEqual(["row_security_forced"]);
});

test("a job queue newer than the code is refused too", async () => {
  await withSuperuser((sql) => sql.unsafe("update pgboss.version set version = version + 1"));
  await expect(migrate({ url })).rejects.toThrow(DatabaseNewerError);
});

test("a migration that was changed after it was applied is refused", async () => {
  await using changed = await folderWith({ "0000_start": "select 1;" });
  await expect(migrate({ url, folder: changed.folder })).rejects.toThrow(MigrationChangedError);
});

describe("passwords", () => {
  test.each(["plain", "it's", "back\\slash", "E'x'", "ünïcode 🪟", "$$; drop role x", "%41@:/?#"])(
    "%s is set and works",
    async (password) => {
      await migrate({ url, passwords: { vitrine_app: password } });
      await using database = await openDatabase({ url: roleUrl(url, "vitrine_app", password) });
      expect(database).toBeDefined();
      await expect(openDatabase({ url: roleUrl(url, "vitrine_app", `${password}x`) })).rejects.toThrow(
        "password",
      );
    },
  );
});

test("without a superuser: an owner of the database who may make roles is enough, on a server without our roles", async () => {
  await using fresh = await startBareServer();
  const sql = openSuperuser(fresh.superuserUrl);
  await sql.unsafe(
    "create role admin login createrole password 'secret'; alter database vitrine owner to admin",
  );
  await sql.end();
  const address = new URL(fresh.superuserUrl);
  address.username = "admin";
  address.password = "secret";
  await migrate({ url: address.toString(), passwords: fresh.passwords });
  const found = await withSuperuser((one) => auditCatalogue((text) => one.unsafe(text)), fresh.superuserUrl);
  expect(found).toEqual([]);
  expect((await migrate({ url: address.toString() })).changes).toEqual([]);
  await using database = await openDatabase({ url: fresh.urls.vitrine_app });
  expect(database).toBeDefined();
});

test("the job queue works with the rights of its worker", async () => {
  await migrate({ url, passwords: { vitrine_jobs: "worker", vitrine_app: "app" } });
  const { PgBoss } = await import("pg-boss");
  const boss = new PgBoss({
    connectionString: roleUrl(url, "vitrine_jobs", "worker"),
    schema: "pgboss",
    migrate: false,
    createSchema: false,
  });
  const errors: unknown[] = [];
  boss.on("error", (error) => errors.push(error));
  await boss.start();
  try {
    const id = await boss.send("process-asset", { organizationId: "o", assetId: "a" });
    const [job] = await boss.fetch<{ assetId: string }>("process-asset");
    expect(job).toMatchObject({ id, data: { assetId: "a" } });
    if (job !== undefined) await boss.complete("process-asset", job.id);
    await boss.schedule("housekeeping", "0 3 * * *");
    await boss.supervise("process-asset");
    expect((await boss.getQueues()).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["process-asset", "housekeeping"]),
    );
  } finally {
    await boss.stop({ graceful: false });
  }
  expect(errors).toEqual([]);
});
