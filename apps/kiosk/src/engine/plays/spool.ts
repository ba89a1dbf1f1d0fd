import type { PlayReport } from "@vitrine/core/model/device-protocol";
import type { Clock } from "../platform/clock.ts";
import type { Faults } from "../platform/faults.ts";
import { type FileStore, type OpenFile, replaceFile } from "../platform/file-store.ts";
import { describe, type Log } from "../platform/log.ts";
import { readSpoolLines, type SpoolRecord, toSpoolLine } from "./spool-line.ts";

/** Plays that the server has not taken yet, on disk in segments that are only ever appended to. */
export interface Spool extends AsyncDisposable {
  /** Takes up earlier segments; showings that the kiosk did not survive become cut plays. */
  load(): Promise<void>;
  /** Appends a record; on disk as soon as the disk takes it, synced within a second. Never rejects. */
  append(record: SpoolRecord): Promise<void>;
  /** The oldest plays that are waiting, at most `limit`; none when all were taken. */
  peek(limit: number): Promise<PlayReport[]>;
  /** Forgets the plays that the last `peek` gave: the server has them. */
  forget(count: number): Promise<void>;
  /** Forgets and deletes everything. */
  wipe(): Promise<void>;
}

export interface SpoolDeps {
  files: FileStore;
  clock: Clock;
  log: Log;
  faults: Faults;
}

const FOLDER = "plays";
const SEGMENT_PLAYS = 500;
const SYNC_AFTER_MS = 1000;
/** Plays kept in memory while the disk takes none. */
const MEMORY_PLAYS = 5000;
const MEMORY_CHARS = 4 * 1024 * 1024;

const segmentPath = (number: number) => `${FOLDER}/${String(number).padStart(12, "0")}.log`;

