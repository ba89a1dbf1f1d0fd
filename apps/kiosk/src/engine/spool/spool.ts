import type { Clock } from "../platform/clock.ts";
import type { Faults } from "../platform/faults.ts";
import { type FileStore, makeFolderIfPossible, type OpenFile, replaceFile } from "../platform/file-store.ts";
import { describe, type Log } from "../platform/log.ts";
import { toLine } from "./lines.ts";
import {
  packSegment,
  readSegment,
  removeSegment,
  type SegmentName,
  type SpoolFormat,
  segmentPath,
  segmentsOf,
} from "./segment.ts";

/** Items that the server has not taken yet, on disk in segments that are only ever appended to. */
export interface Spool<Record, Item> extends AsyncDisposable {
  /** Takes up earlier segments, and what an earlier run did not end. */
  load(): Promise<void>;
  /** Appends a record; on disk as soon as the disk takes it, synced within a second. Never rejects. */
  append(record: Record): Promise<void>;
  /** The oldest items that are waiting, at most `limit`; none when all were taken. */
  peek(limit: number): Promise<Item[]>;
  /** Forgets the first of the items that the last `peek` gave: the server has them. */
  forget(count: number): Promise<void>;
  /** How many items wait. */
  count(): Promise<number>;
  /** Forgets and deletes everything. */
  wipe(): Promise<void>;
}

export interface SpoolDeps {
  files: FileStore;
  clock: Clock;
  log: Log;
  faults: Faults;
}

const SYNC_AFTER_MS = 1000;
/** A segment is full with so many items or bytes. */
const SEGMENT_ITEMS = 500;
const SEGMENT_BYTES = 512 * 1024;
/** The newest full segments stay as they are; older ones are packed to a fraction. */
const PLAIN_SEGMENTS = 20;
/** About 2.5 million items, over nine months of plays of 10 s; past it the oldest segment goes, and it is said. */
const MOST_SEGMENTS = 5000;
/** Kept in memory while the disk takes nothing; past it the oldest go, and it is said. */
const MEMORY_ITEMS = 10_000;
const MEMORY_CHARS = 8 * 1024 * 1024;

interface Sealed<Item> extends SegmentName {
  /** What is left to send of it, once known. */
  items: Item[] | undefined;
  count: number | undefined;
}

