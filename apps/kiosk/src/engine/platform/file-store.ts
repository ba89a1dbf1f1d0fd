/** A file that is open. Positions and sizes are in bytes. */
export interface OpenFile extends AsyncDisposable {
  /** Fills `into` from `position`; gives the number of bytes read, less only at the end of the file. */
  read(into: Uint8Array, position: number): Promise<number>;
  write(bytes: Uint8Array, position: number): Promise<void>;
  truncate(sizeBytes: number): Promise<void>;
  /** Returns once the bytes survive a loss of power. */
  sync(): Promise<void>;
}

/** What tells one state of a file from another without reading it. */
export interface FileFacts {
  sizeBytes: number;
  /** Changes with any write through the file system: inode, size, time of change. */
  fingerprint: string;
  modifiedAtMs: number;
}

/**
 * The data folder, by paths relative to it. Small on purpose: every change of the disk goes through one of
 * these calls, so a test can stop the world at each. Failures reject with Node's own errors (`code`).
 */
export interface FileStore {
  absolute(path: string): string;
  /** Opens for reading, or for reading and writing (created if absent, mode 0600, never emptied). */
  open(path: string, access: "read" | "write"): Promise<OpenFile>;
  /** The whole content, or undefined if there is no such file. */
  find(path: string): Promise<Uint8Array | undefined>;
  findFacts(path: string): Promise<FileFacts | undefined>;
  /** Names in a folder, without order; none if it is absent. */
  list(folder: string): Promise<string[]>;
  makeFolder(folder: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Absent already is fine. */
  remove(path: string): Promise<void>;
  syncFolder(folder: string): Promise<void>;
  freeBytes(): Promise<number>;
  /** All that the disk under the folder holds, free or not. */
  totalBytes(): Promise<number>;
}

/** Puts `bytes` in place of a file so that a crash at any point leaves the former or the new one, whole. */
export async function replaceFile(files: FileStore, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.new`;
  {
    await using file = await files.open(temporary, "write");
    await file.truncate(0);
    await file.write(bytes, 0);
    await file.sync();
  }
  await files.rename(temporary, path);
  await files.syncFolder(folderOf(path));
}

/** Makes a folder that is only read from as yet; a disk that refuses is found out by whoever writes. */
export async function makeFolderIfPossible(files: FileStore, folder: string): Promise<void> {
  await files.makeFolder(folder).catch(() => {});
}

/** The folder part of a path, `.` for one without. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}

/** Whether a failure says that the disk takes no writes at all. */
export function isReadOnly(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EROFS";
}

/** Whether a failure says that the disk is full. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}
