import { type AnyColumn, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";

type ArrayType = "uuid" | "text" | "integer" | "bigint" | "boolean" | "timestamptz" | "jsonb" | "bytea";

/**
 * A whole array as one parameter, so that the statement's text stays the same for any length and is prepared once.
 * Values may be strings, numbers, booleans, Dates, null, and for `jsonb` anything that JSON can say.
 */
export function arrayOf(type: ArrayType, values: readonly unknown[]): SQL {
  const encoded = type === "jsonb" ? values.map((value) => JSON.stringify(value)) : values;
  return sql`${sql.param(encoded)}::${sql.raw(type)}[]`;
}

/** The condition that a column holds one of the values: in place of `inArray`, whose text grows with the list. */
export function isAnyOf(column: AnyColumn | SQLWrapper, type: ArrayType, values: readonly unknown[]): SQL {
  return sql`${column} = any(${arrayOf(type, values)})`;
}

/**
 * What travels for a parameter: text, boolean or null. Everything is turned to text here, before anything is sent,
 * since an encoder that throws inside the driver would fail another statement of the burst. Throws `TypeError`.
 */
export function encodeParameter(value: unknown): string | boolean | null {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  if (Array.isArray(value)) return arrayText(value);
  if (typeof value === "object") return JSON.stringify(value);
  throw new TypeError(`A ${typeof value} cannot be a parameter of a statement`);
}

/** An array as PostgreSQL writes it, for a parameter whose statement names its type. */
export function arrayText(values: readonly unknown[]): string {
  return makePgArray(values.map(encodeElement));
}

function encodeElement(value: unknown): unknown {
  return Array.isArray(value) ? value.map(encodeElement) : encodeParameter(value);
}
