import * as z from "zod";

export const PAGE_LIMIT = 200;

/** Shared input of every list: at most `limit` rows (1-200, default 50) after an opaque `cursor`. */
export const pageInput = z.strictObject({
  cursor: z.string().max(400).optional(),
  limit: z.int().min(1).max(PAGE_LIMIT).default(50),
});

/**
 * One page of a list. `total` counts every row that the filter matches, not only this page;
 * `nextCursor` is null on the last page.
 */
export function page<Row extends z.ZodType>(row: Row) {
  return z.strictObject({ rows: z.array(row), nextCursor: z.string().nullable(), total: z.int().min(0) });
}
export type Page<Row> = { rows: Row[]; nextCursor: string | null; total: number };

/** What a person typed to find something: trimmed, at most 200 characters, absent when empty. */
export const searchText = z
  .string()
  .trim()
  .max(200)
  .transform((text) => text || undefined)
  .optional();

/** A name people give to a thing: trimmed, 1 to 200 characters, no control characters. */
export const displayName = z
  .string()
  .trim()
  .min(1, "Give it a name")
  .max(200, "At most 200 characters")
  .regex(/^\P{Cc}*$/u, "A name cannot contain control characters");

export const tag = z.string().trim().toLowerCase().min(1).max(50);
export const tags = z
  .array(tag)
  .max(30, "At most 30 tags")
  .transform((list) => [...new Set(list)].sort());
