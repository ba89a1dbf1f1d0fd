import { promisify } from "node:util";
import { crc32, inflate } from "node:zlib";
import type { ByteSource } from "../byte-source.ts";
import { type Edit, KeptParts } from "../edits.ts";
import { damaged } from "../media-fault.ts";

/** Chunks that draw the picture, its animation and its colours. Texts, EXIF, times and private ones are left out. */
const KEPT = new Set(
  "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split(
    " ",
  ),
);

/** Profiles of printers take some 3 MB, and under 1 MiB as they are stored. */
const MOST_PROFILE_BYTES = 4_000_000;
const MOST_STORED_BYTES = 1_048_576;
const unfold = promisify(inflate);

/** Keeps of a PNG what draws it, each chunk checked by its CRC, and nothing after its end. */
export async function cleanPng(source: ByteSource): Promise<Edit[]> {
  const kept = new KeptParts(source.sizeBytes);
  kept.keep(0, 8);
  for (let position = 8; position < source.sizeBytes; ) {
    const head = await source.read(position, 8);
    if (head.length < 8) throw damaged(`A PNG chunk at ${position} is cut off`);
    const length = head.readUInt32BE(0);
    const type = head.toString("latin1", 4, 8);
    const end = position + 12 + length;
    if (end > source.sizeBytes) throw damaged(`The PNG chunk ${type} at ${position} is cut off`);
    if (KEPT.has(type)) {
      await checkCrc(source, position + 4, end - 4);
      if (type !== "iCCP" || (await holdsProfile(source, position + 8, end - 4))) kept.keep(position, end);
    }
    if (type === "IEND") return kept.edits();
    position = end;
  }
  throw damaged("The PNG has no end");
}

/**
 * Whether a chunk's content is a colour profile: a name of at most 79 letters, how it is compressed, and the profile,
 * which says its own length and that it is one (ICC.1:2022, 7.2). What only claims to be one, or unfolds to more than
 * players should have to hold, is left out.
 */
async function holdsProfile(source: ByteSource, start: number, end: number): Promise<boolean> {
  if (end - start > MOST_STORED_BYTES) return false;
  const content = await source.read(start, end - start);
  const nameEnd = content.indexOf(0);
  if (nameEnd < 1 || nameEnd > 79) return false;
  try {
    const profile = await unfold(content.subarray(nameEnd + 2), { maxOutputLength: MOST_PROFILE_BYTES });
    return (
      profile.length >= 128 &&
      profile.toString("latin1", 36, 40) === "acsp" &&
      profile.readUInt32BE(0) === profile.length
    );
  } catch {
    return false;
  }
}

async function checkCrc(source: ByteSource, start: number, end: number): Promise<void> {
  let crc = 0;
  for (let at = start; at < end; ) {
    const bytes = await source.read(at, Math.min(128 * 1024, end - at));
    crc = crc32(bytes, crc);
    at += bytes.length;
  }
  const stored = await source.read(end, 4);
  if (stored.readUInt32BE(0) !== crc) throw damaged(`The PNG chunk at ${start} has a wrong checksum`);
}
