import { createHash } from "node:crypto";
import { CHUNK_BYTES } from "@vitrine/core/model/ids";
import type { ManifestFile } from "@vitrine/core/model/manifest";
import type { Clock } from "../platform/clock.ts";
import { type FileStore, makeFolderIfPossible, replaceFile } from "../platform/file-store.ts";
import { chunkCountOf, chunkSizeOf, HASH_BYTES, isChunkHash, isChunkListOf } from "./chunk-list.ts";

/** Whole files live here by their SHA-256, each with `<sha256>.chunks`, its chunk list. */
export const FILES_FOLDER = "files";
/** Files still on their way, under the same names. */
export const PARTIAL_FOLDER = "partial";
export const pathOf = (sha256: string) => `${FILES_FOLDER}/${sha256}`;
export const partialPathOf = (sha256: string) => `${PARTIAL_FOLDER}/${sha256}`;
export const chunksOf = (path: string) => `${path}.chunks`;

/** The content-addressed files of the data folder, and what is known of each. */
export interface Cache {
  /** Reads which files there are. Whole by name and size only, until verified. */
  load(): Promise<void>;
  /** Whether the whole file is there as far as is known. */
  has(file: ManifestFile): boolean;
  /** Whether it was hashed since this boot and found right. */
  isVerified(file: ManifestFile): boolean;
  /** Whether it was verified and is untouched since; hashes it now if not. For use just before it is shown. */
  isFit(file: ManifestFile, signal: AbortSignal): Promise<boolean>;
  /**
   * Hashes a file by the MiB unless it was hashed lately and is untouched since. False: it is not there or
   * was found damaged, and then lies among the partial files, to be mended.
   */
  verify(file: ManifestFile, signal: AbortSignal): Promise<boolean>;
  /** Takes a file that was just put in place with every chunk hashed. */
  admit(file: ManifestFile): Promise<void>;
  /** Has every file hashed anew when it is verified next; what was found right counts as right until then. */
  distrust(): void;
  remove(sha256: string): Promise<void>;
  list(): { sha256: string; sizeBytes: number; isPartial: boolean; modifiedAtMs: number }[];
  /** Forgets and deletes everything. */
  wipe(): Promise<void>;
}

export interface CacheDeps {
  files: FileStore;
  clock: Clock;
  onDamaged(file: ManifestFile): void;
}

interface Entry {
  sizeBytes: number;
  modifiedAtMs: number;
  verified: { fingerprint: string; atMs: number } | undefined;
}

/** A file is hashed anew when its last hashing is older than a minute for each 16 MiB of it. */
const REVERIFY_MS_PER_BYTE = 60_000 / (16 * CHUNK_BYTES);
const REVERIFY_LEAST_MS = 60_000;

