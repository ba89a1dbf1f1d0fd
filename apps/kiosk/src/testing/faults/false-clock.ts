import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The wall clock of the processes that are started with `env`: this machine's plus an offset that can be changed. */
export interface FalseClock {
  readonly env: Record<string, string>;
  offsetMs(): number;
  set(offsetMs: number): void;
}

/**
 * A false clock by libfaketime, which leaves monotonic clocks as they are; undefined where it is not installed. The
 * offset is read at each look at the clock, so all processes jump at once.
 */
export function findFalseClock(folder: string): FalseClock | undefined {
  const [library] = globSync("/usr/lib/*/faketime/libfaketime.so.1");
  if (library === undefined) return undefined;
  const file = join(folder, `false-clock-${crypto.randomUUID()}`);
  let offset = 0;
  const set = (offsetMs: number) => {
    offset = offsetMs;
    writeFileSync(file, `${offsetMs < 0 ? "-" : "+"}${(Math.abs(offsetMs) / 1000).toFixed(3)}s\n`, {
      mode: 0o644,
    });
  };
  set(0);
  return {
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      DONT_FAKE_MONOTONIC: "1",
    },
    offsetMs: () => offset,
    set,
  };
}
