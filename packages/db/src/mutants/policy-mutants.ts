import { createPolicy } from "../access/desired-policies.ts";
import type { PolicySpec } from "../access/template.ts";
import type { Catalogue } from "../catalogue/read-catalogue.ts";
import type { GeneratedMutant } from "./mutant.ts";

/** Every policy of the tenant tables: dropped, widened, loosened, for others. */
export function policyMutants({ policies }: Catalogue): GeneratedMutant[] {
  return policies.filter(({ schema }) => schema === "tenant").flatMap(mutantsOf);
}

function mutantsOf({ table, roles, ...policy }: Catalogue["policies"][number]): GeneratedMutant[] {
  const spec: PolicySpec = { ...policy, role: roles.join(", ") };
  const drop = `drop policy ${spec.name} on tenant.${table}`;
  const remade = (kind: string, change: Partial<PolicySpec>): GeneratedMutant => ({
    kind: `policy ${kind}`,
    object: `tenant.${table}.${spec.name}`,
    sql: `${drop}; ${createPolicy(table, { ...spec, ...change })}`,
    attacked: [table],
  });
  const hasUsing = spec.using !== null && spec.using !== "true";
  const hasCheck = spec.check !== null && spec.check !== "true";
  const isTemplate = spec.role === "vitrine_app";
  const isForReading = spec.command === "SELECT";
  return [
    { kind: "policy dropped", object: `tenant.${table}.${spec.name}`, sql: drop, attacked: [table] },
    ...(hasUsing ? [remade("for every row", { using: "true" })] : []),
    ...(hasCheck ? [remade("that checks nothing", { check: "true" })] : []),
    ...(hasUsing
      ? [
          remade("also without an organization", {
            using: `${spec.using} or app.current_organization() is null`,
          }),
        ]
      : []),
    ...(spec.check !== null && spec.using !== null ? [remade("without WITH CHECK", { check: null })] : []),
    remade(spec.isPermissive ? "made restrictive" : "made permissive", { isPermissive: !spec.isPermissive }),
    remade("for everybody", { role: "public" }),
    ...(isTemplate && !isForReading ? [remade("for one command", { command: "SELECT", check: null })] : []),
  ];
}
