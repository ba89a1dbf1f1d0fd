import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** A log is at most this large, compressed and not. */
export const MAX_LOG_BYTES = 1024 * 1024;
export const MAX_INFLATED_BYTES = 16 * 1024 * 1024;

/** What is no gzip file, or unpacks to more than it may. */
export class LogFault extends Error {}

/**
 * The bytes of a gzip file in pieces, inflated as they are taken. Throws `LogFault` for what is not gzip, what ends
 * early, and what grows past 16 MiB, of which no more than that is ever unpacked.
 */
export async function* inflateLog(packed: Buffer): AsyncGenerator<Buffer> {
  const gunzip = Readable.from([packed]).pipe(createGunzip());
  let sizeBytes = 0;
  try {
    for await (const piece of gunzip) {
      const bytes = Buffer.from(piece);
      sizeBytes += bytes.length;
      if (sizeBytes > MAX_INFLATED_BYTES) throw new LogFault("A log unpacks to at most 16 MiB");
      yield bytes;
    }
  } catch (error) {
    throw error instanceof LogFault ? error : new LogFault("A log is a whole gzip file", { cause: error });
  } finally {
    gunzip.destroy();
  }
}
