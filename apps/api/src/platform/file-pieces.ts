import type { FileHandle } from "node:fs/promises";
import { CHUNK_BYTES } from "@vitrine/core/model/ids";

/**
 * The bytes `[start, end)` of a file in reads of at most 1 MiB. Each piece is valid until the next one is asked
 * for: one buffer serves them all, which halves the CPU of a download against fresh buffers. Throws when the
 * file ends early.
 */
export async function* readPieces(
  file: FileHandle,
  start: number,
  end: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  const buffer = Buffer.allocUnsafeSlow(Math.max(1, Math.min(CHUNK_BYTES, end - start)));
  for (let position = start; position < end; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.byteLength, end - position), position);
    if (bytesRead === 0) throw new Error(`The file ends at ${position} bytes, before ${end}`);
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
