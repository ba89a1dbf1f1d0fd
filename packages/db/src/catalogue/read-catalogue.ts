import * as z from "zod";

/** Runs one SQL text and gives its rows as objects. */
export type RunSql = (text: string) => Promise<readonly unknown[]>;

const names = z.array(z.string());
const relation = z.object({
  schema: z.string(),
  name: z.string(),
  kind: z.enum(["table", "partitioned", "view", "matview", "sequence", "foreign"]),
  owner: z.string(),
  hasRowSecurity: z.boolean(),
  isForced: z.boolean(),
  isPartition: z.boolean(),
  options: names,
  /** Type and nullability of `organization_id`, as `uuid!` or `uuid`; null when there is none. */
  organizationColumn: z.string().nullable(),
});
const policy = z.object({
  schema: z.string(),
  table: z.string(),
  name: z.string(),
  isPermissive: z.boolean(),
  command: z.enum(["ALL", "SELECT", "INSERT", "UPDATE", "DELETE"]),
  roles: names,
  using: z.string().nullable(),
  check: z.string().nullable(),
});
const constraint = z.object({
  schema: z.string(),
  table: z.string(),
  name: z.string(),
  kind: z.enum(["primary", "unique", "foreign", "exclusion"]),
  columns: names,
  toSchema: z.string().nullable(),
  toTable: z.string().nullable(),
  toColumns: names,
});
const index = z.object({
  schema: z.string(),
  table: z.string(),
  name: z.string(),
  isUnique: z.boolean(),
  /** Key columns in order; an expression is the empty string. */
  columns: names,
  types: names,
});
const routine = z.object({
  schema: z.string(),
  signature: z.string(),
  owner: z.string(),
  isDefiner: z.boolean(),
  isLeakproof: z.boolean(),
  isProcedure: z.boolean(),
  settings: names,
});
const grant = z.object({
  /** `database`, `schema`, `relation`, `column`, `function`. */
  on: z.enum(["database", "schema", "relation", "column", "function"]),
  /** Qualified name; of a column its relation's. */
  object: z.string(),
  column: z.string().nullable(),
  role: z.string(),
  privilege: z.string(),
  isGrantable: z.boolean(),
});
const trigger = z.object({ schema: z.string(), table: z.string(), name: z.string() });
const roleRow = z.object({
  name: z.string(),
  isSuperuser: z.boolean(),
  canBypass: z.boolean(),
  canLogin: z.boolean(),
  canCreateRole: z.boolean(),
  canCreateDatabase: z.boolean(),
  canReplicate: z.boolean(),
  memberOf: names,
});

/** What the live database holds, outside PostgreSQL's own schemas and what extensions brought. */
export interface Catalogue {
  schemas: { name: string; owner: string }[];
  relations: z.infer<typeof relation>[];
  policies: z.infer<typeof policy>[];
  constraints: z.infer<typeof constraint>[];
  indexes: z.infer<typeof index>[];
  routines: z.infer<typeof routine>[];
  grants: z.infer<typeof grant>[];
  /** Triggers and rewrite rules that someone made: ours are none. */
  triggers: z.infer<typeof trigger>[];
  roles: z.infer<typeof roleRow>[];
}

/** Reads the whole catalogue, as any role that may see `pg_catalog`. */
export async function readCatalogue(run: RunSql): Promise<Catalogue> {
  const read = async <Row extends z.ZodType>(row: Row, text: string) => z.array(row).parse(await run(text));
  return {
    schemas: await read(z.object({ name: z.string(), owner: z.string() }), SCHEMAS),
    relations: await read(relation, RELATIONS),
    policies: await read(policy, POLICIES),
    constraints: await read(constraint, CONSTRAINTS),
    indexes: await read(index, INDEXES),
    routines: await read(routine, ROUTINES),
    grants: await read(grant, GRANTS),
    triggers: await read(trigger, TRIGGERS),
    roles: await read(roleRow, ROLES),
  };
}

