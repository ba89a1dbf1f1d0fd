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
  /** Bytes held of chunks of which only a beginning arrived. */
  const beginnings = new Map<number, number>();
  let current = 0;
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
      if (heldBytes > 0) beginnings.set(chunk, heldBytes);
      break;
    }
  }

  const finishChunk = (): number | undefined => {
    const chunk = current;
    current += 1;
    beginnings.delete(chunk);
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
    const isAlike = (chunk: number) =>
      !isRight[chunk] && !beginnings.has(chunk) && (wrongCounts.get(chunk) ?? 0) === wrongCount;
    let end = first + 1;
    while (end < count && isAlike(end)) end += 1;
    return {
      fromByte: first * CHUNK_BYTES + (beginnings.get(first) ?? 0),
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
      current = chunk;
    },
    async take(bytes) {
      const wrong: number[] = [];
      for (let taken = 0; taken < bytes.length && current < count; ) {
        const heldBytes = beginnings.get(current) ?? 0;
        const room = chunkSizeOf(file, current) - heldBytes;
        const part = bytes.subarray(taken, taken + room);
        await open.write(part, current * CHUNK_BYTES + heldBytes);
        hasher.update(part);
        taken += part.length;
        beginnings.set(current, heldBytes + part.length);
        if (part.length < room) break;
        const wrongChunk = finishChunk();
        if (wrongChunk !== undefined) wrong.push(wrongChunk);
      }
      return wrong;
    },
    heldBytes: () => rightBytes + [...beginnings.values()].reduce((sum, bytes) => sum + bytes, 0),
  };
}
