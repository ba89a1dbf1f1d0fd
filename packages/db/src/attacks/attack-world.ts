import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import * as z from "zod";
import { type Catalogue, readCatalogue } from "../catalogue/read-catalogue.ts";
import { filledIds, fillOrganization } from "../testing/fill-organization.ts";

/** A row as PostgreSQL writes it in JSON. */
export type Row = Record<string, unknown>;

/** A tenant table of the live database, as attacks need it. */
export interface AttackTable {
  name: string;
  /** Columns that an insert may name. */
  columns: readonly string[];
  /** Of each column. */
  types: ReadonlyMap<string, string>;
  nullable: ReadonlySet<string>;
  /** Of the primary key, without the organization; may be empty. */
  key: readonly string[];
  references: readonly Reference[];
}

export interface Reference {
  name: string;
  /** Without the organization; never empty. */
  columns: readonly string[];
  to: string;
  toColumns: readonly string[];
}

/** A function of `app` or `auth`; types and names of its arguments in order. */
export interface AttackRoutine {
  schema: "app" | "auth";
  name: string;
  types: readonly string[];
  argumentNames: readonly string[];
  callers: "everybody" | "listed";
}

export interface AttackedOrganization {
  id: string;
  /** Texts by which its rows, and those of no other that takes part in an attack on it, are known. */
  marks: readonly string[];
  rows: ReadonlyMap<string, readonly Row[]>;
}

export interface AttackWorld {
  tables: readonly AttackTable[];
  /** Tables of no organization; whether their rows may name one. */
  systemTables: readonly { name: string; namesOrganization: boolean }[];
  routines: readonly AttackRoutine[];
  organizations: readonly AttackedOrganization[];
  /** A row of each table whose ids no organization has. */
  fresh: ReadonlyMap<string, Row>;
}

/** Two organizations, and one in whose name the attack may be made instead. */
export interface Pair {
  mine: AttackedOrganization;
  target: AttackedOrganization;
  another: AttackedOrganization;
}

/**
 * Fills organizations over the live tables. Those of even place hold rows that those of odd place do not, and the
 * reverse; with `isShared` all have a row of the same ids as well. Throws when a table has no row of each.
 */
export async function makeAttackWorld(
  sql: postgres.Sql,
  count: number,
  { isShared }: { isShared: boolean },
): Promise<AttackWorld> {
  const catalogue = await readCatalogue((text) => sql.unsafe(text));
  const tables = await readTables(sql, catalogue);
  const organizations: AttackedOrganization[] = [];
  for (let place = 0; place < count; place += 1) {
    const variants = isShared ? [1, 2 + (place % 2)] : [1 + place * 2, 2 + place * 2];
    organizations.push(await makeOne(sql, tables, place, variants));
  }
  const template = await madeAndUndone(sql, (tx) => makeOne(tx, tables, count, [9]));
  const fresh = new Map(
    tables.map(({ name }) => [name, required(template.rows.get(name)?.[0], `A row of ${name}`)]),
  );
  const systemTables = catalogue.relations
    .filter(({ schema, kind }) => schema === "system" && kind === "table")
    .map(({ name, organizationColumn }) => ({ name, namesOrganization: organizationColumn !== null }));
  return { tables, systemTables, routines: await readRoutines(sql), organizations, fresh };
}

/** A row of the target: one whose key `mine` has not, where there is such a one. */
export function foreignRow(pair: Pair, table: AttackTable): Row {
  const found = findOnlyTheirs(pair, table) ?? pair.target.rows.get(table.name)?.[0];
  return required(found, `A row of ${table.name}`);
}

/** The row of a table whose key the target has and `mine` has not; tables numbered from 1 have none. */
export function findOnlyTheirs({ mine, target }: Pair, table: AttackTable): Row | undefined {
  const keyOf = (row: Row) => JSON.stringify(table.key.map((column) => row[column]));
  const own = new Set((mine.rows.get(table.name) ?? []).map(keyOf));
  if (table.key.length === 0) return undefined;
  return target.rows.get(table.name)?.find((row) => !own.has(keyOf(row)));
}

/** A row of a table that is `mine`. */
export function ownRow({ mine }: Pair, table: AttackTable): Row {
  return required(mine.rows.get(table.name)?.[0], `A row of ${table.name}`);
}

/** What `make` gives, though nothing of it is kept. */
async function madeAndUndone<Made>(
  sql: postgres.Sql,
  make: (tx: postgres.TransactionSql) => Promise<Made>,
): Promise<Made> {
  const undo = new Error("undo");
  return new Promise((resolve, reject) => {
    sql
      .begin(async (tx) => {
        resolve(await make(tx));
        throw undo;
      })
      .catch((error: unknown) => {
        if (error !== undo) reject(error);
      });
  });
}

