import { randomBytes, randomUUID } from "node:crypto";
import { connect } from "node:net";
import type { Hint } from "@vitrine/core/model/device-protocol";
import { outbox } from "@vitrine/db/schema";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";
import { makePerson, type TestPerson } from "../testing/test-person.ts";
import { type OpenLive, pairScreen, type TestScreen, upgradeOf } from "../testing/test-screen.ts";
import { frameOf } from "./frames.ts";

let server: TestServer;
let url: string;
beforeAll(async () => {
  server = await startTestServer();
  url = server.url;
});
afterAll(() => server[Symbol.asyncDispose]());

type Watched = { screen: TestScreen; stream: OpenLive };

/** A screen that has fetched its manifest and listens. */
async function watch(person: TestPerson, playlistId?: string): Promise<Watched> {
  const screen = await pairScreen(url, person.cookie, playlistId === undefined ? {} : { playlistId });
  const stream = await screen.live();
  await until("the stream says hello", () => stream.hints.length > 0);
  await screen.manifest();
  return { screen, stream };
}

/** Does something and gives, once all of it has been told and arrived, which of the watched heard which kinds of hint. */
async function hearing(
  person: TestPerson,
  watched: Record<string, Watched>,
  work: () => Promise<unknown>,
): Promise<Record<string, Hint["kind"][]>> {
  const { services } = server;
  const starts = new Map(Object.values(watched).map(({ stream }) => [stream, stream.hints.length]));
  await work();
  const action = randomUUID();
  const told = Promise.withResolvers<void>();
  const stop = services.events.on(({ event }) => event.action === action && told.resolve());
  const { organizationId } = person;
  await services.database.batch(person.scope, (q) => [
    q.insert(outbox).values({ organizationId, event: { subject: "member", ids: [], action } }),
  ]);
  await told.promise;
  stop();
  const heard = await Promise.all(
    Object.entries(watched).map(async ([name, { screen, stream }]) => {
      const reconnectMs = Math.floor(Math.random() * 1e9);
      const mark = frameOf({ kind: "hello", reconnectMs });
      services.devices.screens.find(screen.organizationId, screen.deviceId)?.stream?.send(mark);
      const isMark = (hint: Hint) => hint.kind === "hello" && hint.reconnectMs === reconnectMs;
      await until(`${name} got the mark`, () => stream.hints.some(isMark));
      const kinds = stream.hints
        .slice(starts.get(stream))
        .flatMap((hint) => (isMark(hint) ? [] : [hint.kind]));
      return [name, kinds] as const;
    }),
  );
  return Object.fromEntries(heard);
}

describe("a change", () => {
  let person: TestPerson;
  let stranger: TestPerson;
  let assets: { id: string }[];
  let watched: Record<string, Watched>;
  let playlists: { lobby: string; hall: string; fallback: string };
  beforeAll(async () => {
    person = await makePerson(server);
    stranger = await makePerson(server);
    assets = await Promise.all([1, 2, 3].map(() => person.makeAsset(randomBytes(64))));
    const idAt = (place: number) => assets[place]?.id ?? "";
    playlists = {
      lobby: await person.makePlaylist([idAt(0), idAt(1)], "Lobby"),
      hall: await person.makePlaylist([idAt(1)], "Hall"),
      fallback: await person.makePlaylist([idAt(2)], "Fallback"),
    };
    await person.call("organization.update", { defaultPlaylistId: playlists.fallback });
    const theirAsset = await stranger.makeAsset(randomBytes(64));
    const theirs = await stranger.makePlaylist([theirAsset.id], "Lobby");
    watched = {
      lobby: await watch(person, playlists.lobby),
      lobbyToo: await watch(person, playlists.lobby),
      hall: await watch(person, playlists.hall),
      default: await watch(person),
      stranger: await watch(stranger, theirs),
    };
  });
  const heard = (work: () => Promise<unknown>) => hearing(person, watched, work);
  const manifest = ["manifest"];

  test("of a playlist reaches the screens that play it", async () => {
    expect(
      await heard(() => person.call("playlists.update", { id: playlists.lobby, name: "Lobby 2" })),
    ).toEqual({
      lobby: manifest,
      lobbyToo: manifest,
      hall: [],
      default: [],
      stranger: [],
    });
  });

  test("of the default playlist reaches all of the organization, since it may play on any", async () => {
    expect(
      await heard(() => person.call("playlists.update", { id: playlists.fallback, name: "Fallback 2" })),
    ).toEqual({
      lobby: manifest,
      lobbyToo: manifest,
      hall: manifest,
      default: manifest,
      stranger: [],
    });
  });

  test("of an asset reaches the screens whose playlists name it", async () => {
    const rename = (place: number) => () =>
      person.call("assets.update", { id: assets[place]?.id, isEnabled: false, name: `Renamed ${place}` });
    expect(await heard(rename(0))).toEqual({
      lobby: manifest,
      lobbyToo: manifest,
      hall: [],
      default: [],
      stranger: [],
    });
    expect(await heard(rename(1))).toEqual({
      lobby: manifest,
      lobbyToo: manifest,
      hall: manifest,
      default: [],
      stranger: [],
    });
  });

  test("of a screen reaches that screen, and nobody when it is of its tags only", async () => {
    const id = watched.hall?.screen.deviceId;
    expect(await heard(() => person.call("devices.update", { id, rotation: 90 }))).toEqual({
      lobby: [],
      lobbyToo: [],
      hall: manifest,
      default: [],
      stranger: [],
    });
    expect(await heard(() => person.call("devices.update", { id, tags: ["window"] }))).toMatchObject({
      hall: [],
    });
  });

  test("of a playlist that a screen was given meanwhile reaches it once it has fetched", async () => {
    const screen = watched.default?.screen;
    const deviceIds = [screen?.deviceId];
    await heard(() => person.call("devices.assignPlaylist", { deviceIds, playlistId: playlists.hall }));
    await screen?.manifest();
    expect(
      await heard(() => person.call("playlists.update", { id: playlists.hall, name: "Hall 2" })),
    ).toEqual({
      lobby: [],
      lobbyToo: [],
      hall: manifest,
      default: manifest,
      stranger: [],
    });
  });

  test("that no screen plays reaches nobody", async () => {
    expect(
      await heard(async () => {
        const { id } = await person.makeAsset(randomBytes(64));
        await person.makePlaylist([id], "Unused");
        await person.call("apiKeys.create", { name: "Key", grants: ["devices.view"] });
      }),
    ).toEqual({ lobby: [], lobbyToo: [], hall: [], default: [], stranger: [] });
  });

  test("a command reaches its screen", async () => {
    const deviceId = watched.lobby?.screen.deviceId;
    expect(await heard(() => person.call("devices.sendCommand", { deviceId, kind: "identify" }))).toEqual({
      lobby: ["commands"],
      lobbyToo: [],
      hall: [],
      default: [],
      stranger: [],
    });
  });

  test("all of the above left the other organization's screen with nothing but hellos", () => {
    expect(new Set(watched.stranger?.stream.hints.map(({ kind }) => kind))).toEqual(new Set(["hello"]));
  });
});

