import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHUNK_BYTES } from "@vitrine/core/model/ids";
import { organizationScope } from "@vitrine/db/scope";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BlobStore, OpenBlob } from "./blob-store.ts";
import { openLocalBlobStore } from "./local-blob-store.ts";

const scope = organizationScope(randomUUID());
let folder: string;
let store: BlobStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-blobs-"));
  store = await openLocalBlobStore(folder);
});
afterEach(() => rm(folder, { recursive: true }));

test.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 77])(
  "%i bytes come back as they were, with the hash of the whole and of each MiB",
  async (sizeBytes) => {
    const bytes = randomBytes(sizeBytes);
    const stored = await store.write(scope, inPieces(bytes, 300_001));
    const chunks = Buffer.concat(slices(bytes, CHUNK_BYTES).map(sha256));
    expect(stored).toEqual({
      sha256: sha256(bytes).toString("hex"),
      sizeBytes,
      chunksSha256: sha256(chunks).toString("hex"),
    });
    expect(await store.findChunkList(scope, stored.sha256)).toEqual(chunks);
    await using blob = await store.find(scope, stored.sha256);
    expect(blob?.sizeBytes).toBe(sizeBytes);
    expect(await readAll(blob, 0, sizeBytes)).toEqual(bytes);
  },
);

test("a part is read from any byte to any byte", async () => {
  const bytes = randomBytes(2 * CHUNK_BYTES + 5);
  const { sha256: hash } = await store.write(scope, inPieces(bytes, CHUNK_BYTES));
  await using blob = await store.find(scope, hash);
  for (const [start, end] of [
    [0, 1],
    [7, 7],
    [CHUNK_BYTES - 3, 2 * CHUNK_BYTES + 1],
    [bytes.length - 1, bytes.length],
  ]) {
    expect(await readAll(blob, start ?? 0, end ?? 0)).toEqual(bytes.subarray(start, end));
  }
});

test("the same bytes twice are one file, whichever way they came", async () => {
  const bytes = randomBytes(CHUNK_BYTES + 9);
  const source = join(folder, "source");
  await writeFile(source, bytes);
  const first = await store.write(scope, inPieces(bytes, 4096));
  const before = await stat(
    join(folder, "blobs", scope.organizationId, first.sha256.slice(0, 2), first.sha256),
  );
  expect(await store.adopt(scope, source)).toEqual(first);
  expect(await store.write(scope, inPieces(bytes, 999))).toEqual(first);
  const names = await filesOf(folder, scope.organizationId);
  expect(names.sort()).toEqual([first.sha256, `${first.sha256}.chunks`]);
  const after = await stat(
    join(folder, "blobs", scope.organizationId, first.sha256.slice(0, 2), first.sha256),
  );
  expect(after.ino).toBe(before.ino);
  expect(await readdir(join(folder, "blobs", "unfinished"))).toEqual([]);
});

test("an adopted file stays where it was", async () => {
  const source = join(folder, "source");
  const bytes = randomBytes(10_000);
  await writeFile(source, bytes);
  const stored = await store.adopt(scope, source);
  expect(await readFile(source)).toEqual(bytes);
  await rm(source);
  await using blob = await store.find(scope, stored.sha256);
  expect(await readAll(blob, 0, bytes.length)).toEqual(bytes);
});

test("another organization has nothing of it, not even by the hash", async () => {
  const { sha256: hash } = await store.write(scope, inPieces(randomBytes(10), 10));
  const other = organizationScope(randomUUID());
  expect(await store.find(other, hash)).toBeUndefined();
  expect(await store.findChunkList(other, hash)).toBeUndefined();
});

test("what is not a hash finds nothing, whatever path it spells", async () => {
  for (const word of ["", "..", "../../secrets.json", "A".repeat(64), `${"a".repeat(63)}/`]) {
    expect(await store.find(scope, word)).toBeUndefined();
  }
});

test("a stream that breaks leaves nothing behind", async () => {
  async function* breaking() {
    yield randomBytes(5000);
    throw new Error("the line broke");
  }
  await expect(store.write(scope, breaking())).rejects.toThrow("the line broke");
  expect(await readdir(join(folder, "blobs", "unfinished"))).toEqual([]);
  expect(await filesOf(folder, scope.organizationId)).toEqual([]);
});

test("what a crash left unfinished is gone after the next start", async () => {
  const unfinished = join(folder, "blobs", "unfinished");
  await mkdir(unfinished, { recursive: true });
  await writeFile(join(unfinished, randomUUID()), "half");
  await openLocalBlobStore(folder);
  expect(await readdir(unfinished)).toEqual([]);
});

function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

function slices(bytes: Buffer, length: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, at) =>
    bytes.subarray(at * length, (at + 1) * length),
  );
}

async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Uint8Array> {
  yield* slices(bytes, length);
}

async function readAll(blob: OpenBlob | undefined, start: number, end: number): Promise<Buffer> {
  if (blob === undefined) throw new Error("The blob is not there");
  const pieces: Buffer[] = [];
  for await (const piece of blob.read(start, end)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

async function filesOf(root: string, organizationId: string): Promise<string[]> {
  const entries = await readdir(join(root, "blobs", organizationId), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  return entries.filter((one) => one.isFile()).map((one) => one.name);
}
