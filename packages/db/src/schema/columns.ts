import { sql } from "drizzle-orm";
import { customType, timestamp, uuid } from "drizzle-orm/pg-core";

/**
 * A point in time, `timestamptz(3)`, a JS `Date` in code. Milliseconds on both sides, so that an instant
 * survives the way to a cursor and back.
 */
export function instant<Name extends string>(name: Name) {
  return timestamp(name, { withTimezone: true, mode: "date", precision: 3 });
}

/** Creation and last change, by whom: on everything that people edit. Null maker: a device, a key or the system. */
export function authorship() {
  return {
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    createdBy: uuid("created_by"),
    updatedBy: uuid("updated_by"),
  };
}

/** Text ordered by its bytes: for fractional positions, whose order must not depend on a locale. */
export const byteOrderedText = customType<{ data: string; driverData: string }>({
  dataType: () => 'text COLLATE "C"',
});

/** A 64-bit transaction id, as decimal text. */
export const transactionId = customType<{ data: string; driverData: string }>({ dataType: () => "xid8" });

/** Raw bytes. */
export const bytes = customType<{ data: Buffer; driverData: Buffer | string }>({
  dataType: () => "bytea",
  fromDriver: (value) => (typeof value === "string" ? Buffer.from(value.replace(/^\\x/, ""), "hex") : value),
  toDriver: (value) => `\\x${value.toString("hex")}`,
});

/** The condition that a column holds one of the values listed: text with CHECK, since enums cannot use an index under RLS. */
export function isOneOf(column: string, values: readonly (string | number)[]) {
  const list = values.map((value) => (typeof value === "number" ? `${value}` : `'${value}'`)).join(", ");
  return sql.raw(`${column} in (${list})`);
}

/** The condition that a column of texts holds none but the values listed. */
export function isSomeOf(column: string, values: readonly string[]) {
  return sql.raw(`${column} <@ array[${values.map((value) => `'${value}'`).join(", ")}]`);
}
