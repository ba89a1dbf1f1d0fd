import type { Catalogue } from "../catalogue/read-catalogue.ts";
import type { GeneratedMutant } from "./mutant.ts";

type Constraint = Catalogue["constraints"][number];

/** Every key, reference and index of the tenant tables: without the organization, or gone. */
export function keyMutants({ constraints, indexes }: Catalogue): GeneratedMutant[] {
  const ours = constraints.filter(({ schema }) => schema === "tenant");
  const keys = new Set(ours.map(({ name }) => name));
  return [
    ...ours.flatMap((one) => (one.kind === "foreign" ? referenceMutants(one) : keyMutantsOf(one))),
    ...indexes.filter(({ schema, name }) => schema === "tenant" && !keys.has(name)).flatMap(indexMutants),
    ...[...new Set(ours.map(({ table }) => table))].map(
      (table): GeneratedMutant => ({
        kind: "organization that may be null",
        object: `tenant.${table}`,
        sql: `alter table tenant.${table} drop constraint ${table}_pkey cascade; alter table tenant.${table} alter column organization_id drop not null`,
        attacked: [],
      }),
    ),
  ];
}

function referenceMutants(one: Constraint): GeneratedMutant[] {
  const on = `tenant.${one.table}`;
  const columns = withoutOrganization(one.columns);
  const toColumns = withoutOrganization(one.toColumns);
  const made = (kind: string, sql: string): GeneratedMutant => ({
    kind,
    object: `${on}.${one.name}`,
    sql,
    attacked: [one.table, one.toTable ?? ""],
  });
  const dropped = made("reference dropped", `alter table ${on} drop constraint ${one.name}`);
  if (columns.length === 0) return [];
  const single = (action: string) => `create unique index on tenant.${one.toTable} (${toColumns.join(", ")});
    alter table ${on} drop constraint ${one.name},
    add constraint ${one.name} foreign key (${columns.join(", ")}) references tenant.${one.toTable} (${toColumns.join(", ")}) ${action}`;
  return [
    dropped,
    made("reference without the organization", single("")),
    made("cascade without the organization", single("on delete cascade")),
  ];
}

function keyMutantsOf(one: Constraint): GeneratedMutant[] {
  const on = `tenant.${one.table}`;
  const columns = withoutOrganization(one.columns);
  if (columns.length === 0) return [];
  return [
    {
      kind: "key without the organization",
      object: `${on}.${one.name}`,
      sql: `alter table ${on} drop constraint ${one.name} cascade, add constraint ${one.name} ${one.kind === "primary" ? "primary key" : "unique"} (${quoted(columns)})`,
      attacked: [one.table],
    },
  ];
}

function indexMutants(one: Catalogue["indexes"][number]): GeneratedMutant[] {
  const columns = withoutOrganization(one.columns);
  if (columns.length === 0 || columns.includes("")) return [];
  const isLed = one.columns[0] === "organization_id";
  const made = (kind: string, unique: string): GeneratedMutant => ({
    kind,
    object: `tenant.${one.table}.${one.name}`,
    sql: `drop index tenant.${one.name}; create ${unique} index ${one.name} on tenant.${one.table} (${quoted(columns)})`,
    attacked: [],
  });
  return [
    ...(isLed ? [made("index without the organization", one.isUnique ? "unique" : "")] : []),
    ...(one.isUnique ? [] : [made("index over all organizations made unique", "unique")]),
  ];
}

function withoutOrganization(columns: readonly string[]): string[] {
  return columns.filter((column) => column !== "organization_id");
}

function quoted(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(", ");
}
