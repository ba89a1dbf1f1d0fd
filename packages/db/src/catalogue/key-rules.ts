import { CROSS_TENANT_INDEXES } from "../access/exceptions.ts";
import type { Catalogue } from "./read-catalogue.ts";
import type { Violation } from "./violation.ts";

/** Comparison of these cannot be an index condition under row security, or (`numeric`) is better avoided for the same reason. */
const NOT_LEAKPROOF = new Set([
  "enum",
  "numeric",
  "jsonb",
  "json",
  "tsvector",
  "tsquery",
  "money",
  "interval",
]);

/** Primary and unique keys, references and indexes. */
export function checkKeys({ constraints, indexes }: Catalogue): Violation[] {
  return [...constraints.flatMap(checkConstraint), ...indexes.filter(isTenant).flatMap(checkIndex)];
}

function isTenant({ schema }: { schema: string }): boolean {
  return schema === "tenant";
}

function checkConstraint(one: Catalogue["constraints"][number]): Violation[] {
  if (one.kind === "foreign") return checkReference(one);
  if (!isTenant(one) || one.columns[0] === "organization_id") return [];
  const found = `${one.kind} (${one.columns.join(", ")})`;
  return [{ rule: "key_starts_with_organization", object: `tenant.${one.table}.${one.name}`, found }];
}

function checkReference(one: Catalogue["constraints"][number]): Violation[] {
  const touchesTenant = one.schema === "tenant" || one.toSchema === "tenant";
  if (!touchesTenant) return [];
  const staysWithin = one.schema === "tenant" && one.toSchema === "tenant";
  const carriesIt = one.columns[0] === "organization_id" && one.toColumns[0] === "organization_id";
  if (staysWithin && carriesIt) return [];
  const found = `(${one.columns.join(", ")}) to ${one.toSchema}.${one.toTable} (${one.toColumns.join(", ")})`;
  return [{ rule: "reference_within_organization", object: `${one.schema}.${one.table}.${one.name}`, found }];
}

function checkIndex(one: Catalogue["indexes"][number]): Violation[] {
  const object = `tenant.${one.table}.${one.name}`;
  const found = `${one.isUnique ? "unique " : ""}(${one.columns.map((column) => column || "expression").join(", ")})`;
  const isListed = CROSS_TENANT_INDEXES[one.name] !== undefined && !one.isUnique;
  const isLed = one.columns[0] === "organization_id" || isListed;
  const leaking = one.types.filter(
    (type) => NOT_LEAKPROOF.has(type) || type.endsWith("[]") || type.endsWith("range"),
  );
  return [
    ...(isLed ? [] : [{ rule: "index_starts_with_organization", object, found } satisfies Violation]),
    ...(leaking.length === 0
      ? []
      : [{ rule: "index_leakproof", object, found: leaking.join(", ") } satisfies Violation]),
  ];
}
