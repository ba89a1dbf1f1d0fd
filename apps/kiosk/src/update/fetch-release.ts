import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rm, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { extract } from "tar";
import type { Network } from "../engine/link/http.ts";
import { type Clock, createDeadline } from "../engine/platform/clock.ts";
import type { ReleaseFile } from "./feed.ts";

const SILENCE_LIMIT_MS = 30_000;
/** Far more than a player has, and still an end. */
const MOST_ENTRIES = 20_000;
const MOST_UNPACKED_BYTES = 4 * 1024 ** 3;

export interface FetchDeps {
  network: Pick<Network, "fetch">;
  clock: Clock;
}

/**
 * Fetches a file to `path`, going on where an earlier try ended. Rejects when it is not of the announced size and
 * hash, and then leaves nothing; what a broken line left stays for the next try.
 */
export async function fetchRelease(
  { network, clock }: FetchDeps,
  { file, url, path }: { file: ReleaseFile; url: string; path: string },
  signal: AbortSignal,
): Promise<void> {
  const had = await sizeOf(path);
  if (had > file.sizeBytes) await rm(path, { force: true });
  const from = had > file.sizeBytes ? 0 : had;
  if (from < file.sizeBytes) {
    using limit = createDeadline(clock, signal, SILENCE_LIMIT_MS);
    const headers = from > 0 ? { Range: `bytes=${from}-` } : {};
    const response = await network.fetch(url, { headers, signal: limit.signal });
    if (response.status !== 200 && response.status !== 206)
      throw new Error(`The update could not be fetched: HTTP ${response.status}`);
    if (response.body === null) throw new Error("The update could not be fetched: no content");
    let position = response.status === 206 ? from : 0;
    await using target = await open(path, position === 0 ? "w" : "r+");
    for await (const bytes of response.body) {
      limit.extend();
      if (position + bytes.length > file.sizeBytes) {
        await rm(path, { force: true });
        throw new Error("The update is longer than its feed says");
      }
      await target.write(bytes, 0, bytes.length, position);
      position += bytes.length;
    }
    if (position < file.sizeBytes) throw new Error("The line broke while the update was fetched");
  }
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  if (hash.digest("hex") === file.sha256) return;
  await rm(path, { force: true });
  throw new Error("The update is not what its feed says: its hash is another one");
}

/**
 * Unpacks a tar.gz of plain files and folders into a folder that is there. Rejects on links, devices, names that
 * lead outside, and on more than any player could have.
 */
export async function unpackRelease(path: string, folder: string): Promise<void> {
  let entries = 0;
  let bytes = 0;
  let complaint: string | undefined;
  await extract({
    file: path,
    cwd: folder,
    strict: true,
    // Whoever unpacks owns it, whatever the archive says.
    preserveOwner: false,
    filter(name, entry) {
      entries += 1;
      bytes += entry.size ?? 0;
      const kind = "type" in entry ? entry.type : "File";
      if (kind !== "File" && kind !== "Directory") complaint = `${name} is neither a file nor a folder`;
      if (name.startsWith("/") || name.split("/").includes("..")) complaint = `${name} leads outside`;
      if (entries > MOST_ENTRIES || bytes > MOST_UNPACKED_BYTES) complaint = "it holds too much";
      return complaint === undefined;
    },
  });
  if (complaint !== undefined) throw new Error(`The update cannot be unpacked: ${complaint}`);
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    (facts) => facts.size,
    () => 0,
  );
}
