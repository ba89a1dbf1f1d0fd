import { crc32 } from "node:zlib";
import type { ByteSource } from "../byte-source.ts";
import { type Edit, KeptParts } from "../edits.ts";
import { damaged } from "../media-fault.ts";

/** Chunks that draw the picture, its animation and its colours. Texts, EXIF, times and private ones are left out. */
const KEPT = new Set(
  "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split(
    " ",
  ),
);

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
      kept.keep(position, end);
    }
    if (type === "IEND") return kept.edits();
    position = end;
  }
  throw damaged("The PNG has no end");
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
