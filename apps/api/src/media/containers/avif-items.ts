import type { ByteSource } from "../byte-source.ts";
import { MAX_EDITS, type Part } from "../edits.ts";
import { damaged } from "../media-fault.ts";
import { type Box, findBox } from "./mp4-boxes.ts";

/** Where the bytes of some items lie in the file, by the item locations of `meta` (ISO/IEC 14496-12, 8.11.3). */
export async function readItemParts(
  source: ByteSource,
  meta: Box,
  items: ReadonlySet<number>,
): Promise<Part[]> {
  const iloc = await findBox(source, meta, "iloc");
  if (iloc === undefined) throw damaged("The picture does not say where its items are");
  const inlined = await findBox(source, meta, "idat");
  const reader = openReader(source, iloc);
  const version = await reader.number(1);
  await reader.number(3);
  const sizes = await reader.number(2);
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexBytes = version === 0 ? 0 : sizes & 15;
  const idBytes = version < 2 ? 2 : 4;
  const count = await reader.number(idBytes);
  const parts: Part[] = [];
  for (let item = 0; item < Math.min(count, MAX_EDITS); item++) {
    const id = await reader.number(idBytes);
    const method = version === 0 ? 0 : (await reader.number(2)) & 15;
    await reader.number(2);
    const base = await reader.number(baseBytes);
    const extents = await reader.number(2);
    for (let extent = 0; extent < extents; extent++) {
      await reader.number(indexBytes);
      const offset = await reader.number(offsetBytes);
      const length = await reader.number(lengthBytes);
      if (items.has(id) && length > 0) parts.push(place(method, base + offset, length, inlined));
    }
  }
  if (parts.some(({ end }) => end > source.sizeBytes)) throw damaged("An item lies outside the file");
  return parts;
}

function place(method: number, offset: number, length: number, inlined: Box | undefined): Part {
  if (method > 1) throw damaged("An item is made of other items");
  if (method === 1 && inlined === undefined) throw damaged("An item's data is missing");
  const start = method === 1 ? (inlined?.content ?? 0) + offset : offset;
  return { start, end: start + length };
}

/** Reads big-endian numbers of 0 to 8 bytes one after another, and not beyond the box. */
function openReader(source: ByteSource, box: Box) {
  let position = box.content;
  return {
    async number(bytes: number): Promise<number> {
      if (position + bytes > box.end) throw damaged(`The box ${box.type} is cut off`);
      const read = await source.read(position, bytes);
      position += bytes;
      return read.reduce((value, byte) => value * 256 + byte, 0);
    },
  };
}
