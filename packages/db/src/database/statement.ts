import { fillPlaceholders, type Query } from "drizzle-orm";
import type { SelectedFieldsOrdered } from "drizzle-orm/pg-core";
import type { Answer, RowShape } from "./lane.ts";
import { rowMapper } from "./result-mapper.ts";
import { encodeParameter } from "./values.ts";

type CustomMapper = (rows: unknown[][]) => unknown;

/** A built statement: its text, its parameters (values or placeholders), and how its rows become results. */
export interface Statement {
  text: string;
  parameters: readonly unknown[];
  shape: RowShape;
  writesOutbox: boolean;
  toResult(answer: Answer): unknown;
}

/** Describes a statement that Drizzle built; `fields` undefined leaves the rows as objects by column name. */
export function describeStatement(
  query: Query,
  fields: SelectedFieldsOrdered | undefined,
  joinsNotNullable: Record<string, boolean> | undefined,
  custom: CustomMapper | undefined,
): Statement {
  const base = {
    text: query.sql,
    parameters: query.params,
    writesOutbox: OUTBOX_INSERT.test(query.sql),
  };
  if (custom !== undefined) {
    return { ...base, shape: "arrays", toResult: ({ rows }) => custom(asArrays(rows)) };
  }
  if (fields === undefined) {
    return { ...base, shape: "objects", toResult: ({ rows, count }) => withCount(rows, count) };
  }
  const toRow = rowMapper(fields, joinsNotNullable);
  return { ...base, shape: "arrays", toResult: ({ rows }) => asArrays(rows).map(toRow) };
}

/** The parameters as they travel, placeholders filled. Throws `TypeError` before anything is sent. */
export function encodeParameters(statement: Statement, values: Record<string, unknown>) {
  return fillPlaceholders([...statement.parameters], values).map(encodeParameter);
}

const OUTBOX_INSERT = /insert\s+into\s+"?tenant"?\."?outbox"?/i;

function withCount(rows: unknown[], count: number | null): unknown[] {
  return Object.assign([...rows], { count: count ?? rows.length });
}

/** Guarantee: a statement of shape `arrays` is sent with `.values()`, so each row is an array of its cells. */
function asArrays(rows: unknown[]): unknown[][] {
  return rows as unknown[][];
}
