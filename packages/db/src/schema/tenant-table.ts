import type { SQL } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  type ExtraConfigColumn,
  foreignKey,
  type IndexBuilder,
  index,
  type PgColumnBuilderBase,
  type PgTableExtraConfigValue,
  pgSchema,
  primaryKey,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

/** Holds every table with rows of organizations, and nothing else. */
export const tenantSchema = pgSchema("tenant");

type Names<Columns> = Extract<keyof Columns, string>;

/** Keys, references and indexes of one tenant table, each led by `organization_id` by construction. */
export interface TenantKeys<Name extends string> {
  index(name: string, ...columns: Name[]): IndexBuilder;
  brin(name: string, ...columns: Name[]): IndexBuilder;
  /** Unique within the organization, among the rows that meet `where`. */
  unique(name: string, columns: Name[], where?: SQL): IndexBuilder;
  /** A row of another tenant table, by `(organization_id, column)`; with `part` it goes when its whole goes. */
  reference(
    name: string,
    columns: Name[],
    to: () => [AnyPgColumn, ...AnyPgColumn[]],
    bond: "part" | "use",
  ): PgTableExtraConfigValue;
  check(name: string, condition: SQL): PgTableExtraConfigValue;
  /** An index across organizations: only for look-ups listed in `access/exceptions.ts` with their reason. */
  crossTenantIndex(name: string, ...columns: Name[]): IndexBuilder;
}

/**
 * Builds a table of organizations' rows: adds `organization_id uuid not null`, makes the primary key
 * `(organization_id, ...key)` and leads every index and reference with it. It carries no policies:
 * `migrate` applies the one row security template to every table of the schema, after all migrations.
 */
export function tenantTable<Name extends string, Columns extends Record<string, PgColumnBuilderBase>>(
  name: Name,
  columns: Columns,
  key: readonly Names<Columns>[],
  extras: (keys: TenantKeys<Names<Columns>>) => PgTableExtraConfigValue[] = () => [],
) {
  return tenantSchema.table(
    name,
    { organizationId: uuid("organization_id").notNull(), ...columns },
    (table) => {
      const find = finder(table);
      const [first, ...rest] = find(["organizationId", ...key]);
      return [primaryKey({ name: `${name}_pkey`, columns: [first, ...rest] }), ...extras(keysOf(find))];
    },
  );
}

type Find = (names: readonly string[]) => [ExtraConfigColumn, ...ExtraConfigColumn[]];

function finder(table: Record<string, ExtraConfigColumn>): Find {
  return (names) => {
    const [first, ...rest] = names.map((name) => {
      const column = table[name];
      if (column === undefined) throw new Error(`No column ${name}`);
      return column;
    });
    if (first === undefined) throw new Error("A key needs a column");
    return [first, ...rest];
  };
}

function keysOf(find: Find): TenantKeys<string> {
  return {
    index: (name, ...columns) => index(name).on(...find(["organizationId", ...columns])),
    brin: (name, ...columns) => index(name).using("brin", ...find(["organizationId", ...columns])),
    unique: (name, columns, where) => {
      const built = uniqueIndex(name).on(...find(["organizationId", ...columns]));
      return where === undefined ? built : built.where(where);
    },
    reference: (name, columns, to, bond) => {
      const built = foreignKey({
        name,
        columns: find(["organizationId", ...columns]),
        foreignColumns: to(),
      });
      return bond === "part" ? built.onDelete("cascade") : built;
    },
    check: (name, condition) => check(name, condition),
    crossTenantIndex: (name, ...columns) => index(name).on(...find(columns)),
  };
}
