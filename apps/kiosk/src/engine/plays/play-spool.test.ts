import { randomUUID } from "node:crypto";
import { appendFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { PlayReport } from "@vitrine/core/model/device-protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { systemClock } from "../platform/clock.ts";
import { openDiskFileStore } from "../platform/disk-file-store.ts";
import { createFaults } from "../platform/faults.ts";
import type { FileStore } from "../platform/file-store.ts";
import { createLog } from "../platform/log.ts";
import { readLines, toLine } from "../spool/lines.ts";
import { makeFolder } from "../testing/test-kiosk.ts";
import { createPlaySpool, type PlaySpool } from "./play-spool.ts";

const bootId = randomUUID();
const assetId = randomUUID();

function play(sequence: number, durationMs = 1000): PlayReport {
  const startedAt = "2026-11-21T02:00:00.000Z";
  return { bootId, sequence, assetId, itemId: null, playlistId: null, startedAt, durationMs, isWhole: true };
}

async function openSpool(files: FileStore): Promise<PlaySpool> {
  const log = createLog(systemClock, []);
  const spool = createPlaySpool({ files, clock: systemClock, log, faults: createFaults(() => {}) });
  await spool.load();
  return spool;
}

async function drain(spool: PlaySpool, limit: number): Promise<number[]> {
  const sequences: number[] = [];
  for (let plays = await spool.peek(limit); plays.length > 0; plays = await spool.peek(limit)) {
    expect(plays.length).toBeLessThanOrEqual(limit);
    sequences.push(...plays.map(({ sequence }) => sequence));
    await spool.forget(plays.length);
  }
  return sequences;
}

test("P1: plays come out in order, over many segments and a restart, and are gone once forgotten", async () => {
  await using folder = await makeFolder();
  const files = await openDiskFileStore(folder.path);
  {
    await using spool = await openSpool(files);
    for (let sequence = 0; sequence < 1300; sequence += 1)
      await spool.append({ k: "done", play: play(sequence) });
  }
  const again = await openSpool(files);
  expect(await drain(again, 500)).toEqual(Array.from({ length: 1300 }, (_, index) => index));
  expect(await readdir(join(folder.path, "plays"))).toEqual([]);
});

test("plays that were told are not told again by the same run, also when their segment fills up afterwards", async () => {
  await using folder = await makeFolder();
  await using spool = await openSpool(await openDiskFileStore(folder.path));
  const told: number[] = [];
  for (let sequence = 0; sequence < 1100; sequence += 1) {
    await spool.append({ k: "done", play: play(sequence) });
    if (sequence % 7 === 0) told.push(...(await drain(spool, 5)));
  }
  told.push(...(await drain(spool, 500)));
  expect(told).toEqual(Array.from({ length: 1100 }, (_, index) => index));
});

test("P2: a showing that was open when the kiosk died becomes one cut play of the length that is known", async () => {
  await using folder = await makeFolder();
  const files = await openDiskFileStore(folder.path);
  const spool = await openSpool(files);
  await spool.append({ k: "open", play: { ...play(0, 0), isWhole: false } });
  await spool.append({ k: "done", play: play(0) });
  await spool.append({ k: "open", play: { ...play(1, 0), isWhole: false } });
  await spool.append({ k: "alive", boot: bootId, seq: 1, ms: 5000 });
  await appendFile(join(folder.path, "plays", "000000000001.log"), '1234abcd {"k":"done","pl');

  await openSpool(files);
  const again = await openSpool(files);
  const plays = await again.peek(10);
  expect(plays.map(({ sequence, durationMs, isWhole }) => ({ sequence, durationMs, isWhole }))).toEqual([
    { sequence: 0, durationMs: 1000, isWhole: true },
  ]);
  await again.forget(1);
  expect(await again.peek(10)).toEqual([{ ...play(1, 5000), isWhole: false }]);
});

test("P2, P4: what a killed run left is kept where the disk takes nothing at the next start, also once its own segment is told", async () => {
  await using folder = await makeFolder();
  const disk = await openDiskFileStore(folder.path);
  const killed = await openSpool(disk);
  await killed.append({ k: "done", play: play(0) });
  await killed.append({ k: "open", play: { ...play(1, 0), isWhole: false } });
  let isReadOnly = true;
  const files: FileStore = {
    ...disk,
    async open(path, access) {
      if (isReadOnly && access === "write")
        throw Object.assign(new Error("read-only file system"), { code: "EROFS" });
      return disk.open(path, access);
    },
  };
  {
    await using spool = await openSpool(files);
    isReadOnly = false;
    expect((await spool.peek(1)).map(({ sequence }) => sequence)).toEqual([0]);
    await spool.forget(1);
  }
  const again = await openSpool(disk);
  expect(await drain(again, 500)).toEqual([1]);
});

test("showings that are open side by side are found after a crash, also when their segment had filled up", async () => {
  await using folder = await makeFolder();
  const files = await openDiskFileStore(folder.path);
  const spool = await openSpool(files);
  for (const sequence of [0, 1])
    await spool.append({ k: "open", play: { ...play(sequence, 0), isWhole: false } });
  for (let sequence = 2; sequence < 600; sequence += 1) {
    await spool.append({ k: "open", play: { ...play(sequence, 0), isWhole: false } });
    await spool.append({ k: "done", play: play(sequence) });
  }
  await spool.append({ k: "done", play: play(1) });
  const again = await openSpool(files);
  const told = await drain(again, 500);
  expect(told.sort((one, other) => one - other)).toEqual(Array.from({ length: 600 }, (_, index) => index));
});

test("P3: whatever bytes of a segment are garbled, every line that is left untouched is read and no other", () => {
  const records = Array.from({ length: 5 }, (_, index) => ({ k: "done" as const, play: play(index) }));
  const lines = records.map(toLine);
  const bytes = Buffer.from(lines.join(""));
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: bytes.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      (at, change) => {
        const garbled = Buffer.from(bytes);
        garbled[at] = (garbled[at] ?? 0) ^ change;
        const read = [...readLines(garbled)];
        for (const record of read) expect(records).toContainEqual(record);
        expect(read.length).toBeGreaterThanOrEqual(3);
      },
    ),
  );
});

test("P4: a disk that takes nothing costs no play: they wait in memory and are told", async () => {
  await using folder = await makeFolder();
  const disk = await openDiskFileStore(folder.path);
  let isFull = true;
  const files: FileStore = {
    ...disk,
    async open(path, access) {
      if (isFull && access === "write") throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
      return disk.open(path, access);
    },
  };
  const faults = createFaults(() => {});
  await using spool = createPlaySpool({ files, clock: systemClock, log: createLog(systemClock, []), faults });
  await spool.load();
  await spool.append({ k: "done", play: play(0) });
  expect(faults.list().map(({ kind }) => kind)).toEqual(["plays_not_saved"]);
  isFull = false;
  await spool.append({ k: "done", play: play(1) });
  expect(faults.list()).toEqual([]);
  expect(await drain(spool, 10)).toEqual([0, 1]);
});
