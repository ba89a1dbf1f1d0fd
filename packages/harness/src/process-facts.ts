import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;

/** CPU seconds (user and system) that a process has used. Linux. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Memory that a process holds now, in bytes: proportional set size, shared pages split among their users. Linux. */
export function memoryBytes(pid: number): number {
  const found = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+) kB/m);
  return Number(found?.[1] ?? 0) * 1024;
}

/**
 * Memory that a process holds of its own, in bytes: anonymous and shared memory, proportionally, without the pages of
 * files, whose part depends on who else on the machine runs the same program. Linux.
 */
export function heldBytes(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const parts = [...rollup.matchAll(/^Pss_(?:Anon|Shmem):\s+(\d+) kB/gm)];
  return parts.reduce((sum, [, kibibytes]) => sum + Number(kibibytes) * 1024, 0);
}

/** Resident memory of a process in bytes. Linux. */
export function residentBytes(pid: number): number {
  const found = readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmRSS:\s+(\d+) kB/m);
  return Number(found?.[1] ?? 0) * 1024;
}

/** The processes below one, itself left out, with their command lines. */
export function descendants(pid: number): { pid: number; command: string }[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? tryRead(`/proc/${name}/stat`) : undefined;
    if (stat !== undefined) parents.set(Number(name), Number(stat.split(") ")[1]?.split(" ")[1]));
  }
  const isBelow = (one: number): boolean => {
    const parent = parents.get(one);
    return parent === pid || (parent !== undefined && parent > 1 && isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow).map((one) => ({
    pid: one,
    command: (tryRead(`/proc/${one}/cmdline`) ?? "").replaceAll("\0", " "),
  }));
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
