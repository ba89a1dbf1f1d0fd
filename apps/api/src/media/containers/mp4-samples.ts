import type { ByteSource } from "../byte-source.ts";
import { MAX_EDITS, type Part } from "../edits.ts";
import { damaged } from "../media-fault.ts";
import { type Box, findBox } from "./mp4-boxes.ts";

/** Where a track's samples lie in the file, by its tables (ISO/IEC 14496-12, 8.7): one part a chunk. */
export async function readSampleParts(source: ByteSource, trak: Box): Promise<Part[]> {
  const stbl = await findBox(source, trak, "mdia", "minf", "stbl");
  if (stbl === undefined) return [];
  const offsets = await readChunkOffsets(source, stbl);
  const runs = await readRuns(source, stbl);
  const sizes = await openSizes(source, stbl);
  const parts: Part[] = [];
  let sample = 0;
  for (const [index, start] of offsets.entries()) {
    const run = runs.findLast(({ firstChunk }) => firstChunk <= index + 1);
    const count = run?.samplesPerChunk ?? 0;
    if (count > MAX_EDITS) throw damaged("A track has too many samples in one chunk");
    let end = start;
    for (let left = count; left > 0; left--) end += await sizes(sample++);
    if (end > start) parts.push({ start, end });
  }
  return parts;
}

async function readChunkOffsets(source: ByteSource, stbl: Box): Promise<number[]> {
  const stco = await findBox(source, stbl, "stco");
  if (stco !== undefined) return readTable(source, stco, 4, (entry) => entry.readUInt32BE(0));
  const co64 = await findBox(source, stbl, "co64");
  return co64 === undefined ? [] : readTable(source, co64, 8, (entry) => Number(entry.readBigUInt64BE(0)));
}

async function readRuns(source: ByteSource, stbl: Box) {
  const stsc = await findBox(source, stbl, "stsc");
  if (stsc === undefined) return [];
  return readTable(source, stsc, 12, (entry) => ({
    firstChunk: entry.readUInt32BE(0),
    samplesPerChunk: entry.readUInt32BE(4),
  }));
}

/** Gives the size of a sample by its number, from 0. */
async function openSizes(source: ByteSource, stbl: Box): Promise<(sample: number) => Promise<number>> {
  const stsz = await findBox(source, stbl, "stsz");
  if (stsz === undefined) throw damaged("A track has no sample sizes");
  const head = await source.read(stsz.content, 12);
  if (head.length < 12) throw damaged("A table of sample sizes is cut off");
  const common = head.readUInt32BE(4);
  if (common !== 0) return async () => common;
  return async (sample) => {
    const at = stsz.content + 12 + sample * 4;
    if (at + 4 > stsz.end) throw damaged("A table of sample sizes is too short");
    return (await source.read(at, 4)).readUInt32BE(0);
  };
}

/** A full box that holds a count and as many entries of `entryBytes`. */
async function readTable<Entry>(
  source: ByteSource,
  box: Box,
  entryBytes: number,
  toEntry: (bytes: Buffer) => Entry,
): Promise<Entry[]> {
  const count = (await source.read(box.content + 4, 4)).readUInt32BE(0);
  if (count > MAX_EDITS || box.content + 8 + count * entryBytes > box.end) {
    throw damaged(`The table ${box.type} does not fit`);
  }
  const entries: Entry[] = [];
  for (let index = 0; index < count; index++) {
    entries.push(toEntry(await source.read(box.content + 8 + index * entryBytes, entryBytes)));
  }
  return entries;
}
