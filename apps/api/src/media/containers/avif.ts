import type { ByteSource } from "../byte-source.ts";
import { type Blank, blankParts, type Edit } from "../edits.ts";
import { damaged } from "../media-fault.ts";
import { readItemParts } from "./avif-items.ts";
import { blanksOfMovie, freeSpace, isEmptySpace } from "./mp4.ts";
import { type Box, findBox, readBoxes, readChildren } from "./mp4-boxes.ts";

/** Items of EXIF, and of XMP as text of a MIME type, by the name that readers know them by. */
const PRIVATE_ITEMS = new Set(["Exif", "mime"]);
/** In place of that name: readers pass over items of a kind that they do not know. */
const UNKNOWN_ITEM = Buffer.from("skip", "latin1");

/** Boxes of a file that readers read. */
const READ = new Set(["ftyp", "meta", "mdat", "moov"]);

/**
 * Blanks in an AVIF what nobody should see: the bytes of EXIF and XMP items, under a name that no reader looks for,
 * user data, and what readers do not read. Nothing moves, and the picture stays byte for byte. Throws `damaged` for boxes that do not fit.
 */
export async function cleanAvif(source: ByteSource): Promise<Edit[]> {
  const blanks: Blank[] = [];
  for await (const box of readBoxes(source, 0, source.sizeBytes)) {
    if (!READ.has(box.type) && !(await isEmptySpace(source, box))) blanks.push(freeSpace(box));
    if (box.type === "moov") blanks.push(...(await blanksOfMovie(source, box)));
    if (box.type === "meta")
      blanks.push(...(await blanksOfItems(source, { ...box, content: box.content + 4 })));
  }
  return blankParts(source.sizeBytes, blanks);
}

async function blanksOfItems(source: ByteSource, meta: Box): Promise<Blank[]> {
  const names: Blank[] = [];
  const items = new Set<number>();
  for (const { id, namePosition, name } of await readItemNames(source, meta)) {
    if (!PRIVATE_ITEMS.has(name)) continue;
    items.add(id);
    names.push({ start: namePosition, end: namePosition + 4, header: UNKNOWN_ITEM });
  }
  if (items.size === 0) return [];
  const parts = await readItemParts(source, meta, items);
  return [...names, ...parts.map((part) => ({ ...part, header: Buffer.alloc(0) }))];
}

/** Entries of the item list, of the versions that name a type (ISO/IEC 14496-12, 8.11.6). */
async function readItemNames(source: ByteSource, meta: Box) {
  const list = await findBox(source, meta, "iinf");
  if (list === undefined) throw damaged("The picture has no item list");
  const [version] = await source.read(list.content, 1);
  const first = list.content + (version === 0 ? 6 : 8);
  const names: { id: number; namePosition: number; name: string }[] = [];
  for await (const entry of readChildren(source, { ...list, content: first })) {
    const head = await source.read(entry.content, 16);
    const isWide = head[0] === 3;
    if (head.length < 14 || (head[0] !== 2 && !isWide)) continue;
    const offset = isWide ? 10 : 8;
    names.push({
      id: isWide ? head.readUInt32BE(4) : head.readUInt16BE(4),
      namePosition: entry.content + offset,
      name: head.toString("latin1", offset, offset + 4),
    });
  }
  return names;
}
