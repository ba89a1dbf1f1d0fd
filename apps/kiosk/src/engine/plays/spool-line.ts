import { crc32 } from "node:zlib";
import { playReport } from "@vitrine/core/model/device-protocol";
import * as z from "zod";

/**
 * One line of the spool. `open` is written when a showing begins, `alive` now and then while it lasts, `done`
 * with all of it when it ends; an `open` without `done` is a showing that the kiosk did not survive.
 */
export const spoolRecord = z.discriminatedUnion("k", [
  z.strictObject({ k: z.literal("open"), play: playReport }),
  z.strictObject({ k: z.literal("alive"), boot: z.string(), seq: z.int(), ms: z.int() }),
  z.strictObject({ k: z.literal("done"), play: playReport }),
]);
export type SpoolRecord = z.infer<typeof spoolRecord>;

/** A record as one line: CRC-32 of the JSON in eight hexadecimal digits, a space, the JSON, a line feed. */
export function toSpoolLine(record: SpoolRecord): string {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}\n`;
}

/** The records of a segment in order. Lines that a crash left half-written or a disk garbled are left out. */
export function readSpoolLines(bytes: Uint8Array): SpoolRecord[] {
  const records: SpoolRecord[] = [];
  for (const line of Buffer.from(bytes).toString("utf8").split("\n")) {
    const json = line.slice(9);
    if (line[8] !== " " || line.slice(0, 8) !== checksum(json)) continue;
    const parsed = spoolRecord.safeParse(JSON.parse(json));
    if (parsed.success) records.push(parsed.data);
  }
  return records;
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}
