import type { Catalogue } from "../catalogue/read-catalogue.ts";
import { CROSSINGS } from "./crossings.ts";
import { SYSTEM_TABLES } from "./exceptions.ts";
import { FUNCTIONS } from "./functions.ts";
import { APP_GRANTS } from "./grants.ts";

export type Grant = Catalogue["grants"][number];

const QUEUE_COMMANDS = ["SELECT", "INSERT", "UPDATE", "DELETE"];

/** Every right that anyone but an owner may hold in the database, given the relations and functions it has. */
export function desiredGrants(catalogue: Catalogue, database: string): Grant[] {
  return [
    ...databaseGrants(database),
    ...SCHEMA_GRANTS,
    ...tableGrants(),
    ...functionGrants(),
    ...queueGrants(catalogue),
  ];
}

/** A grant in the words of SQL, such as `SELECT (id) on relation tenant.assets for vitrine_definer`: equal for equal grants. */
export function describeGrant({ on, object, column, role, privilege, isGrantable }: Grant): string {
  const what = column === null ? privilege : `${privilege} (${column})`;
  return `${what} on ${on} ${object} for ${role}${isGrantable ? " with grant option" : ""}`;
}

function databaseGrants(database: string): Grant[] {
  const may = (role: string, privilege: string) => grant("database", database, role, privilege);
  return [
    may("vitrine_app", "CONNECT"),
    may("vitrine_auth", "CONNECT"),
    may("vitrine_jobs", "CONNECT"),
    may("vitrine_owner", "CONNECT"),
    may("vitrine_owner", "CREATE"),
  ];
}

const SCHEMA_GRANTS: Grant[] = [
  ["tenant", "vitrine_app"],
  ["tenant", "vitrine_definer"],
  ["tenant", "vitrine_jobs"],
  ["system", "vitrine_definer"],
  ["system", "vitrine_jobs"],
  ["app", "vitrine_app"],
  ["app", "vitrine_owner"],
  ["app", "vitrine_jobs"],
  ["auth", "vitrine_auth"],
  ["pgboss", "vitrine_jobs"],
  ["pgboss", "vitrine_definer"],
].map(([schema = "", role = ""]) => grant("schema", schema, role, "USAGE"));

function tableGrants(): Grant[] {
  const app = Object.entries(APP_GRANTS).flatMap(([table, commands]) =>
    commands.map((command) => grant("relation", `tenant.${table}`, "vitrine_app", command)),
  );
  const system = Object.entries(SYSTEM_TABLES).flatMap(([table, { grants }]) =>
    grants.flatMap(({ role, commands }) =>
      commands.map((command) => grant("relation", `system.${table}`, role, command)),
    ),
  );
  const crossings = CROSSINGS.flatMap(({ role, table, command, columns }) =>
    columns === undefined
      ? [grant("relation", `tenant.${table}`, role, command)]
      : columns.map((column) => ({ ...grant("column", `tenant.${table}`, role, command), column })),
  );
  return [...app, ...system, ...crossings];
}

function functionGrants(): Grant[] {
  return FUNCTIONS.flatMap(({ signature, callers }) =>
    callers.map((role) => grant("function", signature, role, "EXECUTE")),
  );
}

/** The queue's tables are its library's: `vitrine_jobs` works them, `app.enqueue_job` adds to them. */
function queueGrants({ relations, routines }: Catalogue): Grant[] {
  const tables = relations.filter(({ schema, kind }) => schema === "pgboss" && kind !== "sequence");
  return [
    ...tables.flatMap(({ name }) =>
      QUEUE_COMMANDS.map((command) => grant("relation", `pgboss.${name}`, "vitrine_jobs", command)),
    ),
    ...routines
      .filter(({ schema }) => schema === "pgboss")
      .map(({ signature }) => grant("function", signature, "vitrine_jobs", "EXECUTE")),
    grant("relation", "pgboss.queue", "vitrine_definer", "SELECT"),
    grant("relation", "pgboss.job", "vitrine_definer", "INSERT"),
    { ...grant("column", "pgboss.job", "vitrine_definer", "SELECT"), column: "id" },
  ];
}

function grant(on: Grant["on"], object: string, role: string, privilege: string): Grant {
  return { on, object, column: null, role, privilege, isGrantable: false };
}
