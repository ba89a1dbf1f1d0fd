import { randomUUID } from "node:crypto";
import { type Heartbeat, heartbeatInput } from "@vitrine/core/model/device-protocol";
import { expect, test } from "vitest";
import { calmBeat } from "../testing/test-screen.ts";
import { type BeatContext, type Presence, type PresenceSeed, takeBeat } from "./presence.ts";

const bootId = randomUUID();
const onGlass = {
  assetId: randomUUID(),
  itemId: null,
  entryId: null,
  shownSince: "2026-01-01T00:00:00.000Z",
};
const syncing = { filesReady: 1, filesTotal: 3, bytesReady: 10, bytesTotal: 30, missing: [] };
const START_MS = Date.UTC(2026, 0, 1);

type Step = {
  afterMs?: number;
  beat?: Partial<Heartbeat>;
  restarts?: number;
  context?: Partial<BeatContext>;
};

/** The conditions that a screen goes through, beat by beat. */
function conditionsOf(steps: readonly Step[], seed?: PresenceSeed): string[] {
  let before: Presence | PresenceSeed | undefined = seed;
  let nowMs = START_MS;
  return steps.map(({ afterMs = 30_000, beat = {}, restarts = 0, context = {} }) => {
    nowMs += afterMs;
    const whole = heartbeatInput.parse({ ...calmBeat(bootId), onGlass, ...beat });
    const presence = takeBeat(
      before,
      { ...whole, vitals: { ...whole.vitals, stageRestarts: restarts } },
      {
        organizationId: "o",
        deviceId: "d",
        nowMs,
        isUpToDate: true,
        hasContent: true,
        checkedRevision: 1,
        ...context,
      },
    );
    before = presence;
    return presence.condition;
  });
}

test("a screen that confirms a picture plays", () => {
  expect(conditionsOf([{}, {}])).toEqual(["playing", "playing"]);
});

test("a screen that says it plays and confirms nothing is given a minute", () => {
  const silent: Step = { beat: { onGlass: null } };
  expect(conditionsOf([silent, silent, silent, {}, silent])).toEqual([
    "syncing",
    "syncing",
    "trouble",
    "playing",
    "syncing",
  ]);
});

test("a picture without content, or in another state than playing, is no confirmation", () => {
  expect(conditionsOf([{ beat: { onGlass: { ...onGlass, assetId: null } } }])).toEqual(["syncing"]);
  expect(conditionsOf([{ beat: { state: "syncing" } }])).toEqual(["syncing"]);
});

test("a screen with nothing to play is idle for as long as it likes", () => {
  const idle: Step = { afterMs: 3_600_000, beat: { onGlass: null }, context: { hasContent: false } };
  expect(conditionsOf([idle, idle])).toEqual(["idle", "idle"]);
});

test("files that are still missing are syncing, and no trouble however long they take", () => {
  const fetching: Step = { afterMs: 3_600_000, beat: { onGlass: null, sync: syncing, state: "syncing" } };
  expect(conditionsOf([fetching, fetching])).toEqual(["syncing", "syncing"]);
});

test("a screen that plays on without taking up the newest manifest is trouble after five minutes", () => {
  const behind: Step = { afterMs: 150_000, context: { isUpToDate: false } };
  expect(conditionsOf([behind, behind, behind, {}, behind])).toEqual([
    "playing",
    "playing",
    "trouble",
    "playing",
    "playing",
  ]);
  const fetching: Step = { ...behind, beat: { sync: syncing } };
  expect(conditionsOf([fetching, fetching, fetching])).toEqual(["playing", "playing", "playing"]);
});

test("a restart of the stage is trouble for five minutes", () => {
  const restarted: Step = { restarts: 2 };
  expect(conditionsOf([{}, { restarts: 1 }, restarted, { ...restarted, afterMs: 299_000 }])).toEqual([
    "playing",
    "trouble",
    "trouble",
    "trouble",
  ]);
  expect(conditionsOf([{}, restarted, { ...restarted, afterMs: 300_000 }])).toEqual([
    "playing",
    "trouble",
    "playing",
  ]);
});

test("restarts count from what is known: nothing of an unknown screen, the database's word after a start", () => {
  expect(conditionsOf([{ restarts: 5 }])).toEqual(["playing"]);
  expect(conditionsOf([{ restarts: 5 }], { bootId, stageRestarts: 5, lastHeardAt: null })).toEqual([
    "playing",
  ]);
  expect(conditionsOf([{ restarts: 5 }], { bootId, stageRestarts: 4, lastHeardAt: null })).toEqual([
    "trouble",
  ]);
  expect(
    conditionsOf([{ restarts: 0 }], { bootId: randomUUID(), stageRestarts: 4, lastHeardAt: null }),
  ).toEqual(["playing"]);
  expect(
    conditionsOf([{ restarts: 1 }], { bootId: randomUUID(), stageRestarts: 4, lastHeardAt: null }),
  ).toEqual(["trouble"]);
});

test("what a wild clock says of its picture is bounded", () => {
  const write = (shownSince: string) =>
    takeBeat(undefined, heartbeatInput.parse({ ...calmBeat(bootId), onGlass: { ...onGlass, shownSince } }), {
      organizationId: "o",
      deviceId: "d",
      nowMs: START_MS,
      isUpToDate: true,
      hasContent: true,
      checkedRevision: 1,
    }).pending?.shownSince;
  expect(write("0000-01-01T00:00:00.000Z")).toEqual(new Date("2000-01-01T00:00:00.000Z"));
  expect(write("9999-12-31T23:59:59.999Z")).toEqual(new Date(START_MS));
  expect(write("2026-01-01T00:00:00.000Z")).toEqual(new Date(START_MS));
});
