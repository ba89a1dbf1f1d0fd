import { expect, test } from "vitest";
import { ConfigError } from "../config/config.ts";
import { takeUpFolder } from "../data-format.ts";
import { openDiskFileStore } from "../platform/disk-file-store.ts";
import { replaceFile } from "../platform/file-store.ts";
import { createLog } from "../platform/log.ts";
import { makeFolder } from "../testing/test-kiosk.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { CRASH_LIMIT, noteStart } from "./starts.ts";

const clock = createVirtualClock();
const log = createLog(clock, []);

test("W5: a run knows how it came to be: boot, restart, crash or update", async () => {
  await using folder = await makeFolder();
  const files = await openDiskFileStore(folder.path);
  const begin = (machineBootId: string, appVersion = "1.0.0") =>
    noteStart({ files, clock, log, machineBootId, appVersion });
  expect((await begin("a")).reason).toBe("boot");
  const crashed = await begin("a");
  expect(crashed.reason).toBe("crash");
  await crashed.end();
  expect((await begin("a")).reason).toBe("restart");
  expect((await begin("b")).reason).toBe("boot");
  expect((await begin("b", "1.1.0")).reason).toBe("update");
});

test("W6: what was on the glass at five crashes in a row within 15 minutes is suspect for 10 minutes, and nothing else is", async () => {
  await using folder = await makeFolder();
  const files = await openDiskFileStore(folder.path);
  const begin = () => noteStart({ files, clock, log, machineBootId: "a", appVersion: "1.0.0" });
  await (await begin()).noteOnGlass(["page"]);
  for (let crash = 1; crash < CRASH_LIMIT; crash += 1) {
    clock.advance(60_000);
    const run = await begin();
    await run.noteOnGlass(crash === 2 ? ["page"] : ["page", "picture"]);
    expect(run.isSuspect("page")).toBe(false);
  }
  clock.advance(60_000);
  const last = await begin();
  await last.noteOnGlass(["page", "picture"]);
  expect(last).toMatchObject({ reason: "crash", crashes: CRASH_LIMIT });
  expect([last.isSuspect("page"), last.isSuspect("picture")]).toEqual([true, false]);
  clock.advance(10 * 60_000);
  expect(last.isSuspect("page")).toBe(false);
  clock.advance(15 * 60_000);
  expect((await begin()).crashes).toBe(1);
});

test("C6: a folder of an older player is taken up and marked; of a newer one it is used if that says so, else refused unchanged", async () => {
  await using folder = await makeFolder();
  const files = await openDiskFileStore(folder.path);
  const mark = (value: object) => replaceFile(files, "format.json", Buffer.from(JSON.stringify(value)));
  const read = async () => Buffer.from((await files.find("format.json")) ?? "").toString("utf8");
  await takeUpFolder(files, { appVersion: "1.0.0", log });
  expect(JSON.parse(await read())).toEqual({ format: 1, readableFrom: 1, appVersion: "1.0.0" });
  await mark({ format: 3, readableFrom: 1, appVersion: "3.0.0", more: true });
  const before = await read();
  await takeUpFolder(files, { appVersion: "1.0.0", log });
  expect(await read()).toBe(before);
  await mark({ format: 3, readableFrom: 2, appVersion: "3.0.0" });
  const refusal = takeUpFolder(files, { appVersion: "1.0.0", log });
  await expect(refusal).rejects.toThrow(ConfigError);
  await expect(refusal).rejects.toThrow(/written by version 3.0.0.*Nothing was changed/);
});