const OURS = `nspname not in ('pg_catalog', 'information_schema') and nspname !~ '^pg_(toast|temp)'`;
const BROUGHT = (catalogue: string, oid: string) =>
  `exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

const SCHEMAS = `
  select nspname::text as name, pg_get_userbyid(nspowner)::text as owner from pg_namespace where ${OURS} order by 1`;

const RELATIONS = `
  select n.nspname::text as schema, c.relname::text as name,
    case c.relkind when 'r' then 'table' when 'p' then 'partitioned' when 'v' then 'view' when 'm' then 'matview'
      when 'S' then 'sequence' else 'foreign' end as kind,
    pg_get_userbyid(c.relowner)::text as owner, c.relrowsecurity as "hasRowSecurity",
    c.relforcerowsecurity as "isForced", c.relispartition as "isPartition",
    coalesce(to_json(c.reloptions), '[]') as options,
    (select format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then '!' else '' end from pg_attribute a
      where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped) as "organizationColumn"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and not ${BROUGHT("pg_class", "c.oid")}
  order by 1, 2`;

const POLICIES = `
  select n.nspname::text as schema, c.relname::text as table, p.polname::text as name,
    p.polpermissive as "isPermissive",
    case p.polcmd when '*' then 'ALL' when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' else 'DELETE' end as command,
    (select json_agg(case when r = 0 then 'public' else pg_get_userbyid(r)::text end order by 1) from unnest(p.polroles) r) as roles,
    pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
  where ${OURS} order by 1, 2, 3`;

const COLUMN_NAMES = (relation: string, numbers: string) => `
  coalesce((select json_agg(a.attname::text order by u.place) from unnest(${numbers}) with ordinality u (number, place)
    join pg_attribute a on a.attrelid = ${relation} and a.attnum = u.number), '[]')`;

const CONSTRAINTS = `
  select n.nspname::text as schema, c.relname::text as table, k.conname::text as name,
    case k.contype when 'p' then 'primary' when 'u' then 'unique' when 'f' then 'foreign' else 'exclusion' end as kind,
    ${COLUMN_NAMES("k.conrelid", "k.conkey")} as columns,
    tn.nspname::text as "toSchema", t.relname::text as "toTable",
    ${COLUMN_NAMES("k.confrelid", "k.confkey")} as "toColumns"
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_class t on t.oid = k.confrelid left join pg_namespace tn on tn.oid = t.relnamespace
  where n.nspname in (select nspname from pg_namespace where ${OURS}) and k.contype in ('p', 'u', 'f', 'x') order by 1, 2, 3`;

const INDEXES = `
  select n.nspname::text as schema, c.relname::text as table, i.relname::text as name, x.indisunique as "isUnique",
    (select json_agg(coalesce(a.attname::text, '') order by k.place)
      from unnest(x.indkey::smallint[]) with ordinality k (number, place)
      left join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.number
      where k.place <= x.indnkeyatts) as columns,
    (select json_agg(format_type(a.atttypid, null) order by a.attnum) from pg_attribute a
      where a.attrelid = x.indexrelid and a.attnum <= x.indnkeyatts) as types
  from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
    join pg_namespace n on n.oid = c.relnamespace
  where ${OURS} order by 1, 2, 3`;

const ROUTINES = `
  select n.nspname::text as schema,
    n.nspname || '.' || p.proname || '(' || coalesce((select string_agg(format_type(t, null), ',' order by place)
      from unnest(p.proargtypes::oid[]) with ordinality x (t, place)), '') || ')' as signature,
    pg_get_userbyid(p.proowner)::text as owner, p.prosecdef as "isDefiner", p.proleakproof as "isLeakproof",
    p.prokind = 'p' as "isProcedure", coalesce(to_json(p.proconfig), '[]') as settings
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where ${OURS} and not ${BROUGHT("pg_proc", "p.oid")} order by 1, 2`;

const GRANTEE = `case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee)::text end as role,
  x.privilege_type as privilege, x.is_grantable as "isGrantable"`;

const GRANTS = `
  select 'database' as on, current_database()::text as object, null as column, ${GRANTEE}
  from pg_database b, aclexplode(coalesce(b.datacl, acldefault('d', b.datdba))) x
  where b.datname = current_database() and x.grantee <> b.datdba
  union all
  select 'schema', n.nspname, null, ${GRANTEE}
  from pg_namespace n, aclexplode(n.nspacl) x where ${OURS} and x.grantee <> n.nspowner
  union all
  select 'relation', n.nspname || '.' || c.relname, null, ${GRANTEE}
  from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) x
  where ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and x.grantee <> c.relowner and not ${BROUGHT("pg_class", "c.oid")}
  union all
  select 'column', n.nspname || '.' || c.relname, a.attname, ${GRANTEE}
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace, aclexplode(a.attacl) x
  where ${OURS} and x.grantee <> c.relowner
  union all
  select 'function', r.signature, null, ${GRANTEE}
  from (select p.proowner, coalesce(p.proacl, acldefault('f', p.proowner)) as acl,
      n.nspname || '.' || p.proname || '(' || coalesce((select string_agg(format_type(t, null), ',' order by place)
        from unnest(p.proargtypes::oid[]) with ordinality y (t, place)), '') || ')' as signature
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${OURS} and not ${BROUGHT("pg_proc", "p.oid")}) r, aclexplode(r.acl) x
  where x.grantee <> r.proowner
  order by 1, 2, 3, 4, 5`;

const TRIGGERS = `
  select n.nspname::text as schema, c.relname::text as table, t.tgname::text as name
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where ${OURS} and not t.tgisinternal
  union all
  select n.nspname::text, c.relname::text, r.rulename::text
  from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
  where ${OURS} and r.rulename <> '_RETURN'
  order by 1, 2, 3`;

const ROLES = `
  select r.rolname::text as name, r.rolsuper as "isSuperuser", r.rolbypassrls as "canBypass", r.rolcanlogin as "canLogin",
    r.rolcreaterole as "canCreateRole", r.rolcreatedb as "canCreateDatabase", r.rolreplication as "canReplicate",
    coalesce((select json_agg(pg_get_userbyid(m.roleid)::text order by 1) from pg_auth_members m where m.member = r.oid), '[]') as "memberOf"
  from pg_roles r where r.rolname like 'vitrine\\_%' order by 1`;
