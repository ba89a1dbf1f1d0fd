import { randomUUID } from "node:crypto";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ScreenEvent } from "@vitrine/core/model/device-protocol";
import { expect, test } from "vitest";
import { createEventSpool, createScreenEvents } from "../events/screen-events.ts";
import { LinkError } from "../link/link-error.ts";
import { createServerClock } from "../link/server-clock.ts";
import { systemClock } from "../platform/clock.ts";
import { openDiskFileStore } from "../platform/disk-file-store.ts";
import { createFaults } from "../platform/faults.ts";
import { createLog } from "../platform/log.ts";
import { systemRandom } from "../platform/random.ts";
import { makeFolder } from "../testing/test-kiosk.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createSender } from "./sender.ts";

const bootId = randomUUID();
const event = (sequence: number): ScreenEvent => {
  return { bootId, sequence, at: "2026-11-21T02:00:00.000Z", kind: "offline", data: {} };
};

async function openSpool(path: string) {
  const faults = createFaults(() => {});
  const deps = {
    files: await openDiskFileStore(path),
    clock: systemClock,
    log: createLog(systemClock, []),
    faults,
  };
  const spool = createEventSpool(deps);
  await spool.load();
  return { spool, faults };
}

async function drain({ spool }: Awaited<ReturnType<typeof openSpool>>): Promise<number[]> {
  const sequences: number[] = [];
  for (let items = await spool.peek(500); items.length > 0; items = await spool.peek(500)) {
    sequences.push(...items.map(({ sequence }) => sequence));
    await spool.forget(items.length);
  }
  return sequences;
}

test("P5: older segments are packed, are counted and told in order after a restart, and one that is damaged is said to be lost", async () => {
  await using folder = await makeFolder();
  const count = 25 * 500 + 7;
  {
    const { spool } = await openSpool(folder.path);
    for (let sequence = 0; sequence < count; sequence += 1) await spool.append(event(sequence));
    await spool[Symbol.asyncDispose]();
  }
  const names = (await readdir(join(folder.path, "events"))).toSorted();
  expect(names.filter((name) => name.endsWith(".500.gz"))).toHaveLength(5);
  const whole = await openSpool(folder.path);
  expect(await whole.spool.count()).toBe(count);
  await writeFile(join(folder.path, "events", names[1] ?? ""), "garbled");
  const again = await openSpool(folder.path);
  const told = await drain(again);
  expect(told).toEqual(
    Array.from({ length: count }, (_, index) => index).filter((one) => one < 500 || one >= 1000),
  );
  expect(again.faults.list()).toMatchObject([
    { kind: "events_dropped", text: expect.stringMatching(/^500 events were lost/) },
  ]);
  expect(await readdir(join(folder.path, "events"))).toEqual([]);
});

test("P6: an item that the server will never take is let go alone and said, and the rest is told", async () => {
  await using folder = await makeFolder();
  const { spool, faults } = await openSpool(folder.path);
  for (let sequence = 0; sequence < 300; sequence += 1) await spool.append(event(sequence));
  const taken: number[] = [];
  const sender = createSender({
    ...{ clock: systemClock, random: systemRandom, log: createLog(systemClock, []), faults, spool },
    ...{ name: "events", batch: 200 },
    async send(items) {
      if (items.some(({ sequence }) => sequence === 123))
        throw new LinkError("INVALID_INPUT", { kind: "app", code: "INVALID_INPUT", data: {} });
      taken.push(...items.map(({ sequence }) => sequence));
    },
  });
  const { signal } = new AbortController();
  for (let isMore = true; isMore; ) isMore = await sender.sendBatch(signal);
  expect(taken).toEqual(Array.from({ length: 300 }, (_, index) => index).filter((index) => index !== 123));
  expect(faults.list()).toMatchObject([{ kind: "events_refused" }]);
  await spool[Symbol.asyncDispose]();
});

test("P1: of two batches sent at once, as when a screen stops while it sends, neither forgets what the other sent", async () => {
  await using folder = await makeFolder();
  {
    const { spool } = await openSpool(folder.path);
    for (let sequence = 0; sequence < 4; sequence += 1) await spool.append(event(sequence));
    await spool[Symbol.asyncDispose]();
  }
  const { spool, faults } = await openSpool(folder.path);
  for (let sequence = 4; sequence < 8; sequence += 1) await spool.append(event(sequence));
  const sent: number[] = [];
  const sender = createSender({
    ...{ clock: systemClock, random: systemRandom, log: createLog(systemClock, []), faults },
    ...{ spool, name: "events", batch: 500 },
    send: async (items) => void sent.push(...items.map(({ sequence }) => sequence)),
  });
  const { signal } = new AbortController();
  await Promise.all([sender.sendBatch(signal), sender.sendBatch(signal)]);
  expect(sent).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(await spool.count()).toBe(0);
});

test("E1: events are numbered from 0 in each boot and kept until they are told; what flaps is bounded by the hour, and said", async () => {
  await using folder = await makeFolder();
  const { spool, faults } = await openSpool(folder.path);
  const clock = createVirtualClock();
  const serverClock = createServerClock(clock, undefined);
  const log = createLog(clock, []);
  const events = createScreenEvents({ clock, serverClock, spool, bootId, log, faults });
  for (let count = 0; count < 700; count += 1) await events.note("offline");
  expect(await spool.count()).toBe(600);
  expect(faults.list()).toMatchObject([{ kind: "events_dropped" }]);
  clock.advance(3_600_000);
  await events.note("fault", { fault: "disk_full", text: "x".repeat(900) });
  expect(faults.list()).toEqual([]);
  const told = await drain({ spool, faults });
  expect(told).toEqual(Array.from({ length: 601 }, (_, index) => index));
  await spool[Symbol.asyncDispose]();
});
