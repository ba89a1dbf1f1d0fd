/** Rules that the live database must keep; each has a mutant in the tests that breaks it. */
export const RULES = {
  schema_listed: "every schema is listed with its reason",
  table_listed: "every table is listed, and in its schema",
  table_owned: "every table belongs to the owner role",
  organization_column: "every tenant table has organization_id uuid not null",
  row_security_enabled: "row security is enabled on every tenant table and partition",
  row_security_forced: "row security is forced on every tenant table and partition",
  policies_exact:
    "the policies of a table are the template and its listed crossings, no more, no fewer, word for word",
  view_invoker: "every view runs with the rights of who reads it",
  no_matview: "there is no materialized view",
  no_foreign_table: "there is no foreign table",
  no_trigger: "there is no trigger or rewrite rule that is not listed",
  trigger_missing: "every listed trigger is there as it is listed, and fires always",
  reference_held: "every reference is held: none of the triggers that PostgreSQL made for them is off",
  key_starts_with_organization: "every key of a tenant table starts with the organization",
  index_starts_with_organization:
    "every index of a tenant table starts with the organization, or is listed and not unique",
  index_leakproof:
    "no index of a tenant table is over a type whose comparison cannot be used under row security",
  reference_within_organization:
    "every reference of a tenant table carries the organization on both sides, and stays within tenant tables",
  function_listed: "every function is listed",
  function_missing: "every listed function is there",
  function_owned: "every function of ours belongs to the definer role",
  definer_listed: "no function runs with its owner's rights without a listed reason",
  definer_search_path: "a function with its owner's rights has an empty search_path",
  definer_missing: "every function that is listed to run with its owner's rights does",
  function_settings: "no function brings a setting but an empty search_path",
  no_leakproof: "no function claims to be leakproof",
  grant_unlisted: "nobody holds a right that is not listed",
  grant_missing: "every listed right is held",
  role_missing: "every role is there",
  role_too_strong: "no role of ours can get around row security, make roles or databases, or replicate",
  role_login: "owner and definer do not log in",
  role_setting:
    "roles have the settings listed and no others, and the database none that tells or turns off an organization",
  role_member: "no role of ours has the rights of another",
  nothing_else: "there are no default privileges, publications, event triggers or foreign servers",
} as const;

export type Rule = keyof typeof RULES;

/** One object that breaks one rule. */
export interface Violation {
  rule: Rule;
  /** Qualified name. */
  object: string;
  /** What was found. */
  found: string;
}
