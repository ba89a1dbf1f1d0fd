import type { Page } from "@vitrine/core/model/paging";
import { type AnyColumn, sql } from "drizzle-orm";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../platform/cursor.ts";

const byName = z.tuple([z.literal("name"), z.string().max(200), z.uuid()]);

/** The condition for rows behind a cursor of a list that is ordered by (name, id); undefined: from the first. */
export function behindName(columns: { name: AnyColumn; id: AnyColumn }, cursor: string | undefined) {
  const after = decodeCursor(cursor, byName);
  return after && sql`(${columns.name}, ${columns.id}) > (${after[1]}, ${after[2]}::uuid)`;
}

/** The condition that a name has a part, whatever its case. For tables of a few thousand rows an organization. */
export function nameHas(column: AnyColumn, search: string | undefined) {
  if (search === undefined) return undefined;
  return sql`strpos(lower(${column}), lower(${search})) > 0`;
}

/** A page of such a list, of rows of which one more than the limit was read. */
export function toNamePage<Row extends { name: string; id: string }, View>(
  rows: readonly Row[],
  { limit, total }: { limit: number; total: number },
  toView: (row: Row) => View,
): Page<View> {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit).map(toView),
    nextCursor: last ? encodeCursor(["name", last.name, last.id]) : null,
    total,
  };
}
