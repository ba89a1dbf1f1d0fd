import { heartbeatInput } from "@vitrine/core/model/device-protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeLog } from "../../platform/log.ts";
import type { DeviceStatusWrite } from "../../system/write-presence.ts";
import { makeScreens } from "../screens.ts";
import { calmBeat } from "../testing/test-screen.ts";
import type { Contact } from "./contact-log.ts";
import type { PresenceSeed } from "./presence.ts";
import { startPresenceKeeper } from "./presence-keeper.ts";

const ORGANIZATION = "00000000-0000-7000-8000-000000000001";
const context = { isUpToDate: true, hasContent: false, checkedRevision: 1 };
const clock = { now: () => new Date(), nowMs: () => Date.now() };

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function makeCase(write: (rows: readonly DeviceStatusWrite[]) => Promise<void> = async () => {}) {
  const screens = makeScreens();
  const written: DeviceStatusWrite[][] = [];
  const told: string[][] = [];
  const contacts: Contact[] = [];
  const keeper = startPresenceKeeper({
    screens,
    clock,
    log: makeLog("silent"),
    write: async (rows) => {
      await write(rows);
      written.push([...rows]);
    },
    writeContacts: async (some) => {
      contacts.push(...some);
    },
    publishStatus: (_organizationId, deviceIds) => told.push([...deviceIds]),
  });
  const beat = (deviceId: string, more: object = {}, seed?: PresenceSeed) => {
    const screen = screens.open({ organizationId: ORGANIZATION, deviceId });
    screen.lastContactMs = Date.now();
    keeper.beat(
      screen,
      heartbeatInput.parse({ ...calmBeat("00000000-0000-7000-8000-0000000000ff"), ...more }),
      context,
      seed,
    );
  };
  return { screens, keeper, written, told, contacts, beat };
}

test("a change is written within a moment and told only then; sameness waits for the flush", async () => {
  const { written, told, beat, keeper } = makeCase();
  beat("a");
  beat("b");
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(written.map((rows) => rows.map(({ deviceId }) => deviceId))).toEqual([["a", "b"]]);
  expect(told).toEqual([["a", "b"]]);
  beat("a");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(written).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(written[1]?.map(({ deviceId }) => deviceId)).toEqual(["a"]);
  expect(told).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(written).toHaveLength(2);
  await keeper[Symbol.asyncDispose]();
});

test("changes that follow each other are written together, a second after those before", async () => {
  const { written, beat, keeper } = makeCase();
  const change = (deviceId: string, kind: string) => beat(deviceId, { faults: [{ kind, text: "" }] });
  change("a", "one");
  await vi.advanceTimersByTimeAsync(100);
  change("a", "two");
  await vi.advanceTimersByTimeAsync(500);
  change("b", "one");
  expect(written).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(500);
  expect(written.map((rows) => rows.map(({ deviceId }) => deviceId))).toEqual([["a"], ["a", "b"]]);
  await keeper[Symbol.asyncDispose]();
});

test("ten thousand beats are one statement", async () => {
  const { written, beat, keeper } = makeCase();
  for (let one = 0; one < 10_000; one++) beat(`screen ${one}`);
  await vi.advanceTimersByTimeAsync(100);
  expect(written.map((rows) => rows.length)).toEqual([10_000]);
  await keeper[Symbol.asyncDispose]();
});

test("what could not be written is written later, with what came meanwhile, and told once", async () => {
  let isDown = true;
  const { written, told, beat, keeper } = makeCase(async () => {
    if (isDown) throw new Error("down");
  });
  beat("a");
  await vi.advanceTimersByTimeAsync(200);
  beat("a", { faults: [{ kind: "disk", text: "full" }] });
  await vi.advanceTimersByTimeAsync(200);
  isDown = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(written.map((rows) => rows.map(({ condition }) => condition))).toEqual([["trouble"]]);
  expect(told).toEqual([["a"]]);
  await keeper[Symbol.asyncDispose]();
});

test("silence is told once, after 75 s, and so is its end", async () => {
  const { told, beat, keeper } = makeCase();
  beat("a");
  await vi.advanceTimersByTimeAsync(75_000);
  expect(told).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(200_000);
  expect(told).toHaveLength(2);
  beat("a");
  await vi.advanceTimersByTimeAsync(100);
  expect(told).toHaveLength(3);
  await keeper[Symbol.asyncDispose]();
});

test("coming and going are written once, by the limits of the status", async () => {
  const { contacts, beat, keeper } = makeCase();
  const taken = () =>
    contacts.splice(0).map(({ kind, at, reason }) => [kind, at.getTime() - 1_000_000, reason]);
  beat("a");
  await vi.advanceTimersByTimeAsync(74_000);
  beat("a");
  await vi.advanceTimersByTimeAsync(6_000);
  expect(taken()).toEqual([["connected", 0, undefined]]);
  await vi.advanceTimersByTimeAsync(85_000);
  expect(taken()).toEqual([["lost", 74_000, "connection_lost"]]);
  beat("a");
  beat("a", { isStopping: true });
  await vi.advanceTimersByTimeAsync(100);
  expect(taken()).toEqual([
    ["connected", 165_000, undefined],
    ["lost", 165_000, "stopped_on_purpose"],
  ]);
  const seed = { bootId: null, stageRestarts: 0, lastHeardAt: new Date(500_000) };
  beat("back", {}, seed);
  beat("short", {}, { ...seed, lastHeardAt: new Date(Date.now() - 60_000) });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(taken()).toEqual([
    ["lost", -500_000, "connection_lost"],
    ["connected", 165_100, undefined],
    ["connected", 165_100, undefined],
  ]);
  await keeper[Symbol.asyncDispose]();
});

test("the silence of a screen heard before this start is told as well", async () => {
  const { told, beat, keeper } = makeCase();
  const lastHeardAt = new Date(Date.now() - 60_000);
  keeper.expect([
    { organizationId: ORGANIZATION, deviceId: "gone", lastHeardAt },
    { organizationId: ORGANIZATION, deviceId: "back", lastHeardAt },
  ]);
  beat("back");
  await vi.advanceTimersByTimeAsync(21_000);
  expect(told).toEqual([["back"], ["gone"]]);
  await keeper[Symbol.asyncDispose]();
});

test("a screen that is long gone is forgotten here", async () => {
  const { screens, beat, keeper } = makeCase();
  beat("a");
  await vi.advanceTimersByTimeAsync(9 * 60_000);
  expect(screens.hasAny(ORGANIZATION)).toBe(true);
  await vi.advanceTimersByTimeAsync(2 * 60_000);
  expect(screens.hasAny(ORGANIZATION)).toBe(false);
  await keeper[Symbol.asyncDispose]();
});

test("the end writes the rest", async () => {
  const { written, beat, keeper } = makeCase();
  beat("a");
  await keeper[Symbol.asyncDispose]();
  expect(written.map((rows) => rows.length)).toEqual([1]);
});
