import type { FileFacts, FileStore, OpenFile } from "../platform/file-store.ts";
import { folderOf } from "../platform/file-store.ts";
import { createInode, type Inode } from "./inode.ts";
import { createNames, type Names } from "./names.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** Every way in which the engine can change the disk. */
export const OPERATION_KINDS = [
  "open",
  "write",
  "truncate",
  "sync",
  "rename",
  "remove",
  "syncFolder",
  "makeFolder",
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

export interface DiskOperation {
  kind: OperationKind;
  path: string;
}

export type Moment = "before" | "half" | "after";

/** What goes wrong with a disk. `readOnly` refuses every change, `failing` each access with this probability. */
export interface DiskTrouble {
  isReadOnly: boolean;
  failing: number;
}

/** What would be found if the machine stopped at an instant. */
export interface DiskImage {
  names: Names;
}

export interface DiskOptions {
  random: SeededRandom;
  wallMs(): number;
  capacityBytes?: number;
  image?: DiskImage;
}

/**
 * A disk in memory that is honest about power: bytes that no `sync` followed and names that no sync of their folder
 * followed may be lost, alone or together, in part or with holes.
 */
export interface VirtualDisk {
  readonly trouble: DiskTrouble;
  capacityBytes: number;
  usedBytes(): number;
  /** The disk as one process sees it; a process that is gone gets no answers and changes nothing. */
  openStore(isAlive: () => boolean): FileStore;
  /** Called before and after each change. */
  watch: ((moment: Moment, operation: DiskOperation) => void) | undefined;
  /** Whether `watch` is called half-way through a write, too. */
  tearsWrites: boolean;
  /** What a process finds that starts after this one was killed. */
  imageOfKill(): DiskImage;
  /** What is found after the power went; `random` decides what of the unsynced survived, `undefined`: nothing. */
  imageOfPowerLoss(random: SeededRandom | undefined): DiskImage;
  /** Goes on from an image. */
  restore(image: DiskImage): void;
  /** The bytes of a file as a process reads them now. */
  read(path: string): Uint8Array | undefined;
  list(folder: string): string[];
  /** Another one after each change of a file; undefined where there is none. */
  stampOf(path: string): string | undefined;
  /** Puts a file there for good. */
  place(path: string, bytes: Uint8Array): void;
  /** Turns one bit of a stored file over, in silence; gives whether there was one to turn. */
  flipBit(path: string): boolean;
}

const ROOT = "/kiosk";
/** Room for all that a test can think of: not counted. */
const LARGE_BYTES = 2 ** 40;
const NEVER = new Promise<never>(() => {});

/** An empty disk, or one that holds what an image does. */
export function createVirtualDisk(options: DiskOptions): VirtualDisk {
  const { random, wallMs } = options;
  let names = options.image?.names.copy() ?? createNames();
  let stamp = 0;

  const failure = (code: string, path: string) => Object.assign(new Error(`${code}: ${path}`), { code });
  const touch = (inode: Inode) => {
    stamp += 1;
    inode.changedAt = stamp;
    inode.modifiedAtMs = wallMs();
  };
  const usedBytes = () => names.files().reduce((sum, [, inode]) => sum + inode.sizeBytes, 0);
  const mustFind = (path: string) => {
    const inode = names.find(path);
    if (!inode) throw failure("ENOENT", path);
    return inode;
  };

  const disk: VirtualDisk = {
    trouble: { isReadOnly: false, failing: 0 },
    capacityBytes: options.capacityBytes ?? LARGE_BYTES,
    usedBytes,
    watch: undefined,
    tearsWrites: false,
    openStore,
    imageOfKill: () => ({ names: names.copy() }),
    imageOfPowerLoss: (chance) => ({ names: names.afterPowerLoss(chance) }),
    restore(image) {
      names = image.names.copy();
    },
    read: (path) => names.find(path)?.readAll(),
    list: (folder) => names.list(folder),
    stampOf: (path) => factsOf(names.find(path))?.fingerprint,
    place(path, bytes) {
      names.makeFolder(folderOf(path));
      const inode = createInode();
      inode.write(bytes, 0);
      touch(inode);
      names.link(path, inode);
      inode.sync();
      names.syncAll();
    },
    flipBit(path) {
      const inode = names.find(path);
      if (!inode || inode.sizeBytes === 0) return false;
      inode.flipBit(random.between(0, inode.sizeBytes));
      return true;
    },
  };
  return disk;

  function openStore(isAlive: () => boolean): FileStore {
    const failMaybe = (path: string) => {
      if (disk.trouble.failing > 0 && random.isChance(disk.trouble.failing)) throw failure("EIO", path);
    };
    const look = async <T>(path: string, work: () => T): Promise<T> => {
      if (!isAlive()) return await NEVER;
      failMaybe(path);
      return work();
    };
    /** The hook may end the process: what it has not done by then is not done. */
    const change = async (operation: DiskOperation, work: () => void, half?: () => () => void) => {
      if (!isAlive()) return await NEVER;
      disk.watch?.("before", operation);
      if (!isAlive()) return await NEVER;
      if (disk.trouble.isReadOnly) throw failure("EROFS", operation.path);
      failMaybe(operation.path);
      if (half && disk.tearsWrites) {
        const undo = half();
        disk.watch?.("half", operation);
        if (!isAlive()) return await NEVER;
        undo();
      }
      work();
      disk.watch?.("after", operation);
      if (!isAlive()) return await NEVER;
    };

    const write = (inode: Inode, path: string, bytes: Uint8Array, position: number) => {
      const growthBytes = Math.max(0, position + bytes.length - inode.sizeBytes);
      const roomBytes =
        disk.capacityBytes === LARGE_BYTES ? growthBytes : Math.max(0, disk.capacityBytes - usedBytes());
      const fitting = bytes.subarray(0, bytes.length - Math.max(0, growthBytes - roomBytes));
      inode.write(fitting, position);
      touch(inode);
      if (fitting.length < bytes.length) throw failure("ENOSPC", path);
    };

    const toOpenFile = (inode: Inode, path: string): OpenFile => ({
      read: (into, position) => look(path, () => inode.read(into, position)),
      write: (bytes, position) =>
        change(
          { kind: "write", path },
          () => write(inode, path, bytes, position),
          () => inode.writeForNow(bytes.subarray(0, bytes.length >> 1), position),
        ),
      truncate: (sizeBytes) =>
        change({ kind: "truncate", path }, () => {
          inode.truncate(sizeBytes);
          touch(inode);
        }),
      sync: () => change({ kind: "sync", path }, () => inode.sync()),
      [Symbol.asyncDispose]: async () => {},
    });

    const create = (path: string) => {
      if (!names.hasFolder(folderOf(path))) throw failure("ENOENT", path);
      const inode = createInode();
      touch(inode);
      names.link(path, inode);
    };

    return {
      absolute: (path) => `${ROOT}/${path}`,
      async open(path, access) {
        if (access === "write" && !names.find(path)) await change({ kind: "open", path }, () => create(path));
        return await look(path, () => toOpenFile(mustFind(path), path));
      },
      find: (path) => look(path, () => names.find(path)?.readAll()),
      findFacts: (path) => look(path, () => factsOf(names.find(path))),
      list: (folder) => look(folder, () => names.list(folder)),
      makeFolder: (path) =>
        names.hasFolder(path)
          ? look(path, () => {})
          : change({ kind: "makeFolder", path }, () => {
              names.makeFolder(path);
              names.syncFolder(folderOf(path));
            }),
      rename: (from, to) =>
        change({ kind: "rename", path: to }, () => {
          mustFind(from);
          names.rename(from, to);
        }),
      remove: (path) => change({ kind: "remove", path }, () => names.remove(path)),
      syncFolder: (folder) => change({ kind: "syncFolder", path: folder }, () => names.syncFolder(folder)),
      freeBytes: () => look(".", () => Math.max(0, disk.capacityBytes - usedBytes())),
      totalBytes: () => look(".", () => disk.capacityBytes),
    };
  }
}

function factsOf(inode: Inode | undefined): FileFacts | undefined {
  return (
    inode && {
      sizeBytes: inode.sizeBytes,
      fingerprint: `${inode.number}:${inode.sizeBytes}:${inode.changedAt}`,
      modifiedAtMs: inode.modifiedAtMs,
    }
  );
}
