import { type FileHandle, open } from "node:fs/promises";

/** A file read at any place, in small steps at the price of large ones. */
export type ByteSource = AsyncDisposable & {
  readonly sizeBytes: number;
  /** The bytes from `position`, fewer than `length` only at the end of the file. At most 1 MiB. */
  read(position: number, length: number): Promise<Buffer>;
};

const WINDOW_BYTES = 256 * 1024;

/** Opens a file for reading at any place; holds one window of 256 KiB. */
export async function openByteSource(path: string): Promise<ByteSource> {
  const file = await open(path, "r");
  const { size } = await file.stat();
  let window: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };
  return {
    sizeBytes: size,
    async read(position, length) {
      const isInside = position >= window.start && position + length <= window.start + window.bytes.length;
      if (!isInside) window = { start: position, bytes: await readAt(file, position, length) };
      const offset = position - window.start;
      return window.bytes.subarray(offset, offset + length);
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(Math.max(WINDOW_BYTES, length));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
  return buffer.subarray(0, bytesRead);
}
