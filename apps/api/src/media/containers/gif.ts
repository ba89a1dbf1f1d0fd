import type { ByteSource } from "../byte-source.ts";
import { type Edit, KeptParts } from "../edits.ts";
import { damaged } from "../media-fault.ts";

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;
/** Applications whose extension says how often an animation loops. */
const LOOPS = new Set(["NETSCAPE2.0", "ANIMEXTS1.0"]);

/** Keeps of a GIF its frames, timing and looping; comments, XMP, other extensions and what follows are left out. */
export async function cleanGif(source: ByteSource): Promise<Edit[]> {
  const header = await source.read(0, 13);
  if (header.length < 13) throw damaged("The GIF is cut off");
  let position = 13 + colourTableBytes(header[10] ?? 0);
  const kept = new KeptParts(source.sizeBytes);
  kept.keep(0, position);
  while (position < source.sizeBytes) {
    const head = await source.read(position, 14);
    if (head[0] === TRAILER) {
      kept.keep(position, position + 1);
      return kept.edits();
    }
    const end = await blockEnd(source, position, head);
    if (isKept(head)) kept.keep(position, end);
    position = end;
  }
  throw damaged("The GIF has no end");
}

function isKept(head: Buffer): boolean {
  if (head[0] === IMAGE) return true;
  if (head[1] === GRAPHIC_CONTROL) return true;
  return head[1] === APPLICATION && LOOPS.has(head.toString("latin1", 3, 14));
}

async function blockEnd(source: ByteSource, start: number, head: Buffer): Promise<number> {
  if (head[0] === EXTENSION) return subBlocksEnd(source, start + 2);
  if (head[0] !== IMAGE) throw damaged(`No GIF block at ${start}`);
  return subBlocksEnd(source, start + 10 + colourTableBytes(head[9] ?? 0) + 1);
}

async function subBlocksEnd(source: ByteSource, start: number): Promise<number> {
  for (let position = start; ; ) {
    const [length] = await source.read(position, 1);
    if (length === undefined) throw damaged(`A GIF block at ${start} is cut off`);
    position += 1 + length;
    if (length === 0) return position;
  }
}

function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}
