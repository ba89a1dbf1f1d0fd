import { mkdir, open, readdir, readFile, readlink, rename, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The folder of an installation, by paths relative to it: every change of it is one of these calls. */
export interface InstallDisk {
  absolute(path: string): string;
  find(path: string): Promise<string | undefined>;
  /** Puts a small file in place, whole, and returns once it survives a loss of power. */
  put(path: string, text: string): Promise<void>;
  findLink(path: string): Promise<string | undefined>;
  /** Lets a link point elsewhere in one step, that survives a loss of power. */
  point(path: string, target: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  list(folder: string): Promise<string[]>;
  /** Returns once everything below survives a loss of power. */
  syncTree(folder: string): Promise<void>;
}

/** An `InstallDisk` on a folder that is there. */
export function openInstallDisk(root: string): InstallDisk {
  const at = (path: string) => join(root, path);
  const replace = async (path: string, make: (temporary: string) => Promise<void>) => {
    const temporary = `${at(path)}.new`;
    await rm(temporary, { force: true });
    await make(temporary);
    await rename(temporary, at(path));
    await sync(dirname(at(path)));
  };
  return {
    absolute: at,
    find: (path) => orUndefined(readFile(at(path), "utf8")),
    findLink: (path) => orUndefined(readlink(at(path))),
    put: (path, text) =>
      replace(path, async (temporary) => {
        await using file = await open(temporary, "w", 0o644);
        await file.writeFile(text);
        await file.sync();
      }),
    point: (path, target) => replace(path, (temporary) => symlink(target, temporary)),
    async rename(from, to) {
      await rename(at(from), at(to));
      await sync(dirname(at(to)));
    },
    remove: (path) => rm(at(path), { recursive: true, force: true }),
    makeFolder: async (path) => void (await mkdir(at(path), { recursive: true })),
    list: async (folder) => (await orUndefined(readdir(at(folder)))) ?? [],
    async syncTree(folder) {
      const entries = await readdir(at(folder), { recursive: true, withFileTypes: true });
      for (const entry of entries) await sync(join(entry.parentPath, entry.name));
      await sync(at(folder));
    },
  };
}

async function sync(path: string): Promise<void> {
  await using handle = await open(path, "r");
  await handle.sync();
}

async function orUndefined<Value>(work: Promise<Value>): Promise<Value | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
