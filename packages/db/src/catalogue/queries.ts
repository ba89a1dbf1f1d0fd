/**
 * What `readCatalogue` asks PostgreSQL (15 to 18), a constant a question: everything outside the server's own schemas,
 * without what extensions brought, in the names and types that its schemas read.
 */
const OURS = `nspname not in ('pg_catalog', 'information_schema') and nspname !~ '^pg_(toast|temp)'`;
const BROUGHT = (catalogue: string, oid: string) =>
  `exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

export const SCHEMAS = `
  select nspname::text as name, pg_get_userbyid(nspowner)::text as owner from pg_namespace where ${OURS} order by 1`;

export const RELATIONS = `
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

export const POLICIES = `
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

export const CONSTRAINTS = `
  select n.nspname::text as schema, c.relname::text as table, k.conname::text as name,
    case k.contype when 'p' then 'primary' when 'u' then 'unique' when 'f' then 'foreign' else 'exclusion' end as kind,
    ${COLUMN_NAMES("k.conrelid", "k.conkey")} as columns,
    tn.nspname::text as "toSchema", t.relname::text as "toTable",
    ${COLUMN_NAMES("k.confrelid", "k.confkey")} as "toColumns"
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_class t on t.oid = k.confrelid left join pg_namespace tn on tn.oid = t.relnamespace
  where n.nspname in (select nspname from pg_namespace where ${OURS}) and k.contype in ('p', 'u', 'f', 'x') order by 1, 2, 3`;

export const INDEXES = `
  select n.nspname::text as schema, c.relname::text as table, i.relname::text as name, x.indisunique as "isUnique",
    (select json_agg(coalesce(a.attname::text, '') order by k.place)
      from unnest(x.indkey::smallint[]) with ordinality k (number, place)
      left join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.number
      where k.place <= x.indnkeyatts) as columns,
    (select json_agg(case t.typtype when 'e' then 'enum' else format_type(t.oid, null) end order by a.attnum)
      from pg_attribute a join pg_type t on t.oid = a.atttypid
      where a.attrelid = x.indexrelid and a.attnum <= x.indnkeyatts) as types
  from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
    join pg_namespace n on n.oid = c.relnamespace
  where ${OURS} order by 1, 2, 3`;

export const ROUTINES = `
  select n.nspname::text as schema,
    n.nspname || '.' || p.proname || '(' || coalesce((select string_agg(format_type(t, null), ',' order by place)
      from unnest(p.proargtypes::oid[]) with ordinality x (t, place)), '') || ')' as signature,
    pg_get_userbyid(p.proowner)::text as owner, p.prosecdef as "isDefiner", p.proleakproof as "isLeakproof",
    p.prokind = 'p' as "isProcedure", coalesce(to_json(p.proconfig), '[]') as settings
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where ${OURS} and not ${BROUGHT("pg_proc", "p.oid")} order by 1, 2`;

const GRANTEE = `case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee)::text end as role,
  x.privilege_type as privilege, x.is_grantable as "isGrantable"`;

export const GRANTS = `
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

export const TRIGGERS = `
  select n.nspname::text as schema, c.relname::text as table, t.tgname::text as name,
    pg_get_triggerdef(t.oid) as definition, t.tgenabled = 'A' as "firesAlways"
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where ${OURS} and not t.tgisinternal
  union all
  select n.nspname::text, c.relname::text, r.rulename::text, pg_get_ruledef(r.oid), true
  from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
  where ${OURS} and r.rulename <> '_RETURN'
  order by 1, 2, 3`;

/** What PostgreSQL made to hold references, where it was switched off. */
export const REFERENCES_OFF = `
  select n.nspname || '.' || c.relname as table, count(*)::integer as triggers
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where ${OURS} and t.tgisinternal and t.tgenabled <> 'O'
  group by 1 order by 1`;

export const ROLES = `
  select r.rolname::text as name, r.rolsuper as "isSuperuser", r.rolbypassrls as "canBypass", r.rolcanlogin as "canLogin",
    r.rolcreaterole as "canCreateRole", r.rolcreatedb as "canCreateDatabase", r.rolreplication as "canReplicate",
    coalesce((select json_agg(pg_get_userbyid(m.roleid)::text order by 1) from pg_auth_members m where m.member = r.oid), '[]') as "memberOf"
  from pg_roles r where r.rolname like 'vitrine\\_%' order by 1`;

/** Of our roles, and of everybody in this database; `everybody` stands for a setting of no role. */
export const SETTINGS = `
  select coalesce(r.rolname::text, 'everybody') as role, x as setting
  from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole, unnest(s.setconfig) x
  where (s.setrole = 0 or r.rolname like 'vitrine\\_%')
    and (s.setdatabase = 0 or s.setdatabase = (select oid from pg_database where datname = current_database()))
  order by 1, 2`;

export const LEFTOVERS = `
  select 'default privilege' as kind, coalesce(n.nspname::text, 'everywhere') || ' for ' || pg_get_userbyid(d.defaclrole) as name
  from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
  union all select 'publication', pubname::text from pg_publication
  union all select 'event trigger', evtname::text from pg_event_trigger
  union all select 'server', srvname::text from pg_foreign_server
  order by 1, 2`;
