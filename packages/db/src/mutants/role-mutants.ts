import { ROLES, SERVING_ROLES } from "../access/roles.ts";
import type { Catalogue } from "../catalogue/read-catalogue.ts";
import type { GeneratedMutant } from "./mutant.ts";

const SETTINGS: Record<string, string> = {
  "app.organization_id": "0190b0f4-0000-7000-8000-000000000000",
  row_security: "off",
  session_replication_role: "replica",
  search_path: "tenant",
};

/** Every role and schema of ours: too strong, of another, with settings, open to others. */
export function roleMutants({ schemas }: Catalogue): GeneratedMutant[] {
  const one = (kind: string, object: string, sql: string): GeneratedMutant => ({
    kind,
    object,
    sql,
    attacked: [],
  });
  const powers = ROLES.flatMap((role) =>
    ["bypassrls", "superuser", "createrole", "createdb", "replication"].map((power) =>
      one("role too strong", role, `alter role ${role} ${power}`),
    ),
  );
  const members = SERVING_ROLES.flatMap((role) =>
    ["vitrine_owner", "vitrine_definer", "pg_read_all_data", "pg_write_all_data"].map((of) =>
      one("role with another's rights", role, `grant ${of} to ${role}`),
    ),
  );
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => [
    ...SERVING_ROLES.map((role) =>
      one("setting of a role", role, `alter role ${role} set ${name} = '${value}'`),
    ),
    one(
      "setting of the database",
      name,
      `do $$ begin execute format('alter database %I set ${name} = ''${value}''', current_database()); end $$`,
    ),
  ]);
  const open = schemas
    .filter(({ name }) => name !== "public" && name !== "extensions")
    .flatMap(({ name }) => [
      one("schema open to everybody", name, `grant usage on schema ${name} to public`),
      one("schema that may be added to", name, `grant create on schema ${name} to vitrine_app`),
      one(
        "rights on tables to come",
        name,
        `alter default privileges for role vitrine_owner in schema ${name} grant select on tables to vitrine_auth`,
      ),
    ]);
  const logins = ["vitrine_owner", "vitrine_definer"].map((role) =>
    one("owner that logs in", role, `alter role ${role} login`),
  );
  return [...powers, ...members, ...settings, ...open, ...logins];
}
