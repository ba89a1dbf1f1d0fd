import { describePolicy, desiredPolicies } from "../access/desired-policies.ts";
import { SCHEMAS, SYSTEM_TABLES } from "../access/exceptions.ts";
import { APP_GRANTS } from "../access/grants.ts";
import { OWNER } from "../access/roles.ts";
import { TRIGGERS } from "../access/triggers.ts";
import type { Catalogue } from "./read-catalogue.ts";
import type { Violation } from "./violation.ts";

type Relation = Catalogue["relations"][number];

/** Schemas, tables, views, policies and triggers. */
export function checkTables(catalogue: Catalogue): Violation[] {
  return [
    ...catalogue.schemas.flatMap(checkSchema),
    ...catalogue.relations.flatMap((relation) => [...checkKind(relation), ...checkPlace(relation)]),
    ...catalogue.relations.filter(isTenantTable).flatMap((table) => checkTenantTable(table, catalogue)),
    ...catalogue.policies.filter(({ schema }) => schema !== "tenant").map(strayPolicy),
    ...checkTriggers(catalogue),
    ...catalogue.leftovers.map(
      ({ kind, name }): Violation => ({ rule: "nothing_else", object: name, found: kind }),
    ),
  ];
}

function checkTriggers({ triggers, referencesOff }: Catalogue): Violation[] {
  const strange = triggers.filter(
    ({ definition }) => !TRIGGERS.some((listed) => listed.definition === definition),
  );
  const missing = TRIGGERS.filter(
    ({ definition }) => !triggers.some((one) => one.definition === definition && one.firesAlways),
  );
  return [
    ...referencesOff.map(({ table, triggers: off }): Violation => {
      return { rule: "reference_held", object: table, found: `${off} are off` };
    }),
    ...strange.map(({ schema, table, name }): Violation => {
      return { rule: "no_trigger", object: `${schema}.${table}`, found: name };
    }),
    ...missing.map(({ table, name }): Violation => {
      return { rule: "trigger_missing", object: table, found: `${name} is missing, another or switched off` };
    }),
  ];
}

/** Whether it is a table, or a part of one, in the schema of tenant tables. */
export function isTenantTable({ schema, kind }: Relation): boolean {
  return schema === "tenant" && (kind === "table" || kind === "partitioned");
}

function checkSchema({ name }: Catalogue["schemas"][number]): Violation[] {
  const isKnown = name === "public" || SCHEMAS[name] !== undefined;
  return isKnown ? [] : [{ rule: "schema_listed", object: name, found: "an unlisted schema" }];
}

function checkKind({ schema, name, kind, options }: Relation): Violation[] {
  const object = `${schema}.${name}`;
  if (kind === "matview") return [{ rule: "no_matview", object, found: "a materialized view" }];
  if (kind === "foreign") return [{ rule: "no_foreign_table", object, found: "a foreign table" }];
  const isInvoker = options.some((option) => /^security_invoker=(true|on|yes|1)$/i.test(option));
  if (kind === "view" && !isInvoker) {
    return [{ rule: "view_invoker", object, found: "a view with its owner's rights" }];
  }
  return [];
}

function checkPlace({ schema, name, kind, owner, isPartition }: Relation): Violation[] {
  const object = `${schema}.${name}`;
  const isOwned = owner === OWNER;
  const strange: Violation[] = isOwned ? [] : [{ rule: "table_owned", object, found: `owned by ${owner}` }];
  if (kind === "sequence" || isPartition || schema === "pgboss" || schema === "ledger") return strange;
  const list: Record<string, unknown> =
    schema === "tenant" ? APP_GRANTS : schema === "system" ? SYSTEM_TABLES : {};
  const isListed = list[name] !== undefined || (schema === "tenant" && kind === "view");
  return isListed ? strange : [...strange, { rule: "table_listed", object, found: `an unlisted ${kind}` }];
}

function checkTenantTable(table: Relation, { policies }: Catalogue): Violation[] {
  const object = `tenant.${table.name}`;
  const found: Violation[] = [];
  if (table.organizationColumn !== "uuid!") {
    found.push({ rule: "organization_column", object, found: table.organizationColumn ?? "no such column" });
  }
  if (!table.hasRowSecurity) found.push({ rule: "row_security_enabled", object, found: "not enabled" });
  if (!table.isForced) found.push({ rule: "row_security_forced", object, found: "not forced" });
  const own = policies.filter((policy) => policy.schema === "tenant" && policy.table === table.name);
  return [...found, ...checkPolicies(table.name, own)];
}

function checkPolicies(table: string, found: Catalogue["policies"]): Violation[] {
  const wanted = new Map(
    desiredPolicies(table).map((one) => [one.name, describePolicy({ ...one, roles: [one.role] })]),
  );
  const object = `tenant.${table}`;
  const wrong = found.flatMap((policy): Violation[] => {
    const text = describePolicy(policy);
    const isRight = wanted.get(policy.name) === text;
    return isRight ? [] : [{ rule: "policies_exact", object, found: `${policy.name}: ${text}` }];
  });
  const missing = [...wanted.keys()]
    .filter((name) => !found.some((policy) => policy.name === name))
    .map((name): Violation => ({ rule: "policies_exact", object, found: `${name} is missing` }));
  return [...wrong, ...missing];
}

function strayPolicy(policy: Catalogue["policies"][number]): Violation {
  const object = `${policy.schema}.${policy.table}`;
  return { rule: "policies_exact", object, found: `${policy.name}: ${describePolicy(policy)}` };
}
