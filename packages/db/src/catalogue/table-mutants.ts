import type { Rule } from "./audit-catalogue.ts";

/** Statements that break one rule for the object named; to be rolled back. */
export type Mutant = [rule: Rule, object: string, what: string, sql: string];

/** What can go wrong with schemas, tables, their policies, keys and indexes. */
export const TABLE_MUTANTS: Mutant[] = [
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
    "drop policy organization on tenant.plays; drop policy organization_floor on tenant.plays; drop policy business on tenant.plays; alter table tenant.plays alter column organization_id type text",
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
    "trigger_missing",
    "tenant.audit_events",
    "audit events that may be changed again",
    "drop trigger audit_events_kept on tenant.audit_events",
  ],
  [
    "trigger_missing",
    "tenant.audit_events",
    "a chain that is switched off",
    "alter table tenant.audit_events disable trigger audit_events_chain",
  ],
  [
    "trigger_missing",
    "tenant.audit_events",
    "a chain that who replays changes passes by",
    "alter table tenant.audit_events enable trigger audit_events_chain",
  ],
  [
    "reference_held",
    "tenant.playlists",
    "references that are no longer held",
    "alter table tenant.playlists disable trigger all",
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
];

function TABLE(more: string): string {
  return `create table tenant.new_things (organization_id uuid not null, id uuid not null, primary key (organization_id, id))${more}`;
}
