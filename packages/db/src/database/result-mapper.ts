import { Column, getTableName, is, SQL, Subquery } from "drizzle-orm";
import type { SelectedFieldsOrdered } from "drizzle-orm/pg-core";

type Row = Record<string, unknown>;
type Decode = ((value: unknown) => unknown) | undefined;

/**
 * Makes the function that turns a row in column order into the object that a Drizzle query promises: as
 * Drizzle's own mapping, whose type tests it does once a query instead of once a cell, but that an outer-joined
 * group is null only when all its columns are, not already when its first is.
 */
export function rowMapper(
  fields: SelectedFieldsOrdered,
  joinsNotNullable: Record<string, boolean> | undefined,
): (row: readonly unknown[]) => Row {
  const decoders = fields.map(({ field }) => decoderOf(field));
  const isFlat = fields.every(({ path }) => path.length === 1);
  if (isFlat)
    return flatMapper(
      fields.map(({ path }) => path[0] ?? ""),
      decoders,
    );
  const nullable = joinsNotNullable === undefined ? [] : nullableGroups(fields, joinsNotNullable);
  return (cells) => {
    const row: Row = {};
    fields.forEach(({ path }, index) => {
      put(row, path, decode(decoders[index], cells[index]));
    });
    for (const { name, columns } of nullable) {
      if (columns.every((index) => cells[index] === null)) row[name] = null;
    }
    return row;
  };
}

function flatMapper(names: string[], decoders: Decode[]) {
  return (cells: readonly unknown[]) => {
    const row: Row = {};
    for (let index = 0; index < names.length; index++) {
      row[names[index] ?? ""] = decode(decoders[index], cells[index]);
    }
    return row;
  };
}

function decode(decoder: Decode, value: unknown): unknown {
  return value === null || decoder === undefined ? value : decoder(value);
}

function decoderOf(field: SelectedFieldsOrdered[number]["field"]): Decode {
  if (is(field, Column)) return mapperOf(field);
  if (is(field, SQL)) return mapperOf(decoderIn(field));
  if (is(field, Subquery)) return mapperOf(decoderIn(field._.sql));
  return mapperOf(decoderIn(field.sql));
}

interface Mapper {
  mapFromDriverValue(value: unknown): unknown;
}

function mapperOf(mapper: Mapper): Decode {
  if (mapper.mapFromDriverValue === Column.prototype.mapFromDriverValue) return undefined;
  return (value) => mapper.mapFromDriverValue(value);
}

/** Guarantee: drizzle-orm 0.45 gives every `SQL` a `decoder`; it is marked internal and so missing in its types. */
function decoderIn(sql: SQL): Mapper {
  return (sql as unknown as { decoder: Mapper }).decoder;
}

/** Groups of one outer-joined table each, which are null as a whole when all their columns are. */
function nullableGroups(fields: SelectedFieldsOrdered, joinsNotNullable: Record<string, boolean>) {
  const groups = new Map<string, { tables: Set<string>; columns: number[] }>();
  fields.forEach(({ path, field }, index) => {
    const [name] = path;
    if (!is(field, Column) || path.length !== 2 || name === undefined) return;
    const group = groups.get(name) ?? { tables: new Set(), columns: [] };
    group.tables.add(getTableName(field.table));
    group.columns.push(index);
    groups.set(name, group);
  });
  return [...groups].flatMap(([name, { tables, columns }]) => {
    const [table] = tables;
    const isNullable = tables.size === 1 && table !== undefined && !joinsNotNullable[table];
    return isNullable ? [{ name, columns }] : [];
  });
}

function put(row: Row, path: readonly string[], value: unknown): void {
  let node = row;
  path.forEach((name, depth) => {
    if (depth === path.length - 1) {
      node[name] = value;
      return;
    }
    const next = node[name] ?? {};
    node[name] = next;
    node = asRow(next);
  });
}

/** Guarantee: only `put` fills the inner levels of a path, and only with objects. */
function asRow(value: unknown): Row {
  return value as Row;
}
