import { expect, test } from "vitest";
import { makeFolder } from "../testing/test-kiosk.ts";
import { until } from "../testing/until.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { openDiskFileStore } from "./disk-file-store.ts";
import { createFaults } from "./faults.ts";
import { type FileStore, replaceFile } from "./file-store.ts";
import { watchDisk } from "./watched-store.ts";

test("C5: a disk that refuses writes is said, full or read-only, whoever wrote, and found to take them again by itself", async () => {
  await using folder = await makeFolder();
  const disk = await openDiskFileStore(folder.path);
  let code: string | undefined;
  const inner: FileStore = {
    ...disk,
    async open(path, access) {
      if (code !== undefined && access === "write") throw Object.assign(new Error("refused"), { code });
      return disk.open(path, access);
    },
  };
  const clock = createVirtualClock();
  const faults = createFaults(() => {});
  using files = watchDisk(inner, { clock, faults });
  const kinds = () => faults.list().map((fault) => fault.kind);
  for (const [refusal, kind] of [
    ["ENOSPC", "disk_full"],
    ["EROFS", "disk_read_only"],
  ] as const) {
    code = refusal;
    await expect(replaceFile(files, "something", Buffer.from("1"))).rejects.toThrow("refused");
    expect(kinds()).toEqual([kind]);
    code = undefined;
    await until("found", () => {
      clock.advance(5000);
      return kinds().length === 0;
    });
  }
  expect(await disk.list(".")).not.toContain("probe");
});
