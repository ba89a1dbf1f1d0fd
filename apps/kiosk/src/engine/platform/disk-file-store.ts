import { constants } from "node:fs";
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { FileFacts, FileStore, OpenFile } from "./file-store.ts";

/** A `FileStore` on a folder of the disk, made with mode 0700 if absent. */
export async function openDiskFileStore(root: string): Promise<FileStore> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const at = (path: string) => join(root, path);
  return {
    absolute: at,
    open: async (path, access) => toOpenFile(await open(at(path), OPEN_FLAGS[access], 0o600)),
    find: (path) => orUndefined(readFile(at(path))),
    findFacts: (path) => orUndefined(readFacts(at(path))),
    list: async (folder) => (await orUndefined(readdir(at(folder)))) ?? [],
    makeFolder: async (folder) => void (await mkdir(at(folder), { recursive: true, mode: 0o700 })),
    rename: (from, to) => rename(at(from), at(to)),
    remove: (path) => rm(at(path), { force: true, recursive: true }),
    async syncFolder(folder) {
      await using handle = await open(at(folder), "r");
      await handle.sync();
    },
    async freeBytes() {
      const facts = await statfs(root);
      return facts.bavail * facts.bsize;
    },
    async totalBytes() {
      const facts = await statfs(root);
      return facts.blocks * facts.bsize;
    },
  };
}

const OPEN_FLAGS = { read: constants.O_RDONLY, write: constants.O_RDWR | constants.O_CREAT } as const;

function toOpenFile(handle: FileHandle): OpenFile {
  return {
    async read(into, position) {
      let filled = 0;
      while (filled < into.length) {
        const { bytesRead } = await handle.read(into, filled, into.length - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return filled;
    },
    async write(bytes, position) {
      let written = 0;
      while (written < bytes.length) {
        const part = await handle.write(bytes, written, bytes.length - written, position + written);
        written += part.bytesWritten;
      }
    },
    truncate: (sizeBytes) => handle.truncate(sizeBytes),
    sync: () => handle.datasync(),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

async function readFacts(path: string): Promise<FileFacts> {
  const facts = await stat(path, { bigint: true });
  return {
    sizeBytes: Number(facts.size),
    fingerprint: `${facts.ino}:${facts.size}:${facts.mtimeNs}:${facts.ctimeNs}`,
    modifiedAtMs: Number(facts.mtimeMs),
  };
}

async function orUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