/** The spool of one data folder. */
export function createSpool(deps: SpoolDeps): Spool {
  const { files, clock, log, faults } = deps;
  /** Segments of earlier runs and full ones, oldest first; `plays` what is left to send, once known. */
  let sealed: { number: number; plays: PlayReport[] | undefined }[] = [];
  let current: { number: number; file: OpenFile; sizeBytes: number } | undefined;
  /** Finished plays of the current segment that were not taken yet. */
  let waiting: PlayReport[] = [];
  let currentPlays = 0;
  /** Showings that have begun and not ended, by sequence number. */
  const open = new Map<number, SpoolRecord>();
  let unwritten = "";
  let nextNumber = 1;
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

  const openSegment = async () => {
    await files.makeFolder(FOLDER);
    const number = nextNumber;
    nextNumber += 1;
    const file = await files.open(segmentPath(number), "write");
    await files.syncFolder(FOLDER);
    current = { number, file, sizeBytes: 0 };
    currentPlays = 0;
    return current;
  };

  const seal = async () => {
    if (!current) return;
    await current.file.sync();
    await current.file[Symbol.asyncDispose]();
    const isUnsent = waiting.length === currentPlays;
    sealed.push({ number: current.number, plays: isUnsent ? undefined : waiting });
    current = undefined;
    waiting = [];
    unwritten = [...open.values()].map(toSpoolLine).join("") + unwritten;
  };

  const write = async () => {
    if (unwritten === "" || isClosed) return;
    const segment = current ?? (await openSegment());
    const bytes = Buffer.from(unwritten);
    await segment.file.write(bytes, segment.sizeBytes);
    segment.sizeBytes += bytes.length;
    unwritten = "";
    syncTimer ??= clock.after(SYNC_AFTER_MS, () => {
      syncTimer = undefined;
      void inTurn(async () => current?.file.sync()).catch((error: unknown) => complain(error));
    });
  };

  const complain = (error: unknown) => {
    log.error("plays_not_saved", { reason: describe(error) });
    faults.raise("plays_not_saved", describe(error));
  };

  const readOldest = async (): Promise<PlayReport[]> => {
    for (let oldest = sealed[0]; oldest; oldest = sealed[0]) {
      oldest.plays ??= await readPlays(files, segmentPath(oldest.number));
      if (oldest.plays.length > 0) return oldest.plays;
      await dropOldest();
    }
    return waiting;
  };

  const dropOldest = async () => {
    const oldest = sealed.shift();
    if (oldest) await files.remove(segmentPath(oldest.number));
  };

  return {
    load: () =>
      inTurn(async () => {
        await files.makeFolder(FOLDER);
        const names = (await files.list(FOLDER)).filter((name) => /^\d{12}\.log$/.test(name));
        const numbers = names.map((name) => Number(name.slice(0, 12))).toSorted((one, other) => one - other);
        sealed = numbers.map((number) => ({ number, plays: undefined }));
        nextNumber = (numbers.at(-1) ?? 0) + 1;
        const lost = await findUnfinished(files, numbers.at(-1));
        if (lost.length === 0) return;
        const recovered = lost.map((play) => toSpoolLine({ k: "done", play })).join("");
        await replaceFile(files, segmentPath(nextNumber), Buffer.from(recovered));
        sealed.push({ number: nextNumber, plays: lost });
        nextNumber += 1;
        log.info("plays_recovered", { count: lost.length });
      }),
    append: (record) =>
      inTurn(async () => {
        if (record.k === "open") open.set(record.play.sequence, record);
        if (record.k === "done") open.delete(record.play.sequence);
        unwritten += toSpoolLine(record);
        if (record.k === "done") {
          waiting.push(record.play);
          currentPlays += 1;
          if (waiting.length > MEMORY_PLAYS) waiting.shift();
        }
        if (unwritten.length > MEMORY_CHARS)
          unwritten = unwritten.slice(unwritten.indexOf("\n", MEMORY_CHARS / 2) + 1);
        try {
          await write();
          faults.clear("plays_not_saved");
          if (currentPlays >= SEGMENT_PLAYS) await seal();
        } catch (error) {
          complain(error);
        }
      }),
    peek: (limit) => inTurn(async () => (await readOldest()).slice(0, limit)),
    forget: (count) =>
      inTurn(async () => {
        const plays = sealed[0]?.plays ?? waiting;
        plays.splice(0, count);
        if (sealed[0]?.plays?.length === 0) await dropOldest();
      }),
    wipe: () =>
      inTurn(async () => {
        await current?.file[Symbol.asyncDispose]();
        current = undefined;
        open.clear();
        sealed = [];
        waiting = [];
        unwritten = "";
        await files.remove(FOLDER);
      }),
    async [Symbol.asyncDispose]() {
      syncTimer?.[Symbol.dispose]();
      await inTurn(async () => {
        if (isClosed) return;
        isClosed = true;
        try {
          await current?.file.sync();
        } finally {
          await current?.file[Symbol.asyncDispose]();
        }
      });
    },
  };
}

async function readPlays(files: FileStore, path: string): Promise<PlayReport[]> {
  const records = readSpoolLines((await files.find(path)) ?? new Uint8Array());
  return records.flatMap((record) => (record.k === "done" ? [record.play] : []));
}

/**
 * Showings that began in a segment and were never finished, as cut plays of the length that is known for sure.
 * Only the last segment can hold one: what is open is written again at the head of each new segment.
 */
async function findUnfinished(files: FileStore, number: number | undefined): Promise<PlayReport[]> {
  const bytes = number === undefined ? undefined : await files.find(segmentPath(number));
  const open = new Map<string, PlayReport>();
  const keyOf = (boot: string, sequence: number) => `${boot} ${sequence}`;
  for (const record of readSpoolLines(bytes ?? new Uint8Array())) {
    if (record.k === "open") open.set(keyOf(record.play.bootId, record.play.sequence), record.play);
    if (record.k === "done") open.delete(keyOf(record.play.bootId, record.play.sequence));
    if (record.k !== "alive") continue;
    const play = open.get(keyOf(record.boot, record.seq));
    if (play) open.set(keyOf(record.boot, record.seq), { ...play, durationMs: record.ms });
  }
  return [...open.values()];
}
