import { CHUNK_BYTES } from "@vitrine/core/model/ids";
import { expect, test } from "vitest";
import type { Link } from "../link/link.ts";
import { systemClock } from "../platform/clock.ts";
import { openDiskFileStore } from "../platform/disk-file-store.ts";
import type { FileStore } from "../platform/file-store.ts";
import { createLog } from "../platform/log.ts";
import { systemRandom } from "../platform/random.ts";
import { createCrashingStore, PowerLoss } from "../testing/crashing-store.ts";
import { makeFile } from "../testing/test-content.ts";
import { makeFolder } from "../testing/test-kiosk.ts";
import { createCache } from "./cache.ts";
import { downloadFile } from "./download.ts";

const file = makeFile(CHUNK_BYTES + 300_000);
const never = new AbortController().signal;

/** A server that has the file, without a network between. */
const link: Pick<Link, "open" | "request"> = {
  async open(_, headers) {
    const start = Number(/bytes=(\d+)-/.exec(headers.range ?? "")?.[1] ?? 0);
    const total = file.bytes.length;
    async function* body() {
      for (let at = start; at < total; at += 400_000) yield file.bytes.subarray(at, at + 400_000);
    }
    return {
      status: 206,
      headers: new Headers({ "content-range": `bytes ${start}-${total - 1}/${total}` }),
      body: body(),
    };
  },
  request: async () => ({ status: 200, headers: new Headers(), body: file.chunks }),
};

async function bring(files: FileStore): Promise<void> {
  const deps = { files, clock: systemClock, random: systemRandom, log: createLog(systemClock, []) };
  await files.makeFolder("files");
  await files.makeFolder("partial");
  const unheard = { onProgress: () => {}, onCut: () => {}, onWrongChunk: () => {} };
  await downloadFile({ ...deps, ...unheard, link: link as Link }, file.file, never);
}

test("power lost at any change of the disk never leaves a file in the cache that is not whole, and the next start ends the download", async () => {
  let crashAt = 0;
  for (let isOver = false; !isOver; crashAt += 1) {
    await using folder = await makeFolder();
    const disk = await openDiskFileStore(folder.path);
    try {
      await bring(createCrashingStore(disk, crashAt));
      isOver = true;
    } catch (error) {
      expect(error).toBeInstanceOf(PowerLoss);
    }
    const stored = await disk.find(`files/${file.file.sha256}`);
    if (stored) expect(file.bytes.equals(stored)).toBe(true);
    if (!stored) await bring(disk);
    const cache = createCache({ files: disk, clock: systemClock, onDamaged: () => {} });
    await cache.load();
    expect(await cache.verify(file.file, never)).toBe(true);
  }
  expect(crashAt).toBeGreaterThan(10);
}, 30_000);
