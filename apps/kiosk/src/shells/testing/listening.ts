import { readdir, readFile, readlink } from "node:fs/promises";

const LISTENING = "0A";

/** TCP ports that processes with this text in their command line listen on. */
export async function listListening(marker: string): Promise<number[]> {
  const tables = await Promise.all(
    ["tcp", "tcp6"].map((name) => readFile(`/proc/net/${name}`, "utf8").catch(() => "")),
  );
  const portOf = new Map<string, number>();
  for (const line of tables.flatMap((table) => table.split("\n").slice(1))) {
    const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
    if (state === LISTENING) portOf.set(`socket:[${inode}]`, Number.parseInt(local.split(":")[1] ?? "0", 16));
  }
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      if (!line.includes(marker)) return [];
      const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
      const links = await Promise.all(
        handles.map((handle) => readlink(`/proc/${pid}/fd/${handle}`).catch(() => "")),
      );
      return links.flatMap((link) => portOf.get(link) ?? []);
    }),
  );
  return [...new Set(found.flat())];
}