async function makeOne(
  sql: postgres.ISql,
  tables: readonly AttackTable[],
  place: number,
  variants: readonly number[],
): Promise<AttackedOrganization> {
  const id = randomUUID();
  await sql`insert into tenant.organizations (organization_id, name) values (${id}, ${`Organization ${place}`})`;
  for (const variant of variants) await fillOrganization(sql, id, variant);
  const variant = variants.at(-1) ?? 1;
  const { user, device, item } = filledIds(variant);
  // What only this organization has is nested too, so that there is something to be found on that way.
  if (variants.length > 1)
    await sql`update tenant.playlist_items set asset_id = null, nested_playlist_id = playlist_id
      where organization_id = ${id} and id = ${item}`;
  const email = `user${variant}@example.org`;
  await sql`insert into system.users (id, email, name, password_hash)
    values (${user}, ${email}, ${`Person ${variant}`}, 'x') on conflict do nothing`;
  await sql`insert into system.second_factors (user_id, seed, confirmed_at) values (${user}, 'x', now())
    on conflict do nothing`;
  await sql`insert into system.organization_slugs (slug, organization_id) values (${`slug-${id.slice(0, 8)}`}, ${id})`;
  const domain = `signs-${id.slice(0, 8)}.example.com`;
  await sql`insert into system.verified_domains (domain, organization_id) values (${domain}, ${id})`;
  await sql`insert into system.pairing_requests (id, device_code_hash, user_code_hash, public_key, hardware,
    remote_address, state, organization_id, device_id, expires_at) values (${randomUUID()}, ${`device-${id}`},
    ${`user-${id}`}, 'key', '{}', '192.0.2.1', 'claimed', ${id}, ${device}, now() + interval '1 hour')`;
  await sql`insert into system.pairing_requests (id, device_code_hash, user_code_hash, public_key, hardware,
    remote_address, state, expires_at) values (${randomUUID()}, ${`waiting-device-${id}`}, ${`waiting-${id}`},
    'other key', '{}', '192.0.2.1', 'waiting', now() + interval '1 hour')`;
  await sql`insert into system.sessions (token_hash, id, user_id, expires_at, absolute_expires_at)
    values (${`session-${id}`}, ${randomUUID()}, ${user}, now() + interval '1 day', now() + interval '1 day')`;
  const rows = new Map<string, Row[]>();
  for (const { name } of tables) {
    const found = await sql<
      { row: Row }[]
    >`select to_jsonb(t) as row from ${sql(`tenant.${name}`)} t where organization_id = ${id} order by t::text`;
    const wanted = name === "organizations" ? 1 : variants.length;
    if (found.length !== wanted) {
      throw new Error(
        `tenant.${name} has ${found.length} rows of an organization: fill-organization.ts makes ${wanted}`,
      );
    }
    rows.set(
      name,
      found.map(({ row }) => row),
    );
  }
  const marks = [id, `slug-${id.slice(0, 8)}`, domain, email, `0190b0f4-000${variant}-`];
  return { id, marks, rows };
}

const routine = z.object({
  schema: z.enum(["app", "auth"]),
  name: z.string(),
  types: z.array(z.string()),
  argumentNames: z.array(z.string()),
  callers: z.enum(["everybody", "listed"]),
});

async function readRoutines(sql: postgres.Sql): Promise<AttackRoutine[]> {
  return z.array(routine).parse(
    await sql`select n.nspname::text as schema, p.proname::text as name,
        coalesce((select json_agg(format_type(t, null) order by place) from unnest(p.proargtypes::oid[]) with ordinality x (t, place)), '[]') as types,
        coalesce(to_json(p.proargnames[1:p.pronargs]), '[]') as "argumentNames",
        case when has_function_privilege('vitrine_auth', p.oid, 'execute') and has_function_privilege('vitrine_app', p.oid, 'execute')
          then 'everybody' else 'listed' end as callers
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('app', 'auth') and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
      order by 1, 2, p.oid`,
  );
}

const column = z.object({
  table: z.string(),
  name: z.string(),
  type: z.string(),
  isNullable: z.boolean(),
  isGiven: z.boolean(),
});

async function readTables(sql: postgres.Sql, catalogue: Catalogue): Promise<AttackTable[]> {
  const columns = z.array(column).parse(
    await sql`select c.relname::text as table, a.attname::text as name,
        format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as "isNullable",
        a.attidentity <> '' or a.attgenerated <> '' as "isGiven"
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'tenant'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped order by a.attnum`,
  );
  const names = [...new Set(columns.map(({ table }) => table))].sort();
  const without = (all: readonly string[]) => all.filter((name) => name !== "organization_id");
  return names.map((name) => {
    const own = columns.filter(({ table }) => table === name);
    const constraints = catalogue.constraints.filter(
      ({ schema, table }) => schema === "tenant" && table === name,
    );
    return {
      name,
      columns: own.filter(({ isGiven }) => !isGiven).map((one) => one.name),
      types: new Map(own.map((one) => [one.name, one.type])),
      nullable: new Set(own.filter(({ isNullable }) => isNullable).map((one) => one.name)),
      key: without(constraints.find(({ kind }) => kind === "primary")?.columns ?? []),
      references: constraints
        .filter(({ kind, columns: all }) => kind === "foreign" && without(all).length > 0)
        .map((one) => ({
          name: one.name,
          columns: without(one.columns),
          to: one.toTable ?? "",
          toColumns: without(one.toColumns),
        })),
    };
  });
}

function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`${what} is missing: fill-organization.ts makes none`);
  return value;
}
