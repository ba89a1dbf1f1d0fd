import * as z from "zod";

/** A UUIDv7 made by the application: unique everywhere, ordered by the time it was made. */
export const id = z.uuid();
export type Id = z.infer<typeof id>;

/** Lower-case SHA-256 in hexadecimal, 64 characters: the address of a file's content. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "Expected a SHA-256 in lower-case hexadecimal");

/** An instant on the wire: ISO 8601 in UTC, millisecond precision. */
export const instant = z.iso.datetime({ precision: 3 });

/** An IANA time zone name that this runtime knows, such as `Europe/Berlin`. */
export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, "Not a time zone. Use an IANA name such as Europe/Berlin");

/** Length of a hash chunk in bytes: every file is hashed as a whole and by the MiB. */
export const CHUNK_BYTES = 1024 * 1024;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
