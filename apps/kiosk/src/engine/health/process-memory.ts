import { readdir, readFile } from "node:fs/promises";

/**
 * Resident memory of every process that descends from this one, in bytes, what they share counted once
 * (proportional set size); null where nothing descends from it or the platform does not tell.
 */
export async function stageMemory(pid: number): Promise<number | null> {
  const children = await childrenByParent();
  const descendants = [...(children.get(pid) ?? [])];
  for (const one of descendants) descendants.push(...(children.get(one) ?? []));
  const sizes = await Promise.all(descendants.map(residentBytes));
  const known = sizes.filter((bytes) => bytes !== undefined);
  return known.length === 0 ? null : known.reduce((sum, bytes) => sum + bytes, 0);
}

async function childrenByParent(): Promise<Map<number, number[]>> {
  const children = new Map<number, number[]>();
  const names = await readdir("/proc").catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
      // `pid (name) state parent …`: the name may hold anything, blanks and brackets too.
      const parent = Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1] ?? Number.NaN);
      if (Number.isInteger(parent)) children.set(parent, [...(children.get(parent) ?? []), pid]);
    }),
  );
  return children;
}

async function residentBytes(pid: number): Promise<number | undefined> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  const proportional = /^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1];
  if (proportional !== undefined) return Number(proportional) * 1024;
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return resident === undefined ? undefined : Number(resident) * 1024;
}
