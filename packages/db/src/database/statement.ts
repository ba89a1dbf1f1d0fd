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
  /** The text up to its closing ` limit $n`, whose parameter is the last; undefined when it ends otherwise. */
  textBeforeLimit: string | undefined;
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
    textBeforeLimit: beforeLimit(query),
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

/** A statement as it travels. */
export interface Encoded {
  text: string;
  parameters: (string | boolean | null)[];
}

/**
 * Fills the placeholders and encodes the parameters. A closing limit goes into the text: PostgreSQL plans a statement
 * with a parametrised limit anew at every run (0.6 of the throughput). Throws `TypeError` before anything is sent, and
 * `RangeError` past the protocol's 65,535 parameters: the driver would leave the connection waiting.
 */
export function encodeStatement(statement: Statement, values: Record<string, unknown>): Encoded {
  const parameters = fillPlaceholders([...statement.parameters], values);
  if (parameters.length >= MAX_PARAMETERS) {
    throw new RangeError("Too many parameters for one statement: pass an array with arrayOf");
  }
  const { text, textBeforeLimit } = statement;
  const limit = parameters.at(-1);
  if (
    textBeforeLimit === undefined ||
    typeof limit !== "number" ||
    !Number.isSafeInteger(limit) ||
    limit < 0
  ) {
    return { text, parameters: parameters.map(encodeParameter) };
  }
  return {
    text: `${textBeforeLimit} limit ${limit}`,
    parameters: parameters.slice(0, -1).map(encodeParameter),
  };
}

function beforeLimit({ sql, params }: Query): string | undefined {
  const ending = ` limit $${params.length}`;
  return sql.endsWith(ending) ? sql.slice(0, -ending.length) : undefined;
}

const MAX_PARAMETERS = 65_534;
const OUTBOX_INSERT = /insert\s+into\s+"?tenant"?\."?outbox"?/i;

function withCount(rows: unknown[], count: number | null): unknown[] {
  return Object.defineProperty([...rows], "count", { value: count ?? rows.length });
}

/** Guarantee: a statement of shape `arrays` is sent with `.values()`, so each row is an array of its cells. */
function asArrays(rows: unknown[]): unknown[][] {
  return rows as unknown[][];
}