/** The spool of one format in one data folder. */
export function createSpool<Record, Item>(
  deps: SpoolDeps,
  format: SpoolFormat<Record, Item>,
): Spool<Record, Item> {
  const { files, clock, log, faults } = deps;
  const { name } = format;
  /** Full segments and those of earlier runs, oldest first. */
  let sealed: Sealed<Item>[] = [];
  let current: { number: number; file: OpenFile; sizeBytes: number } | undefined;
  /** Items of the current segment that were not taken yet. */
  let waiting: Item[] = [];
  let currentItems = 0;
  /** What the last `peek` read from. */
  let lent: Item[] | undefined;
  let unwritten: string[] = [];
  let unwrittenChars = 0;
  let nextNumber = 1;
  let dropped = 0;
  let syncTimer: Disposable | undefined;
  let queue = Promise.resolve();
  let isClosed = false;

  /** One change after the other, in the order of the calls. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.then(
      () => {},
      () => {},
    );
    return turn;
  };

  const complain = (error: unknown) => {
    log.error(`${name}_not_saved`, { reason: describe(error) });
    faults.raise(`${name}_not_saved`, `The disk takes no ${name}: ${describe(error)}`);
  };
  const mourn = (count: number, reason: string) => {
    dropped += count;
    log.error(`${name}_dropped`, { count, reason });
    faults.raise(`${name}_dropped`, `${dropped} ${name} were lost, the oldest first: ${reason}`);
  };

  const enqueue = (line: string) => {
    unwritten.push(line);
    unwrittenChars += line.length;
  };
  /** The lines that a segment needs so that all that waits of it is on disk. */
  const writeAnew = (items: readonly Item[]) => {
    unwritten = [];
    unwrittenChars = 0;
    for (const record of [...items.map(format.toRecord), ...format.head()]) enqueue(toLine(record));
  };

  const openSegment = async () => {
    await files.makeFolder(name);
    const number = nextNumber;
    const file = await files.open(segmentPath(name, { number, packedCount: null }), "write");
    nextNumber += 1;
    await files.syncFolder(name);
    current = { number, file, sizeBytes: 0 };
    return current;
  };

  const seal = async () => {
    if (!current) return;
    await current.file.sync();
    await current.file[Symbol.asyncDispose]();
    const isUnsent = waiting.length === currentItems && lent !== waiting;
    const items = isUnsent ? undefined : waiting;
    sealed.push({ number: current.number, packedCount: null, items, count: waiting.length });
    current = undefined;
    waiting = [];
    currentItems = 0;
    writeAnew([]);
    await packOldest();
    await boundDisk();
  };

  const packOldest = async () => {
    const plain = sealed.filter(({ packedCount }) => packedCount === null);
    const [oldest] = plain;
    if (!oldest || plain.length <= PLAIN_SEGMENTS) return;
    const items = oldest.items ?? (await readItems(oldest));
    await packSegment(files, format, oldest.number, items);
    oldest.packedCount = items.length;
    oldest.count = items.length;
  };

  const boundDisk = async () => {
    const [oldest] = sealed;
    if (!oldest || sealed.length <= MOST_SEGMENTS) return;
    const lost = (await itemsOf(oldest)).length;
    await dropOldest();
    if (lost > 0) mourn(lost, `more than ${MOST_SEGMENTS} files of them wait to be sent`);
  };

  const write = async () => {
    if (unwritten.length === 0 || isClosed) return;
    const segment = current ?? (await openSegment());
    const bytes = Buffer.from(unwritten.join(""));
    await segment.file.write(bytes, segment.sizeBytes);
    segment.sizeBytes += bytes.length;
    unwritten = [];
    unwrittenChars = 0;
    syncTimer ??= clock.after(SYNC_AFTER_MS, () => {
      syncTimer = undefined;
      void inTurn(async () => current?.file.sync()).catch((error: unknown) => complain(error));
    });
  };

  /** The items of a segment; one that is damaged beyond reading has none, which is said. */
  const readItems = async (segment: Sealed<Item>): Promise<Item[]> => {
    try {
      const records = await readSegment(files, format, segment);
      return records.flatMap((record) => format.findItem(record) ?? []);
    } catch (error) {
      if (segment.packedCount === null || !isDamage(error)) throw error;
      mourn(segment.count ?? SEGMENT_ITEMS, `a file of them is damaged (${describe(error)})`);
      return [];
    }
  };
  const itemsOf = async (segment: Sealed<Item>): Promise<Item[]> => {
    segment.items ??= await readItems(segment);
    return segment.items;
  };

  const readOldest = async (): Promise<Item[]> => {
    for (let oldest = sealed[0]; oldest; oldest = sealed[0]) {
      const items = await itemsOf(oldest);
      if (items.length > 0) return items;
      await dropOldest();
    }
    return waiting;
  };

  const dropOldest = async () => {
    const oldest = sealed.shift();
    if (oldest) await removeSegment(files, name, oldest);
  };

  const syncFile = async (path: string) => {
    await using file = await files.open(path, "write");
    await file.sync();
  };

  const takeUp = async () => {
    await makeFolderIfPossible(files, name);
    const found = segmentsOf(await files.list(name));
    const last = found.at(-1);
    sealed = found.map((segment) => ({
      ...segment,
      items: undefined,
      count: segment.packedCount ?? undefined,
    }));
    nextNumber = (last?.number ?? 0) + 1;
    // The head of the very last may have been cut short by the crash: the one before it still has all of it.
    const ends: Record[] = [];
    for (const one of found.slice(-2)) {
      if (one.packedCount !== null) continue;
      // A run that was killed had no time to sync what it wrote, and power may yet go.
      await syncFile(segmentPath(name, one)).catch(complain);
      ends.push(...(await readSegment(files, format, one)));
    }
    const lost = format.recover(ends);
    if (lost.length === 0) return;
    const lines = lost.map((item) => toLine(format.toRecord(item)));
    const number = nextNumber;
    nextNumber += 1;
    try {
      await replaceFile(files, segmentPath(name, { number, packedCount: null }), Buffer.from(lines.join("")));
      sealed.push({ number, packedCount: null, items: lost, count: lost.length });
    } catch (error) {
      // Written with what comes next, once the disk takes it: the segment that tells of them may be gone by then.
      complain(error);
      waiting.push(...lost);
      currentItems += lost.length;
      for (const line of lines) enqueue(line);
    }
    log.info(`${name}_recovered`, { count: lost.length });
  };

  return {
    load: () => inTurn(takeUp),
    append: (record) =>
      inTurn(async () => {
        const item = format.findItem(record);
        if (item !== undefined) {
          waiting.push(item);
          currentItems += 1;
        }
        if (unwrittenChars > MEMORY_CHARS) writeAnew(waiting);
        else enqueue(toLine(record));
        if (waiting.length > MEMORY_ITEMS) {
          waiting.shift();
          mourn(1, `the disk takes none, and memory holds ${MEMORY_ITEMS}`);
        }
        try {
          await write();
          faults.clear(`${name}_not_saved`);
          const isFull = currentItems >= SEGMENT_ITEMS || (current?.sizeBytes ?? 0) >= SEGMENT_BYTES;
          if (isFull) await seal();
        } catch (error) {
          complain(error);
        }
      }),
    peek: (limit) =>
      inTurn(async () => {
        lent = await readOldest();
        return lent.slice(0, limit);
      }),
    forget: (count) =>
      inTurn(async () => {
        lent?.splice(0, count);
        const [oldest] = sealed;
        if (!oldest?.items || oldest.items !== lent) return;
        oldest.count = oldest.items.length;
        if (oldest.items.length === 0) await dropOldest();
      }),
    count: () =>
      inTurn(async () => {
        let sum = waiting.length;
        for (const segment of sealed) {
          segment.count = segment.items?.length ?? segment.count ?? (await readItems(segment)).length;
          sum += segment.count;
        }
        return sum;
      }),
    wipe: () =>
      inTurn(async () => {
        await current?.file[Symbol.asyncDispose]();
        current = undefined;
        sealed = [];
        waiting = [];
        currentItems = 0;
        lent = undefined;
        unwritten = [];
        unwrittenChars = 0;
        dropped = 0;
        faults.clear(`${name}_dropped`);
        await files.remove(name);
      }),
    [Symbol.asyncDispose]: () =>
      inTurn(async () => {
        if (isClosed) return;
        try {
          // What a full disk refused may find room now; nothing else will write it.
          await write();
          await current?.file.sync();
        } catch (error) {
          complain(error);
        }
        isClosed = true;
        syncTimer?.[Symbol.dispose]();
        await current?.file[Symbol.asyncDispose]();
      }),
  };
}

/** Whether the bytes are at fault, as against the disk. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^Z_|^ERR_BUFFER_TOO_LARGE/.test(String(error.code));
}
