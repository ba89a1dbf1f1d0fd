import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloneTemplate, type TestDatabase } from "../testing/create-test-database.ts";
import { openSuperuser } from "../testing/seed.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { auditCatalogue, RULES, type Rule } from "./audit-catalogue.ts";

let server: TestServer;
let database: TestDatabase;
let superuser: postgres.Sql;

// A server of its own: some mutants change roles, which all databases of a server share.
beforeAll(async () => {
  server = await startTestServer();
  database = await cloneTemplate(server.address);
  superuser = openSuperuser(database.superuserUrl);
});
afterAll(async () => {
  await superuser.end();
  await server[Symbol.asyncDispose]();
});

test("the migrated database breaks no rule", async () => {
  expect(await auditCatalogue((text) => superuser.unsafe(text))).toEqual([]);
});

/** Each breaks one rule for the object named; all are rolled back. */
const MUTANTS: [rule: Rule, object: string, what: string, sql: string][] = [
  ["row_security_enabled", "tenant.new_things", "a table without policy", TABLE("")],
  [
    "policies_exact",
    "tenant.new_things",
    "a table without policy, row security on",
    TABLE("; alter table tenant.new_things enable row level security, force row level security"),
  ],
  ["table_listed", "tenant.new_things", "a table nobody listed", TABLE("")],
  [
    "row_security_enabled",
    "tenant.assets",
    "row security switched off",
    "alter table tenant.assets disable row level security",
  ],
  [
    "row_security_forced",
    "tenant.assets",
    "FORCE removed",
    "alter table tenant.assets no force row level security",
  ],
  [
    "policies_exact",
    "tenant.assets",
    "a policy widened",
    "alter policy organization on tenant.assets using (true)",
  ],
  [
    "policies_exact",
    "tenant.assets",
    "the floor widened",
    "alter policy organization_floor on tenant.assets using (organization_id = (select app.current_organization()) or is_active)",
  ],
  [
    "policies_exact",
    "tenant.assets",
    "a check widened",
    "alter policy organization on tenant.assets with check (true)",
  ],
  [
    "policies_exact",
    "tenant.assets",
    "WITH CHECK removed",
    "drop policy organization_floor on tenant.assets; create policy organization_floor on tenant.assets as restrictive for all to vitrine_app using (organization_id = (select app.current_organization()))",
  ],
  [
    "policies_exact",
    "tenant.assets",
    "the floor made permissive",
    "drop policy organization_floor on tenant.assets; create policy organization_floor on tenant.assets for all to vitrine_app using (organization_id = (select app.current_organization())) with check (organization_id = (select app.current_organization()))",
  ],
  ["policies_exact", "tenant.assets", "a policy dropped", "drop policy organization on tenant.assets"],
  [
    "policies_exact",
    "tenant.assets",
    "a policy added",
    "create policy shared on tenant.assets for select to vitrine_app using (is_enabled)",
  ],
  [
    "policies_exact",
    "tenant.assets",
    "a policy for another role",
    "alter policy organization on tenant.assets to public",
  ],
  [
    "policies_exact",
    "tenant.assets",
    "a predicate read once a row",
    "alter policy organization on tenant.assets using (organization_id = app.current_organization())",
  ],
  [
    "policies_exact",
    "tenant.api_keys",
    "a crossing widened",
    "alter policy vitrine_definer_select on tenant.api_keys using (true)",
  ],
  [
    "policies_exact",
    "system.users",
    "a policy where none belongs",
    "create policy all_users on system.users to vitrine_app using (true)",
  ],
  [
    "organization_column",
    "tenant.playlists",
    "an organization that may be null",
    "alter table tenant.playlists drop constraint playlists_pkey cascade; alter table tenant.playlists alter column organization_id drop not null",
  ],
  [
    "organization_column",
    "tenant.new_things",
    "a table without an organization",
    "create table tenant.new_things (id uuid primary key)",
  ],
  [
    "organization_column",
    "tenant.plays",
    "an organization of another type",
    "drop policy organization on tenant.plays; drop policy organization_floor on tenant.plays; alter table tenant.plays alter column organization_id type text",
  ],
  [
    "table_owned",
    "tenant.assets",
    "a table of the serving role",
    "grant create on schema tenant to vitrine_app; alter table tenant.assets owner to vitrine_app",
  ],
  [
    "table_owned",
    "tenant.outbox_id_seq",
    "a sequence of another role",
    "create sequence tenant.loose; alter sequence tenant.loose owner to vitrine_jobs; alter table tenant.outbox owner to vitrine_jobs",
  ],
  [
    "table_listed",
    "public.copies",
    "a table in public",
    "create table public.copies as select * from tenant.assets",
  ],
  [
    "table_listed",
    "app.cache",
    "a table among the functions",
    "create table app.cache (organization_id uuid)",
  ],
  [
    "table_listed",
    "system.plans",
    "a table without a tenant that nobody listed",
    "create table system.plans (id uuid primary key)",
  ],
  ["schema_listed", "reports", "a new schema", "create schema reports"],
  [
    "row_security_enabled",
    "tenant.events_2026",
    "a partition without row security",
    `create table tenant.events (organization_id uuid not null, at date not null, primary key (organization_id, at)) partition by range (at);
    create table tenant.events_2026 partition of tenant.events for values from ('2026-01-01') to ('2027-01-01')`,
  ],
  [
    "grant_unlisted",
    "tenant.events_2026",
    "a right on a partition",
    `create table tenant.events (organization_id uuid not null, at date not null, primary key (organization_id, at)) partition by range (at);
    create table tenant.events_2026 partition of tenant.events for values from ('2026-01-01') to ('2027-01-01'); grant select on tenant.events_2026 to vitrine_app`,
  ],
  [
    "view_invoker",
    "tenant.all_assets",
    "a view with its owner's rights",
    "create view tenant.all_assets as select * from tenant.assets",
  ],
  [
    "view_invoker",
    "public.all_assets",
    "such a view elsewhere",
    "create view public.all_assets with (security_barrier) as select * from tenant.assets",
  ],
  [
    "no_matview",
    "tenant.totals",
    "a materialized view",
    "create materialized view tenant.totals as select count(*) from tenant.assets",
  ],
  [
    "no_trigger",
    "tenant.assets",
    "a trigger",
    "create function public.f() returns trigger language plpgsql as 'begin return new; end'; create trigger audit before insert on tenant.assets for each row execute function public.f()",
  ],
  [
    "no_trigger",
    "tenant.assets",
    "a rewrite rule",
    "create rule keep as on delete to tenant.assets do instead nothing",
  ],
  [
    "key_starts_with_organization",
    "tenant.device_tags.device_tags_pkey",
    "a primary key without the organization",
    "alter table tenant.device_tags drop constraint device_tags_pkey, add constraint device_tags_pkey primary key (device_id, tag)",
  ],
  [
    "key_starts_with_organization",
    "tenant.device_tags.device_tags_pkey",
    "a primary key with the organization last",
    "alter table tenant.device_tags drop constraint device_tags_pkey, add constraint device_tags_pkey primary key (device_id, tag, organization_id)",
  ],
  [
    "key_starts_with_organization",
    "tenant.assets.assets_upload",
    "a unique key without the organization",
    "alter table tenant.assets add constraint assets_upload unique (upload_id)",
  ],
  [
    "index_starts_with_organization",
    "tenant.assets.assets_upload",
    "a unique index without the organization",
    "create unique index assets_upload on tenant.assets (upload_id)",
  ],
  [
    "index_starts_with_organization",
    "tenant.assets.assets_recent",
    "an index without the organization",
    "create index assets_recent on tenant.assets (created_at)",
  ],
  [
    "index_starts_with_organization",
    "tenant.assets.assets_lower",
    "an index over an expression",
    "create index assets_lower on tenant.assets (lower(name), organization_id)",
  ],
  [
    "index_starts_with_organization",
    "tenant.api_keys.api_keys_by_secret",
    "a listed index made unique",
    "drop index tenant.api_keys_by_secret; create unique index api_keys_by_secret on tenant.api_keys (secret_hash)",
  ],
  [
    "index_leakproof",
    "tenant.device_status.by_sync",
    "an index over jsonb",
    "create index by_sync on tenant.device_status (organization_id, sync)",
  ],
  [
    "index_leakproof",
    "tenant.assets.by_price",
    "an index over numeric",
    "alter table tenant.assets add column price numeric; create index by_price on tenant.assets (organization_id, price)",
  ],
  [
    "index_leakproof",
    "tenant.assets.by_mood",
    "an index over an enum",
    "create type tenant.mood as enum ('a'); alter table tenant.assets add column mood tenant.mood; create index by_mood on tenant.assets (organization_id, mood)",
  ],
  [
    "reference_within_organization",
    "tenant.devices.devices_single",
    "a single-column reference between tenant tables",
    "create unique index one on tenant.playlists (id); alter table tenant.devices add constraint devices_single foreign key (playlist_id) references tenant.playlists (id)",
  ],
  [
    "reference_within_organization",
    "tenant.memberships.memberships_user",
    "a reference out of the tenant tables",
    "alter table tenant.memberships add constraint memberships_user foreign key (user_id) references system.users (id)",
  ],
  [
    "reference_within_organization",
    "system.sessions.sessions_organization",
    "a reference into the tenant tables",
    "alter table system.sessions add constraint sessions_organization foreign key (organization_id) references tenant.organizations (organization_id)",
  ],
  [
    "definer_search_path",
    "app.list_people()",
    "a SECURITY DEFINER function without search_path",
    "alter function app.list_people() reset search_path",
  ],
  [
    "definer_search_path",
    "app.list_people()",
    "one with a search_path",
    "alter function app.list_people() set search_path = public",
  ],
  [
    "definer_search_path",
    "public.peek()",
    "a new one without search_path",
    "create function public.peek() returns bigint language sql security definer as 'select count(*) from tenant.assets'",
  ],
  [
    "definer_listed",
    "public.peek()",
    "a SECURITY DEFINER function that nobody listed",
    "create function public.peek() returns bigint language sql security definer set search_path = '' as 'select count(*) from tenant.assets'",
  ],
  [
    "definer_listed",
    "app.current_organization()",
    "a function of ours made definer",
    "alter function app.current_organization() security definer",
  ],
  [
    "function_listed",
    "app.search_assets(text,integer)",
    "an overload that nobody listed",
    "create function app.search_assets(text, integer) returns setof uuid language sql as 'select null::uuid'",
  ],
  [
    "function_listed",
    "public.sweep()",
    "a procedure",
    "create procedure public.sweep() language sql as 'select 1'",
  ],
  [
    "function_missing",
    "auth.find_device(uuid,uuid)",
    "a function dropped",
    "drop function auth.find_device(uuid, uuid)",
  ],
  [
    "function_owned",
    "app.find_slug()",
    "a function of a superuser",
    "alter function app.find_slug() owner to postgres",
  ],
  [
    "no_leakproof",
    "app.like_pattern(text)",
    "a function that claims to be leakproof",
    "alter function app.like_pattern(text) leakproof",
  ],
  ["grant_unlisted", "tenant.assets", "TRUNCATE granted", "grant truncate on tenant.assets to vitrine_app"],
  [
    "grant_unlisted",
    "tenant.assets",
    "REFERENCES and TRIGGER granted",
    "grant references, trigger on tenant.assets to vitrine_app",
  ],
  [
    "grant_unlisted",
    "tenant.audit_events",
    "the audit trail made writable",
    "grant update, delete on tenant.audit_events to vitrine_app",
  ],
  [
    "grant_unlisted",
    "tenant.audit_events",
    "one of its columns made writable",
    "grant update (action) on tenant.audit_events to vitrine_app",
  ],
  ["grant_unlisted", "tenant.assets", "a table for everyone", "grant select on tenant.assets to public"],
  [
    "grant_unlisted",
    "tenant.playlists",
    "a right that may be passed on",
    "grant select on tenant.playlists to vitrine_app with grant option",
  ],
  [
    "grant_unlisted",
    "system.users",
    "the people for the serving role",
    "grant select on system.users to vitrine_app",
  ],
  [
    "grant_unlisted",
    "system.users",
    "one column of them",
    "grant select (email) on system.users to vitrine_app",
  ],
  [
    "grant_unlisted",
    "tenant.organizations",
    "a crossing wider than listed",
    "grant select on tenant.organizations to vitrine_jobs",
  ],
  [
    "grant_unlisted",
    "app.claim_slug(text)",
    "a function for everyone",
    "grant execute on function app.claim_slug(text) to public",
  ],
  [
    "grant_unlisted",
    "auth.find_user(uuid)",
    "a function for another role",
    "grant execute on function auth.find_user(uuid) to vitrine_app",
  ],
  [
    "grant_unlisted",
    "public.peek()",
    "a new function, which everyone may call",
    "create function public.peek() returns integer language sql as 'select 1'",
  ],
  ["grant_unlisted", "auth", "a schema for another role", "grant usage on schema auth to vitrine_app"],
  ["grant_unlisted", "tenant", "making tables allowed", "grant create on schema tenant to vitrine_app"],
  [
    "grant_unlisted",
    "tenant.outbox_id_seq",
    "a sequence for the serving role",
    "grant usage on sequence tenant.outbox_id_seq to vitrine_app",
  ],
  [
    "grant_unlisted",
    "pgboss.job",
    "the queue for the serving role",
    "grant select on pgboss.job to vitrine_app",
  ],
  [
    "grant_missing",
    "INSERT on relation tenant.outbox for vitrine_app",
    "a right taken away",
    "revoke insert on tenant.outbox from vitrine_app",
  ],
  ["role_too_strong", "vitrine_app", "a role that bypasses", "alter role vitrine_app bypassrls"],
  ["role_too_strong", "vitrine_auth", "a role that is superuser", "alter role vitrine_auth superuser"],
  ["role_too_strong", "vitrine_definer", "a definer that bypasses", "alter role vitrine_definer bypassrls"],
  ["role_too_strong", "vitrine_jobs", "a role that makes roles", "alter role vitrine_jobs createrole"],
  ["role_member", "vitrine_app", "a role with the owner's rights", "grant vitrine_owner to vitrine_app"],
  ["role_login", "vitrine_owner", "an owner that logs in", "alter role vitrine_owner login"],
  ["role_missing", "vitrine_jobs", "a role renamed", "alter role vitrine_jobs rename to vitrine_work"],
  ["nothing_else", "leak", "a publication", "create publication leak for table tenant.assets"],
  [
    "nothing_else",
    "tenant for vitrine_owner",
    "rights on tables to come",
    "alter default privileges for role vitrine_owner in schema tenant grant select on tables to vitrine_jobs",
  ],
  [
    "nothing_else",
    "watch",
    "an event trigger",
    "create function public.f() returns event_trigger language plpgsql as 'begin end'; create event trigger watch on ddl_command_end execute function public.f()",
  ],
];

