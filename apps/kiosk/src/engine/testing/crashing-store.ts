import type { FileStore, OpenFile } from "../platform/file-store.ts";

/** The power went: nothing more reaches the disk. */
export class PowerLoss extends Error {}

/** A store that loses power at its change number `crashAt` (0 first), half-way through when it is a write. */
export interface CrashingStore extends FileStore {
  /** Changes of the disk that were asked for so far. */
  changes(): number;
}

/** Wraps a store; reading never counts. */
export function createCrashingStore(inner: FileStore, crashAt: number): CrashingStore {
  let changes = 0;
  const change = async <T>(work: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> => {
    const number = changes;
    changes += 1;
    if (number < crashAt) return await work();
    if (number === crashAt) await half?.();
    throw new PowerLoss();
  };
  const wrap = (file: OpenFile): OpenFile => ({
    ...file,
    read: (into, position) => file.read(into, position),
    write: (bytes, position) =>
      change(
        () => file.write(bytes, position),
        () => file.write(bytes.subarray(0, bytes.length >> 1), position),
      ),
    truncate: (sizeBytes) => change(() => file.truncate(sizeBytes)),
    sync: () => change(() => file.sync()),
    [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
  });
  return {
    ...inner,
    open: async (path, access) =>
      access === "read" ? inner.open(path, access) : wrap(await change(() => inner.open(path, access))),
    makeFolder: (folder) => change(() => inner.makeFolder(folder)),
    rename: (from, to) => change(() => inner.rename(from, to)),
    remove: (path) => change(() => inner.remove(path)),
    syncFolder: (folder) => change(() => inner.syncFolder(folder)),
    changes: () => changes,
  };
}
