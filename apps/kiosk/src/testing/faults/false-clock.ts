import { spawnSync } from "node:child_process";
import { openSync, writeSync } from "node:fs";
import { join } from "node:path";

/** The wall clock of the processes that are started with `env`: this machine's plus an offset that can be changed. */
export interface FalseClock {
  readonly env: Record<string, string>;
  set(offsetMs: number): void;
}

/**
 * A false clock by a library that is preloaded, built in `folder`; undefined where there is no C compiler. All
 * processes jump at once, and monotonic clocks stay as they are. (A browser does not start under libfaketime.)
 */
export function findFalseClock(folder: string): FalseClock | undefined {
  const library = join(folder, "false-clock.so");
  const source = join(import.meta.dirname, "false-clock.c");
  if (spawnSync("cc", ["-shared", "-fPIC", "-O2", "-o", library, source]).status !== 0) return undefined;
  const path = join(folder, `false-clock-${crypto.randomUUID()}`);
  const file = openSync(path, "w", 0o644);
  const set = (offsetMs: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(Math.round(offsetMs)));
    writeSync(file, bytes, 0, bytes.length, 0);
  };
  set(0);
  return { env: { LD_PRELOAD: library, VITRINE_FALSE_CLOCK: path }, set };
}
