import type { Clock } from "./clock.ts";
import type { Faults } from "./faults.ts";
import { type FileStore, isDiskFull, isReadOnly, type OpenFile, replaceFile } from "./file-store.ts";

/** A store that says when the disk takes no writes, and finds out by itself when it does again. */
export interface WatchedStore extends FileStore, Disposable {}

const PROBE_EVERY_MS = 5000;
const PROBE = "probe";
const SUBJECT = "write";

/**
 * Wraps a store: a write that the disk refuses raises `disk_full` or `disk_read_only`, whoever wrote, and from then
 * on a small file is written every 5 s until that works. The refusal goes to the caller all the same.
 */
export function watchDisk(
  inner: FileStore,
  { clock, faults }: { clock: Clock; faults: Faults },
): WatchedStore {
  let timer: Disposable | undefined;
  let isClosed = false;

  const raise = (error: unknown) => {
    if (isReadOnly(error))
      faults.raise("disk_read_only", "The disk cannot be written: the screen plays what it has", SUBJECT);
    else if (isDiskFull(error))
      faults.raise("disk_full", "The disk is full: the screen plays what it has", SUBJECT);
    else return;
    if (!isClosed) timer ??= clock.after(PROBE_EVERY_MS, () => void probe());
  };

  const probe = async () => {
    timer = undefined;
    try {
      await replaceFile(inner, PROBE, Buffer.alloc(4096));
      await inner.remove(PROBE);
      for (const kind of ["disk_full", "disk_read_only"]) faults.clear(kind, SUBJECT);
    } catch (error) {
      raise(error);
    }
  };

  const watched = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      raise(error);
      throw error;
    }
  };

  const wrap = (file: OpenFile): OpenFile => ({
    read: (into, position) => file.read(into, position),
    write: (bytes, position) => watched(file.write(bytes, position)),
    truncate: (sizeBytes) => watched(file.truncate(sizeBytes)),
    sync: () => watched(file.sync()),
    [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
  });

  return {
    ...inner,
    open: async (path, access) =>
      access === "read" ? inner.open(path, access) : wrap(await watched(inner.open(path, access))),
    makeFolder: (folder) => watched(inner.makeFolder(folder)),
    rename: (from, to) => watched(inner.rename(from, to)),
    remove: (path) => watched(inner.remove(path)),
    syncFolder: (folder) => watched(inner.syncFolder(folder)),
    [Symbol.dispose]() {
      isClosed = true;
      timer?.[Symbol.dispose]();
    },
  };
}
