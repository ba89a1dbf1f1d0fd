import { folderOf } from "../platform/file-store.ts";
import type { Inode } from "./inode.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** The folders of a disk and the names in them, as they are, and as they are for sure. */
export interface Names {
  find(path: string): Inode | undefined;
  files(): [string, Inode][];
  hasFolder(path: string): boolean;
  list(folder: string): string[];
  makeFolder(path: string): void;
  link(path: string, inode: Inode): void;
  rename(from: string, to: string): void;
  /** A file, or a folder with all that is in it. */
  remove(path: string): void;
  /** What was changed in a folder, and what that hangs on, is for sure. */
  syncFolder(folder: string): void;
  syncAll(): void;
  copy(): Names;
  afterPowerLoss(random: SeededRandom | undefined): Names;
}

interface Tree {
  files: Map<string, Inode>;
  folders: Set<string>;
}

/** A change of names that may still be lost. Changes of one folder keep their order; a rename is in both. */
interface Pending {
  folders: readonly string[];
  apply(tree: Tree): void;
}

/** A disk with nothing but its root. */
export function createNames(): Names {
  return makeNames(
    { files: new Map(), folders: new Set(["."]) },
    { files: new Map(), folders: new Set(["."]) },
    [],
  );
}

function makeNames(now: Tree, sure: Tree, initial: readonly Pending[]): Names {
  let pending = [...initial];
  const change = (one: Pending) => {
    one.apply(now);
    pending.push(one);
  };
  const removeFile = (path: string) =>
    change({ folders: [folderOf(path)], apply: ({ files }) => void files.delete(path) });

  return {
    find: (path) => now.files.get(path),
    files: () => [...now.files],
    hasFolder: (path) => now.folders.has(path),
    list: (folder) =>
      [...now.files.keys()]
        .filter((path) => folderOf(path) === folder)
        .map((path) => path.slice(folder === "." ? 0 : folder.length + 1)),
    makeFolder(path) {
      if (now.folders.has(path)) return;
      change({ folders: [folderOf(path)], apply: ({ folders }) => void folders.add(path) });
    },
    link(path, inode) {
      change({ folders: [folderOf(path)], apply: ({ files }) => void files.set(path, inode) });
    },
    rename(from, to) {
      const inode = now.files.get(from);
      if (!inode) return;
      change({
        folders: [...new Set([folderOf(from), folderOf(to)])],
        apply({ files }) {
          files.delete(from);
          files.set(to, inode);
        },
      });
    },
    remove(path) {
      if (now.files.has(path)) return removeFile(path);
      if (!now.folders.has(path)) return;
      for (const inside of [...now.files.keys()]) if (inside.startsWith(`${path}/`)) removeFile(inside);
      // A folder of the same name that is made later is another one: nothing comes back into it.
      change({
        folders: [folderOf(path)],
        apply({ folders, files }) {
          folders.delete(path);
          for (const inside of [...files.keys()]) if (folderOf(inside) === path) files.delete(inside);
        },
      });
    },
    syncFolder(folder) {
      const needed = new Set([folder]);
      const isSure = new Set<Pending>();
      for (const one of pending.toReversed()) {
        if (!one.folders.some((name) => needed.has(name))) continue;
        isSure.add(one);
        for (const name of one.folders) needed.add(name);
      }
      for (const one of pending) if (isSure.has(one)) one.apply(sure);
      pending = pending.filter((one) => !isSure.has(one));
    },
    syncAll() {
      for (const one of pending) one.apply(sure);
      pending = [];
    },
    copy() {
      const copies = new Map<Inode, Inode>();
      const copyOf = (inode: Inode) => {
        const known = copies.get(inode) ?? inode.copy();
        copies.set(inode, known);
        return known;
      };
      return makeNames(
        copyTree(now, copyOf),
        copyTree(sure, copyOf),
        pending.map(({ folders, apply }) => ({ folders, apply: (tree) => applyCopied(tree, apply, copyOf) })),
      );
    },
    afterPowerLoss(random) {
      const left = copyTree(sure, (inode) => inode);
      const stopped = new Set<string>();
      for (const one of pending) {
        const isLost = one.folders.some((name) => stopped.has(name)) || !(random?.isChance(0.7) ?? false);
        if (isLost) for (const name of one.folders) stopped.add(name);
        else one.apply(left);
      }
      for (const path of [...left.files.keys()])
        if (!left.folders.has(folderOf(path))) left.files.delete(path);
      const copies = new Map<Inode, Inode>();
      const copyOf = (inode: Inode) => {
        const known = copies.get(inode) ?? inode.afterPowerLoss(random);
        copies.set(inode, known);
        return known;
      };
      return makeNames(copyTree(left, copyOf), copyTree(left, copyOf), []);
    },
  };
}

function copyTree({ files, folders }: Tree, copyOf: (inode: Inode) => Inode): Tree {
  return {
    files: new Map([...files].map(([path, inode]) => [path, copyOf(inode)])),
    folders: new Set(folders),
  };
}

/** A change of names made in one world, carried out on the copies of its files in another. */
function applyCopied(tree: Tree, apply: Pending["apply"], copyOf: (inode: Inode) => Inode): void {
  const before = new Set(tree.files.values());
  apply(tree);
  for (const [path, inode] of tree.files) if (!before.has(inode)) tree.files.set(path, copyOf(inode));
}
