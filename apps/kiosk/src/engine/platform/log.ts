import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "./clock.ts";

export type LogFields = Readonly<Record<string, unknown>>;

/** Structured log: one event name, then facts. Values under secret names are left out. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** Takes one finished line, newline included. Must not throw. */
export type LogSink = (line: string) => void;

const SECRETS = /token|secret|signature|privateKey|deviceCode|authorization|password|apiKey/i;

/** JSON lines `{time, level, event, ...fields}` to every sink. */
export function createLog(clock: Clock, sinks: readonly LogSink[], base: LogFields = {}): Log {
  const write = (level: string, event: string, fields: LogFields = {}) => {
    const time = new Date(clock.wallMs()).toISOString();
    const line = `${JSON.stringify({ time, level, event, ...base, ...fields }, withoutSecrets)}\n`;
    for (const sink of sinks) sink(line);
  };
  return {
    info: (event, fields) => write("info", event, fields),
    warn: (event, fields) => write("warn", event, fields),
    error: (event, fields) => write("error", event, fields),
  };
}

/** A file that is moved to `<path>.1` when it passes `limitBytes`; a disk that refuses costs lines, not the kiosk. */
export function rotatedFileSink(path: string, limitBytes: number): LogSink {
  let sizeBytes = 0;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    sizeBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return () => {};
  }
  return (line) => {
    try {
      if (sizeBytes > limitBytes) {
        renameSync(path, `${path}.1`);
        sizeBytes = 0;
      }
      appendFileSync(path, line, { mode: 0o600 });
      sizeBytes += Buffer.byteLength(line);
    } catch {
      // A full or read-only disk: the same line is on stderr.
    }
  };
}

/** The newest whole lines of a log file and of the one that was moved aside, oldest first, at most `limitBytes`. */
export async function readNewestLines(path: string, limitBytes: number): Promise<Uint8Array> {
  const newest = await readTail(path, limitBytes);
  const older = newest.length < limitBytes ? await readTail(`${path}.1`, limitBytes - newest.length) : newest;
  const all = older === newest ? newest : Buffer.concat([older, newest]);
  return all.length < limitBytes ? all : all.subarray(all.indexOf(10) + 1);
}

/** The last bytes of a file; none where it cannot be read. */
async function readTail(path: string, limitBytes: number): Promise<Buffer> {
  try {
    await using handle = await open(path);
    const { size } = await handle.stat();
    const length = Math.min(size, limitBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.subarray(0, bytesRead);
  } catch {
    return Buffer.alloc(0);
  }
}

/** What an error says, in one line, for a log or a fault. */
export function describe(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `${text}${cause}`.replace(/\s+/g, " ").slice(0, 400);
}

function withoutSecrets(key: string, value: unknown): unknown {
  if (SECRETS.test(key)) return "[left out]";
  return value instanceof Error ? describe(value) : value;
}
