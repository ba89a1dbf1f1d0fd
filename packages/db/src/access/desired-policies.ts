import { businessPolicies } from "./businesses.ts";
import { CROSSINGS } from "./crossings.ts";
import { type PolicySpec, TENANT_POLICIES } from "./template.ts";

/** The policies that a tenant table carries, no more and no fewer: the template, what limits members to businesses, and one for each crossing. */
export function desiredPolicies(table: string): PolicySpec[] {
  const crossings = CROSSINGS.filter((one) => one.table === table).map(
    ({ role, command, predicate }): PolicySpec => ({
      name: `${role}_${command.toLowerCase()}`,
      isPermissive: true,
      command,
      role,
      using: command === "INSERT" ? null : predicate,
      check: command === "INSERT" || command === "UPDATE" ? predicate : null,
    }),
  );
  return [...TENANT_POLICIES, ...businessPolicies(table), ...crossings];
}

/** The statement that makes a policy. */
export function createPolicy(table: string, policy: PolicySpec): string {
  const clauses = [
    `create policy ${policy.name} on tenant.${table}`,
    `as ${policy.isPermissive ? "permissive" : "restrictive"} for ${policy.command.toLowerCase()} to ${policy.role}`,
    policy.using === null ? "" : `using (${policy.using})`,
    policy.check === null ? "" : `with check (${policy.check})`,
  ];
  return clauses.filter(Boolean).join(" ");
}

/** A policy's content in one text, equal for equal policies. */
export function describePolicy(policy: Omit<PolicySpec, "role"> & { roles: readonly string[] }): string {
  const kind = policy.isPermissive ? "permissive" : "restrictive";
  return `${kind} ${policy.command} to ${policy.roles.join(", ")} using ${policy.using} check ${policy.check}`;
}
