import type { ByteSource } from "../byte-source.ts";
import { type Edit, KeptParts } from "../edits.ts";
import { damaged } from "../media-fault.ts";

/**
 * Keeps of a JPEG what draws it: frames, tables, scans, JFIF header, colour profile, Adobe's transform. EXIF with
 * its place and camera, XMP, comments, maker notes, further pictures and whatever follows the end are left out.
 */
export async function cleanJpeg(source: ByteSource): Promise<Edit[]> {
  const kept = new KeptParts(source.sizeBytes);
  kept.keep(0, 2);
  let position = 2;
  while (position < source.sizeBytes) {
    const [prefix, marker] = await source.read(position, 2);
    if (prefix !== 0xff || marker === undefined) throw damaged(`No JPEG marker at ${position}`);
    if (marker === 0xff) {
      position += 1;
      continue;
    }
    if (marker === EOI) {
      kept.keep(position, position + 2);
      break;
    }
    const end = await segmentEnd(source, position);
    if (await isNeeded(source, marker, position, end)) kept.keep(position, end);
    position = end;
    if (marker !== SOS) continue;
    const scanEnd = await findScanEnd(source, position);
    kept.keep(position, scanEnd);
    position = scanEnd;
  }
  return kept.edits();
}

const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const COM = 0xfe;
/** Application segments that decoders need, by marker, with the text that they begin with. */
const NEEDED: Record<number, string> = { 224: "JFIF\0", 226: "ICC_PROFILE\0", 238: "Adobe" };

async function segmentEnd(source: ByteSource, position: number): Promise<number> {
  const head = await source.read(position + 2, 2);
  const length = head.length === 2 ? head.readUInt16BE(0) : 0;
  const end = position + 2 + length;
  if (length < 2 || end > source.sizeBytes) throw damaged(`A JPEG segment at ${position} does not fit`);
  return end;
}

async function isNeeded(source: ByteSource, marker: number, start: number, end: number): Promise<boolean> {
  if (marker === COM) return false;
  if (marker < APP0 || marker > 0xef) return true;
  const needed = NEEDED[marker];
  if (needed === undefined || end - start - 4 < needed.length) return false;
  const text = await source.read(start + 4, needed.length);
  return text.toString("latin1") === needed;
}

/** Where the entropy-coded data ends: at the next marker that is neither a stuffed byte nor a restart. */
async function findScanEnd(source: ByteSource, start: number): Promise<number> {
  for (let position = start; position < source.sizeBytes; ) {
    const bytes = await source.read(position, 64 * 1024);
    for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
      const next = bytes[at + 1];
      if (next === undefined) break;
      const isData = next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
      if (!isData) return position + at;
    }
    position += bytes.at(-1) === 0xff && bytes.length > 1 ? bytes.length - 1 : bytes.length;
  }
  return source.sizeBytes;
}
