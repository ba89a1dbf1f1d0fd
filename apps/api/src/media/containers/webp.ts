import type { ByteSource } from "../byte-source.ts";
import { type Edit, KeptParts } from "../edits.ts";
import { damaged } from "../media-fault.ts";

const KEPT = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);
/** Flags of VP8X that announce EXIF and XMP. */
const METADATA_FLAGS = 0x08 | 0x04;

/** Keeps of a WebP what draws it; EXIF, XMP, unknown chunks and what follows the end are left out. */
export async function cleanWebp(source: ByteSource): Promise<Edit[]> {
  const fileEnd = 8 + (await source.read(4, 4)).readUInt32LE(0);
  if (fileEnd > source.sizeBytes) throw damaged("The WebP is cut off");
  const before = new KeptParts(source.sizeBytes);
  const after = new KeptParts(source.sizeBytes);
  let flags: number | undefined;
  for (let position = 12; position + 8 <= fileEnd; ) {
    const head = await source.read(position, 8);
    const length = head.readUInt32LE(4);
    const end = position + 8 + length + (length % 2);
    if (position + 8 + length > fileEnd) throw damaged(`A WebP chunk at ${position} does not fit`);
    const type = head.toString("latin1", 0, 4);
    if (type === "VP8X" && flags === undefined && length >= 10) {
      flags = (await source.read(position + 8, 1))[0] ?? 0;
      before.keep(position, position + 8);
      after.keep(position + 9, end);
    } else if (KEPT.has(type)) {
      (flags === undefined ? before : after).keep(position, Math.min(end, fileEnd));
    }
    position = end;
  }
  const length = 4 + bytesOf(before) + bytesOf(after) + (flags === undefined ? 0 : 1);
  const isWhole = length + 8 === source.sizeBytes && ((flags ?? 0) & METADATA_FLAGS) === 0;
  if (isWhole) return [{ kind: "keep", start: 0, end: source.sizeBytes }];
  const header = Buffer.from("RIFF....WEBP", "latin1");
  header.writeUInt32LE(length, 4);
  const cleared = flags === undefined ? [] : [bytes(Buffer.from([flags & ~METADATA_FLAGS]))];
  return [bytes(header), ...before.edits(), ...cleared, ...after.edits()];
}

function bytesOf({ parts }: KeptParts): number {
  return parts.reduce((sum, part) => sum + part.end - part.start, 0);
}

function bytes(content: Buffer): Edit {
  return { kind: "bytes", base64: content.toString("base64") };
}
