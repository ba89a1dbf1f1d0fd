import { cloneTemplate } from "../testing/create-test-database.ts";
import { openSuperuser } from "../testing/seed.ts";
import type { TestServerAddress } from "../testing/test-server.ts";
import { makeAttackWorld } from "./attack-world.ts";
import { type Context, runRound } from "./matrix.ts";
import { pairsOf } from "./pairs.ts";
import { Tally } from "./tally.ts";

/** A wall with a hole, which the matrix must find: for each kind of attack there is one. */
interface Control {
  name: string;
  sql: string;
  only: readonly string[];
}

const SINGLE = (table: string, name: string, column: string, to: string, action = "") =>
  `alter table tenant.${table} drop constraint ${name}, add constraint ${name} foreign key (${column}) references tenant.${to} (id) ${action};`;

export const CONTROLS: readonly Control[] = [
  {
    name: "a table without row security",
    sql: "alter table tenant.assets disable row level security",
    only: ["assets"],
  },
  {
    name: "policies that let everybody in",
    sql: `drop policy organization_floor on tenant.device_tags;
      alter policy organization on tenant.device_tags using (true) with check (true)`,
    only: ["device_tags"],
  },
  {
    name: "references by id alone",
    sql: `create unique index on tenant.playlists (id);
      ${SINGLE("devices", "devices_playlist", "playlist_id", "playlists")}
      ${SINGLE("playlist_items", "playlist_items_playlist", "playlist_id", "playlists", "on delete cascade")}`,
    only: ["devices", "playlist_items", "playlists"],
  },
  {
    name: "a unique key over all organizations",
    sql: "create unique index on tenant.dayparts (name)",
    only: ["dayparts"],
  },
  {
    name: "TRUNCATE granted",
    sql: "grant truncate on tenant.playlist_items to vitrine_app",
    only: ["playlist_items"],
  },
  {
    name: "what is only added to, made changeable",
    sql: "grant update, delete on tenant.audit_events to vitrine_app",
    only: ["audit_events"],
  },
  {
    name: "a table of the serving role",
    sql: "alter table tenant.layouts owner to vitrine_app",
    only: ["layouts"],
  },
  {
    name: "files of the server granted",
    sql: "grant pg_read_server_files, pg_write_server_files, pg_execute_server_program to vitrine_app with inherit true",
    only: ["api_keys"],
  },
  {
    name: "people shown",
    sql: "grant usage on schema system to vitrine_app; grant select on system.users to vitrine_app",
    only: ["server"],
  },
  {
    name: "functions that name no organization",
    sql: `create or replace function app.search_assets(p_text text) returns setof uuid language sql security definer
        set search_path = '' as 'select id from tenant.assets where name = p_text';
      create or replace function auth.find_device(p_organization_id uuid, p_device_id uuid)
        returns table (organization_id uuid, device_id uuid, public_keys text[], is_active boolean, revoked_at timestamptz)
        language sql security definer set search_path = '' as
        'select d.organization_id, d.id, null::text[], d.is_active, null::timestamptz from tenant.devices d where d.id = p_device_id'`,
    only: ["functions"],
  },
];

const CONTEXTS: readonly Context[] = [
  { identity: "own", state: "warm", path: "burst" },
  { identity: "own", state: "warm", path: "interactive" },
  { identity: "none", state: "after an error", path: "burst" },
  { identity: "credentials role", state: "fresh", path: "burst" },
];

/** Makes a database of its own with the hole and attacks it; gives the kinds of attack that found it. */
export async function findsHole(address: TestServerAddress, control: Control): Promise<Set<string>> {
  await using database = await cloneTemplate(address);
  const superuser = openSuperuser(database.superuserUrl);
  try {
    const world = await makeAttackWorld(superuser, 3, { isShared: false });
    await superuser.unsafe(control.sql);
    const tally = new Tally();
    const urls = { app: database.urls.vitrine_app, auth: database.urls.vitrine_auth };
    const pairs = pairsOf(world).slice(0, 1);
    await runRound(
      { urls, superuser, world, lanes: 1, contexts: CONTEXTS, only: control.only },
      pairs,
      tally,
    );
    return new Set([...tally.commands].filter(([, { leaks }]) => leaks > 0).map(([command]) => command));
  } finally {
    await superuser.end();
  }
}
