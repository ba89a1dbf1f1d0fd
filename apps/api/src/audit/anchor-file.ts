import { createReadStream } from "node:fs";
import { open, rename, stat, truncate } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Log } from "../platform/log.ts";
import type { Mac } from "../platform/mac.ts";
import { syncFolder } from "../platform/sync-folder.ts";
import { type AnchoredHead, NO_LINE, readAnchorLine, writeAnchorLine } from "./anchor-line.ts";

/** The file of anchors as it was read: heads in the order in which they were written. */
export type AnchorsRead = {
  /** The first line that was changed, or before which one is missing; counted from 1. */
  badLine: number | null;
};

/**
 * Heads of audit chains outside the database, in a file of the data folder. Each line is bound to the one before it by a
 * key that the database does not hold: neither may be changed unseen.
 */
export type AnchorFile = {
  path: string;
  /** Adds heads; on the disk when it resolves. */
  append(heads: readonly Omit<AnchoredHead, "at">[], at: Date): Promise<void>;
  /**
   * Leaves out the heads that are not needed and binds the others anew, all at once; on the disk when it resolves. Where
   * a line was changed, all stay as they are, since they are what shows it.
   */
  thin(isNeeded: (head: AnchoredHead) => boolean): Promise<void>;
  /** The last sequence that was written of an organization; 0 for none. */
  lastSequence(organizationId: string): number;
  sizeBytes(): number;
};

/** Where the anchors of a data folder are. */
export function anchorPath(dataDir: string): string {
  return join(dataDir, "audit-anchors.jsonl");
}

/** Goes through the file's heads, line by line, in memory that does not grow with it. Lines that are not genuine are left out. */
export async function readAnchors(
  path: string,
  mac: Mac,
  take: (head: AnchoredHead, line: string) => void,
): Promise<AnchorsRead> {
  let former = NO_LINE;
  let count = 0;
  let badLine: number | null = null;
  for await (const line of linesOf(path)) {
    count += 1;
    const head = readAnchorLine(mac, former, line);
    if (head) take(head, line);
    else badLine ??= count;
    former = line;
  }
  return { badLine };
}

/** Opens the file, made when the first head is written. What a loss of power left of a last line is taken away. */
export async function openAnchorFile({
  path,
  mac,
  log,
}: {
  path: string;
  mac: Mac;
  log: Log;
}): Promise<AnchorFile> {
  await endWithLine(path);
  const last = new Map<string, number>();
  let former = NO_LINE;
  for await (const line of linesOf(path)) former = line;
  const { badLine } = await readAnchors(path, mac, ({ organizationId, sequence }) => {
    last.set(organizationId, sequence);
  });
  if (badLine !== null) log.error({ path, line: badLine }, "the file of audit anchors has been changed");
  let sizeBytes = await sizeOf(path);
  let turn = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };
  return {
    path,
    append: (heads, at) =>
      inTurn(async () => {
        if (heads.length === 0) return;
        const added = heads.map((head) => ({ ...head, at: at.toISOString() }));
        const lines = linesBehind(mac, former, added);
        await writeLines(path, "a", lines);
        if (former === NO_LINE) await syncFolder(dirname(path));
        former = lines.at(-1) ?? former;
        sizeBytes = await sizeOf(path);
        for (const { organizationId, sequence } of heads) last.set(organizationId, sequence);
      }),
    thin: (isNeeded) =>
      inTurn(async () => {
        const needed: AnchoredHead[] = [];
        const read = await readAnchors(path, mac, (head) => {
          if (isNeeded(head)) needed.push(head);
        });
        if (read.badLine !== null) return;
        const lines = linesBehind(mac, NO_LINE, needed);
        const aside = `${path}.new`;
        await writeLines(aside, "w", lines);
        await rename(aside, path);
        await syncFolder(dirname(path));
        former = lines.at(-1) ?? NO_LINE;
        sizeBytes = await sizeOf(path);
      }),
    lastSequence: (organizationId) => last.get(organizationId) ?? 0,
    sizeBytes: () => sizeBytes,
  };
}

function linesBehind(mac: Mac, former: string, heads: readonly AnchoredHead[]): string[] {
  let behind = former;
  return heads.map((head) => {
    behind = writeAnchorLine(mac, behind, head);
    return behind;
  });
}

async function writeLines(path: string, how: "a" | "w", lines: readonly string[]): Promise<void> {
  await using file = await open(path, how, 0o600);
  await file.appendFile(lines.map((line) => `${line}\n`).join(""));
  await file.sync();
}

async function* linesOf(path: string): AsyncGenerator<string> {
  if ((await sizeOf(path)) === 0) return;
  yield* createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
}

async function endWithLine(path: string): Promise<void> {
  const size = await sizeOf(path);
  if (size === 0) return;
  let end = size;
  {
    await using file = await open(path, "r");
    const byte = Buffer.alloc(1);
    while (end > 0) {
      await file.read(byte, 0, 1, end - 1);
      if (byte[0] === LINE_FEED) break;
      end -= 1;
    }
  }
  if (end < size) await truncate(path, end);
}

const LINE_FEED = 10;

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}
