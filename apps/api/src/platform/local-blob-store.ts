import { randomUUID } from "node:crypto";
import { copyFile, type FileHandle, link, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 as sha256Schema } from "@vitrine/core/model/ids";
import type { OrganizationScope } from "@vitrine/db/scope";
import type { BlobStore, OpenBlob, StoredBlob } from "./blob-store.ts";
import { ContentHash, type HashedContent } from "./content-hash.ts";
import { readPieces } from "./file-pieces.ts";
import { syncFolder } from "./sync-folder.ts";

/**
 * A blob store under `<dataDir>/blobs`: `<organization>/<2 hex>/<sha256>` with the chunk list beside it. What a
 * crash left unfinished is removed here, so only one process may use the folder (see `lockDataDir`).
 */
export async function openLocalBlobStore(dataDir: string): Promise<BlobStore> {
  const root = join(dataDir, "blobs");
  const unfinished = join(root, "unfinished");
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const newPath = () => join(unfinished, randomUUID());

  return {
    async write(scope, pieces, signal) {
      const path = newPath();
      try {
        const content = await writeHashed(path, pieces, signal);
        return await place(root, scope, path, content);
      } finally {
        await rm(path, { force: true });
      }
    },
    async adopt(scope, source, signal) {
      const path = newPath();
      try {
        const content = await hashFile(source, signal);
        await linkOrCopy(source, path);
        return await place(root, scope, path, content);
      } finally {
        await rm(path, { force: true });
      }
    },
    async find(scope, sha256) {
      const path = blobPath(root, scope, sha256);
      const file = path === undefined ? undefined : await open(path, "r").catch(onlyIfAbsent);
      return file && openBlob(file);
    },
    async findChunkList(scope, sha256) {
      const path = blobPath(root, scope, sha256);
      return path === undefined ? undefined : readFile(chunksPath(path)).catch(onlyIfAbsent);
    },
  };
}

function blobPath(root: string, scope: OrganizationScope, sha256: string): string | undefined {
  if (!sha256Schema.safeParse(sha256).success) return undefined;
  return join(root, scope.organizationId, sha256.slice(0, 2), sha256);
}

function chunksPath(path: string): string {
  return `${path}.chunks`;
}

async function writeHashed(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<HashedContent> {
  const content = new ContentHash();
  await using file = await open(path, "wx", 0o600);
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    content.update(piece);
    await file.writeFile(piece);
  }
  await file.sync();
  return content.finish();
}

async function hashFile(path: string, signal: AbortSignal | undefined): Promise<HashedContent> {
  const content = new ContentHash();
  await using file = await open(path, "r+");
  const { size } = await file.stat();
  for await (const piece of readPieces(file, 0, size, signal)) content.update(piece);
  await file.sync();
  return content.finish();
}

/** File systems without hard links answer with one of these; a copy serves them. */
const CANNOT_LINK = new Set(["EPERM", "EXDEV", "ENOTSUP", "ENOSYS", "EMLINK"]);

async function linkOrCopy(source: string, path: string): Promise<void> {
  try {
    await link(source, path);
  } catch (error) {
    if (!CANNOT_LINK.has(codeOf(error) ?? "")) throw error;
    await copyFile(source, path);
    await using file = await open(path, "r+");
    await file.sync();
  }
}

/** Moves the finished file into place, after its chunk list: a blob that is there has one. */
async function place(
  root: string,
  scope: OrganizationScope,
  path: string,
  { sha256, sizeBytes, chunkList, chunksSha256 }: HashedContent,
): Promise<StoredBlob> {
  const target = blobPath(root, scope, sha256);
  if (target === undefined) throw new Error("A hash of our own is not a SHA-256");
  const stored = { sha256, sizeBytes, chunksSha256 };
  if ((await sizeOf(target)) === sizeBytes && (await sizeOf(chunksPath(target))) === chunkList.byteLength) {
    return stored;
  }
  const folder = dirname(target);
  const firstNew = await mkdir(folder, { recursive: true, mode: 0o700 });
  const listPath = `${path}.chunks`;
  {
    await using list = await open(listPath, "wx", 0o600);
    await list.writeFile(chunkList);
    await list.sync();
  }
  await rename(listPath, chunksPath(target));
  await rename(path, target);
  await syncFolder(folder);
  if (firstNew !== undefined) for (const one of [dirname(folder), root]) await syncFolder(one);
  return stored;
}

async function openBlob(file: FileHandle): Promise<OpenBlob> {
  const { size } = await file.stat();
  return {
    sizeBytes: size,
    read: (start, end, signal) => readPieces(file, start, end, signal),
    [Symbol.asyncDispose]: () => file.close(),
  };
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(({ size }) => size, onlyIfAbsent);
}

function onlyIfAbsent(error: unknown): undefined {
  if (codeOf(error) !== "ENOENT") throw error;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
