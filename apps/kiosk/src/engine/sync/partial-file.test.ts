import { CHUNK_BYTES } from "@vitrine/core/model/ids";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { OpenFile } from "../platform/file-store.ts";
import { makeFile, type TestFile } from "../testing/test-content.ts";
import { type PartialFile, scanPartialFile } from "./partial-file.ts";

const never = new AbortController().signal;

/** A file in memory that grows as it is written. */
function memoryFile(capacity: number): OpenFile & { bytes(): Buffer } {
  const data = Buffer.alloc(capacity);
  let sizeBytes = 0;
  return {
    bytes: () => data.subarray(0, sizeBytes),
    async read(into, position) {
      return data.copy(into, 0, position, Math.min(sizeBytes, position + into.length));
    },
    async write(bytes, position) {
      data.set(bytes, position);
      sizeBytes = Math.max(sizeBytes, position + bytes.length);
    },
    async truncate(next) {
      sizeBytes = next;
    },
    async sync() {},
    async [Symbol.asyncDispose]() {},
  };
}

/** Serves runs from `file`, cut and flipped as told, until nothing is missing; gives the bytes that moved. */
async function fill(
  open: OpenFile,
  { bytes, chunks, file }: TestFile,
  faults: { cuts: number[]; flips: number[]; restarts: boolean[] },
): Promise<number> {
  let partial: PartialFile = await scanPartialFile(open, file, chunks, never);
  let movedBytes = 0;
  const { cuts, flips, restarts } = {
    cuts: [...faults.cuts],
    flips: [...faults.flips],
    restarts: [...faults.restarts],
  };
  for (let run = partial.findMissing(); run; run = partial.findMissing()) {
    const lengthBytes = Math.min(run.untilByte - run.fromByte, cuts.shift() ?? Number.POSITIVE_INFINITY);
    const sent = Buffer.from(bytes.subarray(run.fromByte, run.fromByte + lengthBytes));
    const flip = flips.shift();
    if (flip !== undefined && sent.length > 0) sent[flip % sent.length] = (sent[flip % sent.length] ?? 0) ^ 1;
    await partial.startAt(run.fromByte);
    for (let at = 0; at < sent.length; at += 70_001) await partial.take(sent.subarray(at, at + 70_001));
    movedBytes += sent.length;
    if (restarts.shift()) partial = await scanPartialFile(open, file, chunks, never);
  }
  return movedBytes;
}

const file = makeFile(3 * CHUNK_BYTES + 1234);
const somewhere = fc.integer({ min: 0, max: file.bytes.length });

test("however it is cut, restarted and garbled, the file ends up whole, and a flip costs its own MiB, once more for each restart while it is mended", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(somewhere, { maxLength: 6 }),
      fc.array(somewhere, { maxLength: 3 }),
      fc.array(fc.boolean(), { maxLength: 6 }),
      async (cuts, flips, restarts) => {
        const open = memoryFile(file.bytes.length);
        const movedBytes = await fill(open, file, { cuts, flips, restarts });
        expect(open.bytes().equals(file.bytes)).toBe(true);
        const mendings = flips.length * (1 + restarts.filter(Boolean).length);
        expect(movedBytes).toBeLessThanOrEqual(file.bytes.length + mendings * CHUNK_BYTES);
      },
    ),
    { numRuns: 60 },
  );
});

test("without flips not one byte moves twice, whatever is cut and restarted", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(somewhere, { maxLength: 6 }),
      fc.array(fc.boolean(), { maxLength: 6 }),
      async (cuts, restarts) => {
        const open = memoryFile(file.bytes.length);
        expect(await fill(open, file, { cuts, flips: [], restarts })).toBe(file.bytes.length);
      },
    ),
    { numRuns: 40 },
  );
});

test("a damaged file on disk is mended by its wrong MiB alone", async () => {
  const open = memoryFile(file.bytes.length);
  await open.write(file.bytes, 0);
  await open.write(Buffer.from([(file.bytes[CHUNK_BYTES + 5] ?? 0) ^ 8]), CHUNK_BYTES + 5);
  expect(await fill(open, file, { cuts: [], flips: [], restarts: [] })).toBe(CHUNK_BYTES);
  expect(open.bytes().equals(file.bytes)).toBe(true);
});
