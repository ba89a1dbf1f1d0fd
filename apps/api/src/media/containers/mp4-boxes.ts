import type { ByteSource } from "../byte-source.ts";
import { damaged } from "../media-fault.ts";

/** A box of an ISO base media file (ISO/IEC 14496-12, 4.2): `[start, end)` with its header, `content` after it. */
export type Box = { type: string; start: number; content: number; end: number };

/** The boxes side by side in `[start, end)`, in order. Throws `damaged` for one that does not fit. */
export async function* readBoxes(source: ByteSource, start: number, end: number): AsyncGenerator<Box> {
  for (let position = start; position < end; ) {
    const box = await readBox(source, position, end);
    yield box;
    position = box.end;
  }
}

/** The children of a box that holds nothing but boxes. */
export function readChildren(source: ByteSource, { content, end }: Box): AsyncGenerator<Box> {
  return readBoxes(source, content, end);
}

/** The first box at the end of a path of types below `box`; undefined when there is none. */
export async function findBox(source: ByteSource, box: Box, ...path: string[]): Promise<Box | undefined> {
  const [type, ...rest] = path;
  if (type === undefined) return box;
  for await (const child of readChildren(source, box)) {
    if (child.type === type) return findBox(source, child, ...rest);
  }
  return undefined;
}

async function readBox(source: ByteSource, start: number, limit: number): Promise<Box> {
  const head = await source.read(start, 16);
  if (start + 8 > limit || head.length < 8) throw damaged(`A box at ${start} is cut off`);
  const type = head.toString("latin1", 4, 8);
  const short = head.readUInt32BE(0);
  const isLong = short === 1;
  if (isLong && head.length < 16) throw damaged(`The box ${type} at ${start} is cut off`);
  const length = isLong ? Number(head.readBigUInt64BE(8)) : short;
  const end = short === 0 ? limit : start + length;
  const content = start + (isLong ? 16 : 8);
  if (end > limit || content > end) throw damaged(`The box ${type} at ${start} does not fit`);
  return { type, start, content, end };
}
