import { gunzipSync, gzipSync } from "node:zlib";
import type * as z from "zod";
import { type FileStore, replaceFile } from "../platform/file-store.ts";
import { readLines, toLine } from "./lines.ts";

/** What a spool keeps: records on disk, of which some are items for the server. */
export interface SpoolFormat<Record, Item> {
  /** Its folder, and its name in logs and faults. */
  name: "plays" | "events";
  record: z.ZodType<Record>;
  /** The item that a record makes ready to be sent. */
  findItem(record: Record): Item | undefined;
  toRecord(item: Item): Record;
  /** Records with which each new segment begins: what was begun and has not ended. */
  head(): Record[];
  /** Items for what an earlier run began in its last segments, and did not end. */
  recover(records: readonly Record[]): Item[];
}

/** A file of a spool: plain, as it was appended to, or packed, with its items alone. */
export interface SegmentName {
  number: number;
  /** How many items were packed; null: it is plain. */
  packedCount: number | null;
}

const NAME = /^(\d{12})\.(?:log|(\d{1,9})\.gz)$/;
/** A packed segment larger than this when unpacked is none of ours. */
const UNPACKED_LIMIT_BYTES = 64 * 1024 * 1024;

/** The segments of a folder, oldest first. Where a crash left a plain one beside its packed one, the packed one. */
export function segmentsOf(names: readonly string[]): SegmentName[] {
  const byNumber = new Map<number, SegmentName>();
  for (const name of names) {
    const [isSegment, digits, count] = NAME.exec(name) ?? [];
    const number = Number(digits);
    const packedCount = count === undefined ? null : Number(count);
    if (isSegment !== undefined && (packedCount !== null || !byNumber.has(number)))
      byNumber.set(number, { number, packedCount });
  }
  return [...byNumber.values()].toSorted((one, other) => one.number - other.number);
}

export function segmentPath(folder: string, { number, packedCount }: SegmentName): string {
  const ending = packedCount === null ? "log" : `${packedCount}.gz`;
  return `${folder}/${String(number).padStart(12, "0")}.${ending}`;
}

/** The records of a segment that are whole and understood. Rejects when the disk does, or a packed one is damaged. */
export async function readSegment<Record, Item>(
  files: FileStore,
  format: SpoolFormat<Record, Item>,
  segment: SegmentName,
): Promise<Record[]> {
  const held = (await files.find(segmentPath(format.name, segment))) ?? new Uint8Array();
  const bytes =
    segment.packedCount !== null ? gunzipSync(held, { maxOutputLength: UNPACKED_LIMIT_BYTES }) : held;
  return [...readLines(bytes)].flatMap((value) => {
    const parsed = format.record.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Puts the items of a plain segment in its place, packed. A crash leaves one of both, or both. */
export async function packSegment<Record, Item>(
  files: FileStore,
  format: SpoolFormat<Record, Item>,
  number: number,
  items: readonly Item[],
): Promise<void> {
  const lines = items.map((item) => toLine(format.toRecord(item))).join("");
  const packed = segmentPath(format.name, { number, packedCount: items.length });
  await replaceFile(files, packed, gzipSync(lines));
  await files.remove(segmentPath(format.name, { number, packedCount: null }));
}

/** Removes a segment, and the plain one that a crash may have left beside it. */
export async function removeSegment(files: FileStore, folder: string, segment: SegmentName): Promise<void> {
  await files.remove(segmentPath(folder, { ...segment, packedCount: null }));
  if (segment.packedCount !== null) await files.remove(segmentPath(folder, segment));
}