/** The cache of one data folder. */
export function createCache(deps: CacheDeps): Cache {
  const { files, clock } = deps;
  const whole = new Map<string, Entry>();
  const partial = new Map<string, Entry>();
  const underWay = new Map<string, Promise<boolean>>();

  const isFresh = (file: ManifestFile, entry: Entry | undefined) =>
    entry?.verified !== undefined &&
    clock.monotonicMs() - entry.verified.atMs <
      Math.max(REVERIFY_LEAST_MS, file.sizeBytes * REVERIFY_MS_PER_BYTE);

  const verifyNow = async (file: ManifestFile, signal: AbortSignal): Promise<boolean> => {
    const path = pathOf(file.sha256);
    const facts = await files.findFacts(path);
    if (!facts) {
      if (whole.delete(file.sha256)) deps.onDamaged(file);
      return false;
    }
    const entry = whole.get(file.sha256);
    if (isFresh(file, entry) && entry?.verified?.fingerprint === facts.fingerprint) return true;
    const isWhole = facts.sizeBytes === file.sizeBytes && (await isIntact(files, file, signal));
    const after = await files.findFacts(path);
    if (!isWhole || after?.fingerprint !== facts.fingerprint) {
      await demote(file, facts.modifiedAtMs);
      return false;
    }
    const verified = { fingerprint: facts.fingerprint, atMs: clock.monotonicMs() };
    whole.set(file.sha256, { sizeBytes: facts.sizeBytes, modifiedAtMs: facts.modifiedAtMs, verified });
    return true;
  };

  const demote = async (file: ManifestFile, modifiedAtMs: number) => {
    whole.delete(file.sha256);
    await files.makeFolder(PARTIAL_FOLDER);
    await files.rename(pathOf(file.sha256), partialPathOf(file.sha256));
    await files.remove(chunksOf(pathOf(file.sha256)));
    partial.set(file.sha256, { sizeBytes: file.sizeBytes, modifiedAtMs, verified: undefined });
    deps.onDamaged(file);
  };

  return {
    async load() {
      await makeFolderIfPossible(files, FILES_FOLDER);
      await makeFolderIfPossible(files, PARTIAL_FOLDER);
      await readFolder(files, FILES_FOLDER, whole);
      await readFolder(files, PARTIAL_FOLDER, partial);
    },
    has: (file) => whole.get(file.sha256)?.sizeBytes === file.sizeBytes,
    isVerified: (file) => whole.get(file.sha256)?.verified !== undefined,
    async isFit(file, signal) {
      const { verified } = whole.get(file.sha256) ?? {};
      const facts = verified && (await files.findFacts(pathOf(file.sha256)));
      if (verified && facts?.fingerprint === verified.fingerprint) return true;
      return await this.verify(file, signal);
    },
    verify(file, signal) {
      const running = underWay.get(file.sha256);
      if (running) return running;
      const started = verifyNow(file, signal).finally(() => underWay.delete(file.sha256));
      underWay.set(file.sha256, started);
      return started;
    },
    async admit(file) {
      partial.delete(file.sha256);
      const facts = await files.findFacts(pathOf(file.sha256));
      if (!facts) return;
      const verified = { fingerprint: facts.fingerprint, atMs: clock.monotonicMs() };
      whole.set(file.sha256, { sizeBytes: facts.sizeBytes, modifiedAtMs: facts.modifiedAtMs, verified });
    },
    distrust() {
      for (const entry of whole.values()) if (entry.verified) entry.verified.atMs = Number.NEGATIVE_INFINITY;
    },
    async remove(sha256) {
      whole.delete(sha256);
      partial.delete(sha256);
      for (const path of [pathOf(sha256), partialPathOf(sha256)]) {
        await files.remove(path);
        await files.remove(chunksOf(path));
      }
    },
    list: () => [...describeEntries(whole, false), ...describeEntries(partial, true)],
    async wipe() {
      whole.clear();
      partial.clear();
      await files.remove(FILES_FOLDER);
      await files.remove(PARTIAL_FOLDER);
      await files.makeFolder(FILES_FOLDER);
      await files.makeFolder(PARTIAL_FOLDER);
    },
  };
}

/** Whether every MiB on disk is what the manifest says; rebuilds a lost chunk list on the way. */
async function isIntact(files: FileStore, file: ManifestFile, signal: AbortSignal): Promise<boolean> {
  const listPath = chunksOf(pathOf(file.sha256));
  const stored = await files.find(listPath);
  const list = stored && isChunkListOf(file, stored) ? stored : undefined;
  const rebuilt = Buffer.alloc(chunkCountOf(file) * HASH_BYTES);
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, file.sizeBytes));
  await using open = await files.open(pathOf(file.sha256), "read");
  for (let chunk = 0; chunk < chunkCountOf(file); chunk += 1) {
    signal.throwIfAborted();
    const part = buffer.subarray(0, chunkSizeOf(file, chunk));
    if ((await open.read(part, chunk * CHUNK_BYTES)) !== part.length) return false;
    const digest = createHash("sha256").update(part).digest();
    if (list && !isChunkHash(list, chunk, digest)) return false;
    digest.copy(rebuilt, chunk * HASH_BYTES);
  }
  if (list) return true;
  if (!isChunkListOf(file, rebuilt)) return false;
  await replaceFile(files, listPath, rebuilt);
  return true;
}

async function readFolder(files: FileStore, folder: string, into: Map<string, Entry>): Promise<void> {
  for (const name of await files.list(folder)) {
    if (!/^[0-9a-f]{64}$/.test(name)) continue;
    const facts = await files.findFacts(`${folder}/${name}`);
    if (facts) into.set(name, { ...facts, verified: undefined });
  }
}

function describeEntries(entries: ReadonlyMap<string, Entry>, isPartial: boolean) {
  return [...entries].map(([sha256, { sizeBytes, modifiedAtMs }]) => ({
    sha256,
    sizeBytes,
    modifiedAtMs,
    isPartial,
  }));
}
