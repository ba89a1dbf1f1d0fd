import { APP_GRANTS, type Command } from "../access/grants.ts";
import type { Catalogue } from "../catalogue/read-catalogue.ts";
import { isTenantTable } from "../catalogue/table-rules.ts";
import type { GeneratedMutant } from "./mutant.ts";

const COMMANDS: readonly Command[] = ["SELECT", "INSERT", "UPDATE", "DELETE"];

/** Every tenant table: its row security off, rights given and taken, things put beside or upon it. */
export function tableMutants({ relations, grants, constraints }: Catalogue): GeneratedMutant[] {
  const referencing = constraints.filter(({ kind }) => kind === "foreign");
  const isReferenced = (name: string) =>
    referencing.some(({ table, toTable }) => table === name || toTable === name);
  return relations
    .filter(isTenantTable)
    .flatMap(({ name }) => [
      ...securityMutants(name),
      ...(isReferenced(name) ? [referenceMutant(name)] : []),
      ...grantMutants(name, grants),
      ...besideMutants(name),
    ]);
}

/** A table that neither references another nor is referenced has nothing to switch off. */
function referenceMutant(table: string): GeneratedMutant {
  const on = `tenant.${table}`;
  const sql = `alter table ${on} disable trigger all`;
  return { kind: "references not enforced", object: on, sql, attacked: [table] };
}

function securityMutants(table: string): GeneratedMutant[] {
  const on = `tenant.${table}`;
  const one = (kind: string, sql: string): GeneratedMutant => ({ kind, object: on, sql, attacked: [table] });
  return [
    one("row security off", `alter table ${on} disable row level security`),
    one("FORCE removed", `alter table ${on} no force row level security`),
    one("a permissive policy added", `create policy more on ${on} for select to vitrine_app using (true)`),
    one(
      "the floor gone and the policy widened",
      `drop policy organization_floor on ${on}; alter policy organization on ${on} using (true) with check (true)`,
    ),
    one("owned by the serving role", `alter table ${on} owner to vitrine_app`),
  ];
}

function grantMutants(table: string, grants: Catalogue["grants"]): GeneratedMutant[] {
  const on = `tenant.${table}`;
  const one = (kind: string, sql: string): GeneratedMutant => ({ kind, object: on, sql, attacked: [table] });
  const held = APP_GRANTS[table] ?? [];
  const missing = COMMANDS.filter((command) => !held.includes(command));
  const others = ["vitrine_auth", "vitrine_jobs", "vitrine_definer"].filter(
    (role) =>
      !grants.some((grant) => grant.object === on && grant.role === role && grant.privilege === "SELECT"),
  );
  return [
    ...["truncate", "references", "trigger"].map((right) =>
      one(`${right.toUpperCase()} granted`, `grant ${right} on ${on} to vitrine_app`),
    ),
    ...missing.map((command) =>
      one(`${command} granted where it is not`, `grant ${command} on ${on} to vitrine_app`),
    ),
    ...missing
      .filter((command) => command === "UPDATE")
      .map(() => one("UPDATE of a column granted", `grant update (organization_id) on ${on} to vitrine_app`)),
    ...held.map((command) => one(`${command} taken away`, `revoke ${command} on ${on} from vitrine_app`)),
    one("granted to PUBLIC", `grant select on ${on} to public`),
    one("granted with grant option", `grant select on ${on} to vitrine_app with grant option`),
    ...others.map((role) => one(`granted to ${role}`, `grant select on ${on} to ${role}`)),
  ];
}

function besideMutants(table: string): GeneratedMutant[] {
  const on = `tenant.${table}`;
  const one = (kind: string, object: string, sql: string): GeneratedMutant => ({
    kind,
    object,
    sql,
    attacked: [],
  });
  return [
    one(
      "view of its owner",
      `tenant.v_${table}`,
      `create view tenant.v_${table} as select * from ${on}; grant select on tenant.v_${table} to vitrine_app`,
    ),
    one(
      "materialized view",
      `tenant.m_${table}`,
      `create materialized view tenant.m_${table} as select * from ${on}`,
    ),
    one("copy elsewhere", `public.c_${table}`, `create table public.c_${table} as select * from ${on}`),
    one("heir", `public.h_${table}`, `create table public.h_${table} () inherits (${on})`),
    one(
      "definer function over it",
      `public.peek_${table}()`,
      `create function public.peek_${table}() returns bigint language sql security definer as 'select count(*) from ${on}'`,
    ),
    one(
      "trigger",
      on,
      `create function public.on_${table}() returns trigger language plpgsql security definer as 'begin return new; end'; create trigger watch before insert on ${on} for each row execute function public.on_${table}()`,
    ),
    one("rewrite rule", on, `create rule watch as on delete to ${on} do instead nothing`),
    one("publication", on, `create publication watch for table ${on}`),
  ];
}
