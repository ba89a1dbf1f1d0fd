import { expect, test } from "vitest";
import { systemClock } from "../platform/clock.ts";
import { openDiskFileStore } from "../platform/disk-file-store.ts";
import type { FileStore } from "../platform/file-store.ts";
import { fileAsset, makeFile, makeManifest } from "../testing/test-content.ts";
import { makeFolder } from "../testing/test-kiosk.ts";
import { createCache } from "./cache.ts";
import { makeRoom } from "./space.ts";

/** A disk of so many bytes, of which the files in the cache take theirs. */
function smallDisk(files: FileStore, sizeBytes: number): FileStore {
  return {
    ...files,
    async freeBytes() {
      let free = sizeBytes;
      for (const folder of ["files", "partial"]) {
        for (const name of await files.list(folder))
          free -= (await files.findFacts(`${folder}/${name}`))?.sizeBytes ?? 0;
      }
      return free;
    },
  };
}

test("C3: room is made from what no manifest needs, oldest first, and never from what plays or will within 24 hours", async () => {
  await using folder = await makeFolder();
  const disk = await openDiskFileStore(folder.path);
  const [playing, coming, unassigned, old, older] = [1000, 1000, 1000, 1000, 1000].map((size) =>
    makeFile(size),
  );
  if (!playing || !coming || !unassigned || !old || !older) throw new Error("Five files were made");
  const files = smallDisk(disk, 5000);
  await files.makeFolder("files");
  for (const { file, bytes } of [older, old, playing, coming, unassigned]) {
    await using open = await files.open(`files/${file.sha256}`, "write");
    await open.write(bytes, 0);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const cache = createCache({ files, clock: systemClock, onDamaged: () => {} });
  await cache.load();
  const newest = makeManifest({ assets: [fileAsset(coming)] });
  newest.assets.push(fileAsset(unassigned));
  const use = {
    kept: [makeManifest({ assets: [fileAsset(playing)] })],
    newest,
    nowMs: Date.parse("2026-11-21T12:00:00Z"),
    coming: "0".repeat(64),
  };
  const deps = { files, cache, reserveBytes: 0, limitBytes: null };

  const names = (list: string[]) =>
    list.map((sha256) =>
      [older, old, playing, coming, unassigned].findIndex(({ file }) => file.sha256 === sha256),
    );
  expect(await makeRoom(deps, use, 0)).toEqual({ hasRoom: true, evicted: [] });
  const first = await makeRoom(deps, use, 1500);
  expect({ ...first, evicted: names(first.evicted) }).toEqual({ hasRoom: true, evicted: [0, 1] });
  const last = await makeRoom(deps, use, 4000);
  expect({ ...last, evicted: names(last.evicted) }).toEqual({ hasRoom: false, evicted: [4] });
  expect(cache.has(playing.file)).toBe(true);
  expect(cache.has(coming.file)).toBe(true);
});
