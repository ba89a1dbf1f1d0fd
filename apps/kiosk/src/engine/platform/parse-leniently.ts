import type * as z from "zod";

const MOST_ROUNDS = 20;

/**
 * Parses what a server says that may be newer than this player: members that the schema does not know are left out,
 * all others have to be right. `value` is changed, so it should belong to the caller alone.
 */
export function parseLeniently<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.ZodSafeParseResult<z.output<Schema>> {
  let parsed = schema.safeParse(value);
  for (let round = 0; round < MOST_ROUNDS && !parsed.success; round += 1) {
    const extras = parsed.error.issues.filter((issue) => issue.code === "unrecognized_keys");
    if (extras.length === 0) return parsed;
    for (const { path, keys } of extras) leaveOut(value, path, keys);
    parsed = schema.safeParse(value);
  }
  return parsed;
}

function leaveOut(value: unknown, path: readonly PropertyKey[], keys: readonly string[]): void {
  let at = value;
  for (const step of path) at = isRecord(at) ? at[step] : undefined;
  if (isRecord(at)) for (const key of keys) delete at[key];
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}
