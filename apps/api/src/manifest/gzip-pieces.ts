import { promisify } from "node:util";
import { constants, crc32, deflateRaw, deflateRawSync } from "node:zlib";

/**
 * A gzip file (RFC 1952) of pieces that were compressed apart from each other: each ends at a byte without ending the
 * stream (RFC 1951, an empty stored block), so that they can be put together in any order. What many files share is
 * compressed once; a file then costs no more than its checksum.
 */
export function joinToGzip(pieces: readonly Buffer[], plain: Buffer): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(plain), 0);
  trailer.writeUInt32LE(plain.length % 2 ** 32, 4);
  return Buffer.concat([HEADER, ...pieces, LAST_BLOCK, trailer]);
}

/** Compresses a large piece, away from the event loop. */
export function deflatePiece(text: string): Promise<Buffer> {
  return deflateAway(Buffer.from(text), { ...OPEN_ENDED, level: LEVEL });
}

/** Compresses a piece of a few kilobytes at once. */
export function deflateSmallPiece(text: string): Buffer {
  return deflateRawSync(Buffer.from(text), OPEN_ENDED);
}

const deflateAway = promisify<Buffer, Parameters<typeof deflateRawSync>[1] & object, Buffer>(deflateRaw);
const OPEN_ENDED = { finishFlush: constants.Z_SYNC_FLUSH };
/** Once a content: 38 ms for 1.7 MB, which level 1 does in 12 ms and makes 7 % larger. */
const LEVEL = 9;
/** DEFLATE, no name, no time, of an unknown system. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** An empty block with fixed codes that is the last. */
const LAST_BLOCK = Buffer.from([3, 0]);
