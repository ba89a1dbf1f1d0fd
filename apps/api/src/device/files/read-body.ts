import { appError } from "@vitrine/core/model/errors";

/** A body of at most `limitBytes`, whole. FILE_TOO_LARGE as soon as it is larger. */
export async function readBody(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of body) {
    sizeBytes += part.length;
    if (sizeBytes > limitBytes) throw appError("FILE_TOO_LARGE", { limit: limitBytes, use: sizeBytes });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Bytes as a stream of one piece. */
export async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
