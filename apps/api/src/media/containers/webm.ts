import type { ByteSource } from "../byte-source.ts";
import { type Blank, blankParts, type Edit } from "../edits.ts";
import { damaged } from "../media-fault.ts";

const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
/** Tags can hold a place; attachments, any file. */
const PRIVATE = new Set([0x1254c367, 0x1941a469]);

/**
 * Blanks the tags and attachments of a WebM, as Void elements of the same length, so nothing moves; leaves out
 * what follows its end. Throws `damaged` when its elements do not fill the file.
 */
export async function cleanWebm(source: ByteSource): Promise<Edit[]> {
  const blanks: Blank[] = [];
  let position = await endOf(source, 0);
  const segment = await readElement(source, position);
  if (segment.id !== SEGMENT) throw damaged("The film has no segment");
  const end = segment.length === undefined ? source.sizeBytes : segment.content + segment.length;
  if (end > source.sizeBytes) throw damaged("The film is cut off");
  for (position = segment.content; position < end; ) {
    const element = await readElement(source, position);
    // Clusters of unknown length, as recorders write them: their blocks follow as if side by side with them.
    if (element.length === undefined && element.id === CLUSTER) {
      position = element.content;
      continue;
    }
    const next = await endOf(source, position);
    if (next > end) throw damaged(`An element at ${position} is cut off`);
    if (PRIVATE.has(element.id))
      blanks.push({ start: position, end: next, header: voidHeader(next - position) });
    position = next;
  }
  return blankParts(end, blanks);
}

/** An EBML element (RFC 8794): `length` of its content is undefined when it is not known. */
type Element = { id: number; content: number; length: number | undefined };

async function readElement(source: ByteSource, position: number): Promise<Element> {
  const head = await source.read(position, 12);
  const idBytes = vintBytes(head[0], 4, position);
  const lengthBytes = vintBytes(head[idBytes], 8, position);
  if (head.length < idBytes + lengthBytes) throw damaged(`An element at ${position} is cut off`);
  const id = head.readUIntBE(0, idBytes);
  const content = position + idBytes + lengthBytes;
  let length = (head[idBytes] ?? 0) & (0xff >> lengthBytes);
  let isUnknown = length === 0xff >> lengthBytes;
  for (const byte of head.subarray(idBytes + 1, idBytes + lengthBytes)) {
    length = length * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return { id, content, length: isUnknown ? undefined : length };
}

async function endOf(source: ByteSource, position: number): Promise<number> {
  const { content, length } = await readElement(source, position);
  if (length === undefined) throw damaged(`An element at ${position} has no length`);
  return content + length;
}

/** How many bytes a variable-length number takes, by its first. */
function vintBytes(first: number | undefined, most: number, position: number): number {
  const bytes = first === undefined ? 9 : Math.clz32(first) - 23;
  if (bytes > most) throw damaged(`No element at ${position}`);
  return bytes;
}

function voidHeader(length: number): Buffer {
  if (length < 128) return Buffer.from([0xec, 0x80 | (length - 2)]);
  const header = Buffer.alloc(9);
  header[0] = 0xec;
  header.writeBigUInt64BE(BigInt(length - 9) | (1n << 56n), 1);
  return header;
}
