import { randomUUID } from "node:crypto";
import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import { outbox } from "@vitrine/db/schema";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";
import { makeManyScreens } from "../testing/many-screens.ts";
import { makePerson, type TestPerson } from "../testing/test-person.ts";
import { fetchDevice, type OpenLive, openLive } from "../testing/test-screen.ts";
import { frameOf } from "./frames.ts";

const SCREENS = 1_000;
const GROUPS = 50;
const EACH = SCREENS / GROUPS;
const AT_ONCE = 50;

type Listener = { deviceId: string; token: string; live: OpenLive };

let server: TestServer;
let person: TestPerson;
let listeners: Listener[];
let groups: { groupId: string; entryId: string; playlistId: string }[];

beforeAll(async () => {
  server = await startTestServer();
  person = await makePerson(server);
  const screens = await makeManyScreens(server.services, person.scope, SCREENS);
  groups = [];
  for (let group = 0; group < GROUPS; group += 1) {
    const deviceIds = screens.slice(group * EACH, (group + 1) * EACH).map(({ deviceId }) => deviceId);
    const groupId = idOf(await person.call("groups.create", { name: `Group ${group}`, deviceIds }));
    const { id: assetId } = await person.makeAsset(Buffer.from(`picture ${group}`));
    const playlistId = await person.makePlaylist([assetId], `Playlist ${group}`);
    const entry = { content: { kind: "playlist", playlistId }, targets: { groupIds: [groupId] } };
    groups.push({ groupId, entryId: idOf(await person.call("schedule.create", entry)), playlistId });
  }
  listeners = [];
  for (let from = 0; from < SCREENS; from += AT_ONCE) {
    listeners.push(...(await Promise.all(screens.slice(from, from + AT_ONCE).map(listen))));
  }
}, 120_000);
afterAll(async () => {
  for (const { live } of listeners) live.close();
  await server[Symbol.asyncDispose]();
});

/** A screen's live connection, and then its manifest. */
async function listen({ deviceId, token }: { deviceId: string; token: string }): Promise<Listener> {
  const live = await openLive(server.url, token);
  await until("the stream says hello", () => live.hints.length > 0);
  await fetchManifest(token);
  return { deviceId, token, live };
}

async function fetchManifest(token: string): Promise<void> {
  const response = await fetchDevice(server.url, DEVICE_PATHS.manifest, token);
  await response.arrayBuffer();
  expect(response.status).toBe(200);
}

function kindsOf({ hints }: OpenLive): string[] {
  return hints.map(({ kind }) => kind);
}

function idOf(answer: unknown): string {
  return z.looseObject({ id: z.string() }).parse(answer).id;
}

/** Does something, waits until all of it has been told and has arrived, and says which screens were woken, and how soon. */
async function wokenBy(work: () => Promise<unknown>): Promise<{ woken: string[]; lastMs: number }> {
  for (const { live } of listeners) live.hints.length = 0;
  const startedMs = performance.now();
  let lastMs = 0;
  const stops = listeners.map(({ live }) =>
    live.onHint(() => {
      lastMs = performance.now() - startedMs;
    }),
  );
  await work();
  const action = randomUUID();
  const told = Promise.withResolvers<void>();
  const stop = server.services.events.on(({ event }) => event.action === action && told.resolve());
  const { organizationId } = person;
  await server.services.database.batch(person.scope, (q) => [
    q.insert(outbox).values({ organizationId, event: { subject: "member", ids: [], action } }),
  ]);
  await told.promise;
  stop();
  for (const stopHearing of stops) stopHearing();
  const mark = frameOf({ kind: "hello", reconnectMs: 1 });
  for (const { deviceId } of listeners) {
    server.services.devices.screens.find(organizationId, deviceId)?.stream?.send(mark);
  }
  await until("every stream got the mark", () =>
    listeners.every(({ live }) => kindsOf(live).includes("hello")),
  );
  const reached = listeners.filter(({ live }) => kindsOf(live).includes("manifest"));
  for (let from = 0; from < reached.length; from += AT_ONCE) {
    await Promise.all(reached.slice(from, from + AT_ONCE).map(({ token }) => fetchManifest(token)));
  }
  return { woken: reached.map(({ deviceId }) => deviceId), lastMs };
}

const screensOf = (group: number) =>
  listeners.slice(group * EACH, (group + 1) * EACH).map(({ deviceId }) => deviceId);

test(`with ${SCREENS} screens in ${GROUPS} groups, what is scheduled for one group wakes that group and no others`, async () => {
  const [first, second] = groups;
  if (!first || !second) throw new Error("Groups are missing");
  const [someone = ""] = screensOf(7);
  const content = { kind: "playlist", playlistId: second.playlistId };
  let madeId = "";
  const cases: [name: string, group: string[], work: () => Promise<unknown>][] = [
    ["entry edited", screensOf(0), () => person.call("schedule.update", { id: first.entryId, priority: 5 })],
    [
      "its playlist edited",
      screensOf(0),
      () => person.call("playlists.update", { id: first.playlistId, name: "New" }),
    ],
    [
      "entry made",
      screensOf(1),
      async () => {
        madeId = idOf(
          await person.call("schedule.create", { content, targets: { groupIds: [second.groupId] } }),
        );
      },
    ],
    [
      "entry given another group",
      [...screensOf(1), ...screensOf(2)],
      () => person.call("schedule.update", { id: madeId, targets: { groupIds: [groups[2]?.groupId] } }),
    ],
    ["entry removed", screensOf(2), () => person.call("schedule.remove", { ids: [madeId] })],
    [
      "screen put into a group",
      [someone],
      () => person.call("groups.change", { id: first.groupId, add: [someone] }),
    ],
    ["group renamed", [], () => person.call("groups.rename", { id: first.groupId, name: "Doors" })],
    ["playlist of nobody made", [], () => person.makePlaylist([], "Nobody's")],
    [
      "override of one group",
      screensOf(3),
      () =>
        person.call("schedule.override", {
          content,
          targets: { groupIds: [groups[3]?.groupId] },
          endsAt: "2099-01-01T00:00:00.000Z",
        }),
    ],
    [
      "override everywhere",
      listeners.map(({ deviceId }) => deviceId),
      () =>
        person.call("schedule.override", {
          content,
          targets: { isEverywhere: true },
          endsAt: "2099-01-01T00:00:00.000Z",
        }),
    ],
  ];
  for (const [name, expected, work] of cases) {
    const { woken, lastMs } = await wokenBy(work);
    console.log(
      JSON.stringify({
        nudge: name,
        screens: SCREENS,
        shouldWake: expected.length,
        woken: woken.length,
        wokenInVain: woken.filter((id) => !expected.includes(id)).length,
        missed: expected.filter((id) => !woken.includes(id)).length,
        toLastMs: Math.round(lastMs),
      }),
    );
    expect([...woken].sort(), name).toEqual([...expected].sort());
  }
}, 120_000);
