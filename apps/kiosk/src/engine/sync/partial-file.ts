import { createHash, type Hash } from "node:crypto";
import { CHUNK_BYTES } from "@vitrine/core/model/ids";
import type { ManifestFile } from "@vitrine/core/model/manifest";
import type { OpenFile } from "../platform/file-store.ts";
import { chunkCountOf, chunkSizeOf, isChunkHash } from "./chunk-list.ts";

/** A stretch of bytes still to be fetched, half-open `[fromByte, untilByte)`. */
export interface MissingRun {
  fromByte: number;
  untilByte: number;
  /** How often its first MiB arrived wrong. */
  wrongCount: number;
}

/** What is held of a file that is on its way. Only bytes whose MiB has the right hash count as held for good. */
export interface PartialFile {
  /** What to fetch next, or undefined when all of it is right. Stretches that never arrived wrong come first. */
  findMissing(): MissingRun | undefined;
  /** Begins to take bytes at a position that `findMissing` gave. */
  startAt(byte: number): Promise<void>;
  /** Takes the bytes that follow. Gives the chunks that turned out wrong and are to be fetched again. */
  take(bytes: Uint8Array): Promise<number[]>;
  /** Bytes that are right, plus those of the chunk under way. */
  heldBytes(): number;
}

/** Reads and hashes what an earlier run left behind, so that nothing right is fetched twice. */
export async function scanPartialFile(
  open: OpenFile,
  file: ManifestFile,
  list: Uint8Array,
  signal: AbortSignal,
): Promise<PartialFile> {
  const count = chunkCountOf(file);
  const isRight = new Uint8Array(count);
  const wrongCounts = new Map<number, number>();
  /** The one chunk of which a beginning is held. */
  let tail = { chunk: -1, bytes: 0 };
  let hasher: Hash = createHash("sha256");
  let rightBytes = 0;

  const markRight = (chunk: number) => {
    isRight[chunk] = 1;
    rightBytes += chunkSizeOf(file, chunk);
    wrongCounts.delete(chunk);
  };

  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, file.sizeBytes));
  for (let chunk = 0; chunk < count; chunk += 1) {
    signal.throwIfAborted();
    const part = buffer.subarray(0, chunkSizeOf(file, chunk));
    const heldBytes = await open.read(part, chunk * CHUNK_BYTES);
    if (heldBytes === part.length && isChunkHash(list, chunk, createHash("sha256").update(part).digest())) {
      markRight(chunk);
    } else if (heldBytes < part.length) {
      tail = { chunk, bytes: heldBytes };
      break;
    }
  }

  const finishChunk = (): number | undefined => {
    const { chunk } = tail;
    tail = { chunk: chunk + 1, bytes: 0 };
    const digest = hasher.digest();
    hasher = createHash("sha256");
    if (isRight[chunk]) return undefined;
    if (isChunkHash(list, chunk, digest)) {
      markRight(chunk);
      return undefined;
    }
    wrongCounts.set(chunk, (wrongCounts.get(chunk) ?? 0) + 1);
    return chunk;
  };

  const runFrom = (first: number): MissingRun => {
    const wrongCount = wrongCounts.get(first) ?? 0;
    let end = first + 1;
    while (end < count && !isRight[end] && (wrongCounts.get(end) ?? 0) === wrongCount) end += 1;
    const heldBytes = tail.chunk === first ? tail.bytes : 0;
    return {
      fromByte: first * CHUNK_BYTES + heldBytes,
      untilByte: Math.min(end * CHUNK_BYTES, file.sizeBytes),
      wrongCount,
    };
  };

  return {
    findMissing() {
      let best: MissingRun | undefined;
      for (let chunk = 0; chunk < count; chunk += 1) {
        if (isRight[chunk]) continue;
        const run = runFrom(chunk);
        if (!best || run.wrongCount < best.wrongCount) best = run;
        if (run.wrongCount === 0) break;
        chunk = Math.ceil(run.untilByte / CHUNK_BYTES) - 1;
      }
      return best;
    },
    async startAt(byte) {
      const chunk = Math.floor(byte / CHUNK_BYTES);
      const heldBytes = byte - chunk * CHUNK_BYTES;
      hasher = createHash("sha256");
      if (heldBytes > 0) {
        const held = Buffer.allocUnsafe(heldBytes);
        await open.read(held, chunk * CHUNK_BYTES);
        hasher.update(held);
      }
      tail = { chunk, bytes: heldBytes };
    },
    async take(bytes) {
      const wrong: number[] = [];
      for (let taken = 0; taken < bytes.length && tail.chunk < count; ) {
        const room = chunkSizeOf(file, tail.chunk) - tail.bytes;
        const part = bytes.subarray(taken, taken + room);
        await open.write(part, tail.chunk * CHUNK_BYTES + tail.bytes);
        hasher.update(part);
        tail.bytes += part.length;
        taken += part.length;
        if (part.length < room) break;
        const wrongChunk = finishChunk();
        if (wrongChunk !== undefined) wrong.push(wrongChunk);
      }
      return wrong;
    },
    heldBytes: () => rightBytes + (isRight[tail.chunk] ? 0 : tail.bytes),
  };
}
