import { invalidInput } from "@vitrine/core/model/errors";
import type * as z from "zod";

/** A place in a list as an opaque word for the client: base64url of the sort key's JSON. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** The sort key of a cursor, checked against its shape; INVALID_INPUT for a cursor that this list did not make. */
export function decodeCursor<Key>(cursor: string | undefined, shape: z.ZodType<Key>): Key | undefined {
  if (cursor === undefined) return undefined;
  const parsed = shape.safeParse(parse(cursor));
  if (parsed.success) return parsed.data;
  throw invalidInput("cursor", "Not a cursor of this list");
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
