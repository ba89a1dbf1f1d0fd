import type { ByteSource } from "../byte-source.ts";
import { type Blank, blankParts, type Edit, type Part } from "../edits.ts";
import { damaged } from "../media-fault.ts";
import { type Box, findBox, readBoxes, readChildren } from "./mp4-boxes.ts";
import { readSampleParts } from "./mp4-samples.ts";

/** Boxes of what people and cameras write about a film: place, owner, title, maker's data. */
const PRIVATE = new Set(["udta", "meta", "uuid"]);
/** Boxes of free space, which may hold anything. */
const FREE = new Set(["free", "skip", "wide"]);
const MOST_LOOKED_AT = 64 * 1024;
/** Boxes of a file that players read. */
const PLAYED = new Set("ftyp styp moov mdat moof mfra sidx ssix prft pdin".split(" "));
/** Tracks that are shown or heard; any other kind, such as a camera's positions second by second, is blanked. */
const SHOWN = new Set(["vide", "soun", "text", "sbtl", "subt", "clcp"]);

/**
 * Blanks in an MP4 whatever could say where it was filmed: user data, metadata, UUID boxes and free space of film and
 * tracks, what players do not read of the file, and the samples of metadata tracks. They become empty space of the same
 * length, so nothing moves, and sound and picture stay byte for byte. Throws `damaged` when the boxes do not fill the file.
 */
export async function cleanMp4(source: ByteSource): Promise<Edit[]> {
  const blanks: Blank[] = [];
  const media: Part[] = [];
  let hasMovie = false;
  for await (const box of readBoxes(source, 0, source.sizeBytes)) {
    if (!PLAYED.has(box.type) && !(await isEmptySpace(source, box))) blanks.push(freeSpace(box));
    if (box.type === "mdat") media.push({ start: box.content, end: box.end });
    if (box.type !== "moov") continue;
    hasMovie = true;
    blanks.push(...(await blanksOfMovie(source, box)));
  }
  if (!hasMovie) throw damaged("The film has no index");
  const outside = blanks.find((blank) => blank.header.length === 0 && !isInside(blank, media));
  if (outside) throw damaged(`Samples at ${outside.start} are outside the media data`);
  return blankParts(source.sizeBytes, blanks);
}

/** What to blank in a film's index and in the samples of its metadata tracks. */
export async function blanksOfMovie(source: ByteSource, movie: Box): Promise<Blank[]> {
  const blanks: Blank[] = [];
  for await (const box of readChildren(source, movie)) {
    if (await hides(source, box)) blanks.push(freeSpace(box));
    if (box.type === "trak") blanks.push(...(await blanksOfTrack(source, box)));
  }
  return blanks;
}

async function blanksOfTrack(source: ByteSource, trak: Box): Promise<Blank[]> {
  const handler = await findBox(source, trak, "mdia", "hdlr");
  const kind = handler && (await source.read(handler.content + 8, 4)).toString("latin1");
  if (kind !== undefined && !SHOWN.has(kind)) {
    const samples = await readSampleParts(source, trak);
    return [freeSpace(trak), ...samples.map((part) => ({ ...part, header: Buffer.alloc(0) }))];
  }
  const blanks: Blank[] = [];
  for await (const box of readChildren(source, trak))
    if (await hides(source, box)) blanks.push(freeSpace(box));
  return blanks;
}

async function hides(source: ByteSource, box: Box): Promise<boolean> {
  return PRIVATE.has(box.type) || (FREE.has(box.type) && !(await isEmptySpace(source, box)));
}

/** Whether a box is blank already, as most makers of films leave one: what has no others need not be written anew. */
export async function isEmptySpace(source: ByteSource, { type, content, end }: Box): Promise<boolean> {
  if (!FREE.has(type) || end - content > MOST_LOOKED_AT) return false;
  return (await source.read(content, end - content)).every((byte) => byte === 0);
}

/** Free space in place of a box. */
export function freeSpace({ start, end }: Box): Blank {
  const length = end - start;
  const isLong = length > 0xffff_ffff;
  const header = Buffer.alloc(isLong ? 16 : 8);
  header.writeUInt32BE(isLong ? 1 : length, 0);
  header.write("free", 4, "latin1");
  if (isLong) header.writeBigUInt64BE(BigInt(length), 8);
  return { start, end, header };
}

function isInside({ start, end }: Part, parts: readonly Part[]): boolean {
  return parts.some((part) => start >= part.start && end <= part.end);
}
