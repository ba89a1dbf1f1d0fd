/** A policy as the catalogue shows it: expressions in the words of `pg_get_expr`. */
export interface PolicySpec {
  name: string;
  isPermissive: boolean;
  command: "ALL" | "SELECT" | "INSERT" | "UPDATE" | "DELETE";
  role: string;
  using: string | null;
  check: string | null;
}

/** The one predicate: a row is of the organization that the transaction names. Unset, empty or garbage names none. */
export const TENANT_PREDICATE =
  "(organization_id = ( SELECT app.current_organization() AS current_organization))";

/**
 * What every table of the schema `tenant` carries: one policy that lets in, and one restrictive floor of the same
 * text, which still holds when a careless permissive policy is added beside the first.
 */
export const TENANT_POLICIES: readonly PolicySpec[] = [
  {
    name: "organization",
    isPermissive: true,
    command: "ALL",
    role: "vitrine_app",
    using: TENANT_PREDICATE,
    check: TENANT_PREDICATE,
  },
  {
    name: "organization_floor",
    isPermissive: false,
    command: "ALL",
    role: "vitrine_app",
    using: TENANT_PREDICATE,
    check: TENANT_PREDICATE,
  },
];
