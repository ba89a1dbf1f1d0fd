import { readdirSync, readFileSync } from "node:fs";
import { eventually } from "@vitrine/harness/processes";
import { GROWTH_BYTES, type ObedientPage } from "./obedient-page.ts";

export interface KioskProcess {
  pid: number;
  type: "engine" | "browser" | "renderer" | "other";
}

/** All processes of the kiosk that keeps itself in `dataDir`, by their command lines. */
export function listKioskProcesses(dataDir: string): KioskProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const words = readCommandLine(name);
      const line = words.join(" ");
      if (!line.includes(dataDir)) return [];
      return [{ pid: Number(name), type: typeOf(line, words) }];
    });
}

/** The processes of one type. */
export function findProcesses(dataDir: string, type: KioskProcess["type"]): number[] {
  return listKioskProcesses(dataDir).flatMap((one) => (one.type === type ? [one.pid] : []));
}

/** The process that draws the page, which is told to grow until it can be told from the others. */
export async function findPageProcess(dataDir: string, page: ObedientPage): Promise<number> {
  const before = new Map(findProcesses(dataDir, "renderer").map((pid) => [pid, residentBytes(pid)]));
  page.order("grow");
  return await eventually(
    "the page's process is found by its growth",
    () =>
      findProcesses(dataDir, "renderer").find(
        (pid) => residentBytes(pid) - (before.get(pid) ?? 0) > GROWTH_BYTES * 0.75,
      ),
    20_000,
    200,
  );
}

/** Sends a signal to each that is still there; tells to how many. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): number {
  let reached = 0;
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
      reached += 1;
    } catch {
      // Already gone.
    }
  }
  return reached;
}

function typeOf(line: string, words: readonly string[]): KioskProcess["type"] {
  if (line.includes("--type=renderer")) return "renderer";
  if (words.includes("--remote-debugging-pipe") && !line.includes("--type=")) return "browser";
  return line.includes("apps/kiosk/src/main.ts") && !words.includes("netns") ? "engine" : "other";
}

function readCommandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split(/\0| /);
  } catch {
    return [];
  }
}

const PAGE_BYTES = 4096;

function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
