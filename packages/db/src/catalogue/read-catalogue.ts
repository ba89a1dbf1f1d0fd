import * as z from "zod";
import * as queries from "./queries.ts";

/** Runs one SQL text and gives its rows as objects. */
export type RunSql = (text: string) => Promise<readonly unknown[]>;

const names = z.array(z.string());
const relation = z.object({
  schema: z.string(),
  name: z.string(),
  kind: z.enum(["table", "partitioned", "view", "matview", "sequence", "foreign"]),
  owner: z.string(),
  hasRowSecurity: z.boolean(),
  isForced: z.boolean(),
  isPartition: z.boolean(),
  options: names,
  /** Type and nullability of `organization_id`, as `uuid!` or `uuid`; null when there is none. */
  organizationColumn: z.string().nullable(),
});
const policy = z.object({
  schema: z.string(),
  table: z.string(),
  name: z.string(),
  isPermissive: z.boolean(),
  command: z.enum(["ALL", "SELECT", "INSERT", "UPDATE", "DELETE"]),
  roles: names,
  using: z.string().nullable(),
  check: z.string().nullable(),
});
const constraint = z.object({
  schema: z.string(),
  table: z.string(),
  name: z.string(),
  kind: z.enum(["primary", "unique", "foreign", "exclusion"]),
  columns: names,
  toSchema: z.string().nullable(),
  toTable: z.string().nullable(),
  toColumns: names,
});
const index = z.object({
  schema: z.string(),
  table: z.string(),
  name: z.string(),
  isUnique: z.boolean(),
  /** Key columns in order; an expression is the empty string. */
  columns: names,
  types: names,
});
const routine = z.object({
  schema: z.string(),
  signature: z.string(),
  owner: z.string(),
  isDefiner: z.boolean(),
  isLeakproof: z.boolean(),
  isProcedure: z.boolean(),
  settings: names,
});
const grant = z.object({
  /** `database`, `schema`, `relation`, `column`, `function`. */
  on: z.enum(["database", "schema", "relation", "column", "function"]),
  /** Qualified name; of a column its relation's. */
  object: z.string(),
  column: z.string().nullable(),
  role: z.string(),
  privilege: z.string(),
  isGrantable: z.boolean(),
});
const trigger = z.object({
  schema: z.string(),
  table: z.string(),
  name: z.string(),
  definition: z.string(),
  firesAlways: z.boolean(),
});
const roleRow = z.object({
  name: z.string(),
  isSuperuser: z.boolean(),
  canBypass: z.boolean(),
  canLogin: z.boolean(),
  canCreateRole: z.boolean(),
  canCreateDatabase: z.boolean(),
  canReplicate: z.boolean(),
  memberOf: names,
});

/** What the live database holds, outside PostgreSQL's own schemas and what extensions brought. */
export interface Catalogue {
  schemas: { name: string; owner: string }[];
  relations: z.infer<typeof relation>[];
  policies: z.infer<typeof policy>[];
  constraints: z.infer<typeof constraint>[];
  indexes: z.infer<typeof index>[];
  routines: z.infer<typeof routine>[];
  grants: z.infer<typeof grant>[];
  /** Triggers and rewrite rules that someone made. */
  triggers: z.infer<typeof trigger>[];
  /** Tables whose references are not held, and how many of the triggers that hold them are off. */
  referencesOff: { table: string; triggers: number }[];
  roles: z.infer<typeof roleRow>[];
  /** As `name=value`, that sessions of our roles begin with. */
  settings: { role: string; setting: string }[];
  /** Things that widen access from outside the tables: of all of them ours has none. */
  leftovers: { kind: string; name: string }[];
}

/** Reads the whole catalogue, as any role that may see `pg_catalog`. */
export async function readCatalogue(run: RunSql): Promise<Catalogue> {
  const read = async <Row extends z.ZodType>(row: Row, text: string) => z.array(row).parse(await run(text));
  return {
    schemas: await read(z.object({ name: z.string(), owner: z.string() }), queries.SCHEMAS),
    relations: await read(relation, queries.RELATIONS),
    policies: await read(policy, queries.POLICIES),
    constraints: await read(constraint, queries.CONSTRAINTS),
    indexes: await read(index, queries.INDEXES),
    routines: await read(routine, queries.ROUTINES),
    grants: await read(grant, queries.GRANTS),
    triggers: await read(trigger, queries.TRIGGERS),
    referencesOff: await read(z.object({ table: z.string(), triggers: z.number() }), queries.REFERENCES_OFF),
    roles: await read(roleRow, queries.ROLES),
    settings: await read(z.object({ role: z.string(), setting: z.string() }), queries.SETTINGS),
    leftovers: await read(z.object({ kind: z.string(), name: z.string() }), queries.LEFTOVERS),
  };
}