describe("a stream", () => {
  test("begins with a hello whose delay differs from screen to screen", async () => {
    const person = await makePerson(server);
    const streams = await Promise.all([1, 2, 3, 4].map(async () => (await watch(person)).stream));
    const delays = streams.map(({ hints }) => (hints[0]?.kind === "hello" ? hints[0].reconnectMs : 0));
    expect(new Set(delays).size).toBeGreaterThan(1);
    for (const delay of delays) expect(delay).toBeGreaterThanOrEqual(500);
    for (const stream of streams) stream.close();
  });

  test("is forgotten when its screen goes, and replaced when it comes back", async () => {
    const { hints } = server.services.devices;
    const person = await makePerson(server);
    const { screen, stream } = await watch(person);
    const before = hints.streamCount();
    const second = await screen.live();
    await stream.ended;
    await until("the second says hello", () => second.hints.length > 0);
    expect(hints.streamCount()).toBe(before);
    second.close();
    await until("it is forgotten", () => hints.streamCount() === before - 1);
  });

  test("ends with the screen's revocation", async () => {
    const person = await makePerson(server);
    const { screen, stream } = await watch(person);
    await person.call("devices.revoke", { id: screen.deviceId });
    await stream.ended;
    expect(stream.hints.at(-1)).toEqual({ kind: "revoked" });
  });

  test("of a reader that takes nothing is dropped, and costs the others nothing", async () => {
    const person = await makePerson(server);
    const { screen: slow, stream } = await watch(person);
    stream.close();
    const socket = connect({ host: "127.0.0.1", port: server.port });
    socket.write(upgradeOf(slow.token));
    const registered = server.services.devices.screens.find(slow.organizationId, slow.deviceId);
    await until("the slow one is open", () => registered?.stream?.isOpen === true);
    socket.pause();
    const frame = Buffer.alloc(64 * 1024);
    await until("it is dropped", () => {
      registered?.stream?.send(frame);
      return registered?.stream === undefined;
    });
    socket.destroy();
  });

  test("says goodbye when the server stops, to each with a delay of its own, and does not hold it up", async () => {
    const stopping = await startTestServer();
    try {
      const person = await makePerson(stopping);
      const streams = await Promise.all(
        [1, 2, 3, 4].map(async () => (await pairScreen(stopping.url, person.cookie)).live()),
      );
      await until("all say hello", () => streams.every(({ hints }) => hints.length > 0));
      const startedAtMs = performance.now();
      await stopping.stop();
      expect(performance.now() - startedAtMs).toBeLessThan(5_000);
      await Promise.all(streams.map(({ ended }) => ended));
      const delays = streams.map(({ hints }) => {
        const last = hints.at(-1);
        return last?.kind === "goodbye" ? last.reconnectMs : -1;
      });
      expect(Math.min(...delays)).toBeGreaterThanOrEqual(500);
      expect(new Set(delays).size).toBeGreaterThan(1);
    } finally {
      await stopping[Symbol.asyncDispose]();
    }
  });
});
