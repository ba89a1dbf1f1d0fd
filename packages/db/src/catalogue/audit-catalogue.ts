import { checkGrants } from "./grant-rules.ts";
import { checkKeys } from "./key-rules.ts";
import { type RunSql, readCatalogue } from "./read-catalogue.ts";
import { checkRoutines } from "./routine-rules.ts";
import { checkTables } from "./table-rules.ts";
import type { Violation } from "./violation.ts";

export type { RunSql } from "./read-catalogue.ts";
export { RULES, type Rule, type Violation } from "./violation.ts";

/**
 * Everything in the live database that breaks a rule of tenancy: empty when all is as `access` lists it. Enumerates
 * tables, views, keys, indexes, policies, functions, rights and roles from the catalogue, so that a new one is found
 * though nobody thought of it. `run` may be of any role.
 */
export async function auditCatalogue(run: RunSql): Promise<Violation[]> {
  const catalogue = await readCatalogue(run);
  const [row] = await run("select current_database()::text as database");
  const database = String(new Map(Object.entries(row ?? {})).get("database"));
  return [
    ...checkTables(catalogue),
    ...checkKeys(catalogue),
    ...checkRoutines(catalogue),
    ...checkGrants(catalogue, database),
  ];
}