function TABLE(more: string): string {
  return `create table tenant.new_things (organization_id uuid not null, id uuid not null, primary key (organization_id, id))${more}`;
}

describe("a mutant is named", () => {
  test.each(MUTANTS)("%s on %s: %s", async (rule, object, _, text) => {
    const undo = new Error("undo");
    const found = await new Promise<Awaited<ReturnType<typeof auditCatalogue>>>((resolve, reject) => {
      superuser
        .begin(async (tx) => {
          await tx.unsafe(text);
          resolve(await auditCatalogue((query) => tx.unsafe(query)));
          throw undo;
        })
        .catch((error: unknown) => {
          if (error !== undo) reject(error);
        });
    });
    expect(found.map((one) => `${one.rule} ${one.object}`)).toContain(`${rule} ${object}`);
  });

  test("and every rule has one", () => {
    const foreign = new Set<string>(["no_foreign_table"]);
    const covered = new Set(MUTANTS.map(([rule]) => rule));
    expect(Object.keys(RULES).filter((rule) => !covered.has(rule as Rule) && !foreign.has(rule))).toEqual([]);
  });

  test("no_foreign_table on tenant.remote: a table of another server", async () => {
    const [offered] = await superuser`select 1 from pg_available_extensions where name = 'file_fdw'`;
    if (offered === undefined) return;
    await superuser.unsafe(
      "create extension file_fdw; create server files foreign data wrapper file_fdw; create foreign table tenant.remote (organization_id uuid) server files options (filename '/dev/null')",
    );
    const found = await auditCatalogue((query) => superuser.unsafe(query));
    await superuser.unsafe("drop extension file_fdw cascade");
    expect(found.map((one) => `${one.rule} ${one.object}`)).toEqual(
      expect.arrayContaining(["no_foreign_table tenant.remote", "nothing_else files"]),
    );
  });

  test("and, undone, none of them is left", async () => {
    expect(await auditCatalogue((text) => superuser.unsafe(text))).toEqual([]);
  });
});
