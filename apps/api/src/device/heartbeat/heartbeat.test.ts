import { randomBytes, randomUUID } from "node:crypto";
import { deviceView } from "@vitrine/core/model/device";
import { openJobsDatabase } from "@vitrine/db/jobs";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";
import { makePerson, type TestPerson } from "../testing/test-person.ts";
import { calmBeat, HARDWARE, pairScreen, type TestScreen } from "../testing/test-screen.ts";

let server: TestServer;
let url: string;
let person: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  url = server.url;
  person = await makePerson(server);
});
afterAll(() => server[Symbol.asyncDispose]());

const view = async (screen: TestScreen, by = person) =>
  deviceView.parse(await by.query("devices.get", { id: screen.deviceId }));
const etagOf = async (screen: TestScreen) =>
  (await screen.manifest()).headers.get("etag")?.replace(/^W\/|"/g, "") ?? "";

/** The view once it is as wanted: what a beat says is written within moments. */
async function seen(screen: TestScreen, wanted: object) {
  let last: unknown;
  const matches = async () => {
    last = await view(screen);
    return Object.entries(wanted).every(
      ([name, value]) => JSON.stringify(Reflect.get(Object(last), name)) === JSON.stringify(value),
    );
  };
  await until(`the screen looks like ${JSON.stringify(wanted)}`, matches).catch((error: unknown) => {
    throw new Error(`${String(error)}; it looks like ${JSON.stringify(last)}`);
  });
  return view(screen);
}

describe("a beat", () => {
  test("makes a screen's first sign of life seen, and only what it confirmed", async () => {
    const { id: assetId } = await person.makeAsset(randomBytes(50), "Poster");
    const playlistId = await person.makePlaylist([assetId]);
    const screen = await pairScreen(url, person.cookie, { playlistId });
    expect(await view(screen)).toMatchObject({ status: "never", onGlass: null, isUpToDate: false });
    const answer = await screen.beat({ state: "syncing" });
    expect(Math.abs(Date.parse(answer.serverTime) - Date.now())).toBeLessThan(5_000);
    expect(await seen(screen, { status: "syncing" })).toMatchObject({ onGlass: null, isUpToDate: false });

    const etag = await etagOf(screen);
    expect(answer.manifestEtag).toBe(etag);
    const onGlass = { assetId, itemId: null, shownSince: new Date().toISOString() };
    await screen.beat({ onGlass, activeManifest: etag, newestManifest: etag });
    expect(await seen(screen, { status: "playing", isUpToDate: true })).toMatchObject({
      onGlass: { ...onGlass, assetName: "Poster" },
      playerState: "playing",
      hardware: HARDWARE,
      offlineReason: null,
    });
  });

  test("names a newer manifest as soon as there is one, and the screen is not up to date until it has it", async () => {
    const { id: assetId } = await person.makeAsset(randomBytes(50), "Poster 2");
    const playlistId = await person.makePlaylist([assetId], "Edited");
    const screen = await pairScreen(url, person.cookie, { playlistId });
    const onGlass = { assetId, itemId: null, shownSince: new Date().toISOString() };
    const first = await etagOf(screen);
    await screen.beat({ onGlass, activeManifest: first, newestManifest: first });
    await seen(screen, { isUpToDate: true });
    await person.call("playlists.update", { id: playlistId, name: "Edited again" });
    await seen(screen, { isUpToDate: false });
    const answer = await screen.beat({ onGlass, activeManifest: first, newestManifest: first });
    expect(answer.manifestEtag).not.toBe(first);
    expect(await view(screen)).toMatchObject({ status: "playing", isUpToDate: false });
    const second = await etagOf(screen);
    expect(second).toBe(answer.manifestEtag);
    await screen.beat({ onGlass, activeManifest: second, newestManifest: second });
    await seen(screen, { isUpToDate: true });
  });

  test("of a screen that a change does not touch asks for nothing and stays up to date", async () => {
    const { id: assetId } = await person.makeAsset(randomBytes(50), "Poster 3");
    const screen = await pairScreen(url, person.cookie, {
      playlistId: await person.makePlaylist([assetId], "Still"),
    });
    const onGlass = { assetId, itemId: null, shownSince: new Date().toISOString() };
    const first = await etagOf(screen);
    await screen.beat({ onGlass, activeManifest: first, newestManifest: first });
    await seen(screen, { isUpToDate: true });
    await person.makePlaylist([], "Elsewhere");
    await until("the change is told", () => server.services.events.settledAtMs() > Date.now() - 50);
    const answer = await screen.beat({ onGlass, activeManifest: first, newestManifest: first });
    expect(answer.manifestEtag).toBe(first);
    expect(await view(screen)).toMatchObject({ isUpToDate: true });
    expect(await etagOf(screen)).toBe(first);
    await person.call("assets.update", { id: assetId, isEnabled: false });
    await until("it is touched", async () => !(await view(screen)).isUpToDate);
    await screen.beat({ onGlass, activeManifest: first, newestManifest: first });
    expect(await view(screen)).toMatchObject({ isUpToDate: false });
  });

  test("before an orderly stop says offline at once, and why", async () => {
    const screen = await pairScreen(url, person.cookie);
    await screen.beat();
    await seen(screen, { status: "idle" });
    await screen.beat({ isStopping: true });
    await seen(screen, { status: "offline", offlineReason: "stopped_on_purpose" });
    await screen.beat();
    await seen(screen, { status: "idle", offlineReason: null });
  });

  test("with the worst that a screen can say is stored, and keeps no other from being stored", async () => {
    const worst = "\u0000\u0007\u202E\uD800<img onerror=alert(1)>'\"\\";
    const bad = await pairScreen(url, person.cookie);
    const good = await pairScreen(url, person.cookie);
    await Promise.all([
      bad.beat({
        hardware: { ...HARDWARE, model: worst, os: worst, appVersion: worst.slice(0, 40) },
        activeManifest: worst,
        newestManifest: worst,
        onGlass: { assetId: randomUUID(), itemId: randomUUID(), shownSince: "0000-01-01T00:00:00.000Z" },
        vitals: {
          uptimeSeconds: 1e308,
          memoryUsedBytes: 1e300,
          diskFreeBytes: null,
          cpuLoad: 0,
          temperatureCelsius: -1e308,
          clockOffsetMs: -1e300,
          stageRestarts: Number.MAX_SAFE_INTEGER,
        },
        faults: [{ kind: worst, text: worst.repeat(10) }],
        sync: { filesReady: 0, filesTotal: Number.MAX_SAFE_INTEGER, bytesReady: 1e308, bytesTotal: 1e308 },
      }),
      good.beat(),
    ]);
    await seen(good, { status: "idle" });
    const stored = await seen(bad, { status: "trouble" });
    expect(stored.hardware?.model).toBe("\uFFFD<img onerror=alert(1)>'\"\\");
    expect(stored.onGlass).toMatchObject({ shownSince: "2000-01-01T00:00:00.000Z", assetName: null });
  });
});

describe("a change on a live connection", () => {
  test("leaves all else as the beat before it said, and is made harmless like a beat", async () => {
    const screen = await pairScreen(url, person.cookie);
    const live = await screen.live();
    await live.beat({ ...calmBeat(randomUUID()), faults: [{ kind: "disk", text: "full" }] });
    await seen(screen, { status: "trouble" });
    const answer = await live.change({ hardware: { ...HARDWARE, model: "Other\u0007board" } });
    expect(answer.manifestEtag).toBe(await etagOf(screen));
    await live.change({ isRecovering: true });
    const stored = await seen(screen, { isRecovering: true });
    expect(stored).toMatchObject({
      status: "trouble",
      hardware: { ...HARDWARE, model: "Other board" },
      faults: [{ kind: "disk", text: "full" }],
    });
    await live.change({ faults: [] });
    await seen(screen, { status: "idle", faults: [] });
    live.close();
  });

  test("of no beat, or of another than the last one answered, ends the connection", async () => {
    const screen = await pairScreen(url, person.cookie);
    const first = await screen.live();
    first.send(JSON.stringify({ kind: "change", id: 1, since: 0, changes: {} }));
    await first.ended;
    const second = await screen.live();
    await second.beat(calmBeat(randomUUID()));
    second.send(JSON.stringify({ kind: "change", id: 3, since: 2, changes: {} }));
    await second.ended;
  });
});

describe("the state of a screen", () => {
  test("is told to open dashboards of its organization only, and is in the database by then", async () => {
    const stranger = await makePerson(server);
    const screen = await pairScreen(url, person.cookie);
    const told = (who: TestPerson, signal: AbortSignal) => {
      const seenIds: string[] = [];
      const read = async () => {
        for await (const message of server.services.events.subscribe(who.scope, undefined, signal)) {
          const { event } = z.object({ event: z.unknown() }).parse(message);
          const status = z
            .object({ kind: z.literal("status"), deviceIds: z.array(z.string()) })
            .safeParse(event);
          if (status.success) seenIds.push(...status.data.deviceIds);
        }
      };
      return { seenIds, reading: read() };
    };
    const abort = new AbortController();
    const own = told(person, abort.signal);
    const other = told(stranger, abort.signal);
    await until("both listen", () => server.services.events.streamCount() >= 2);
    await screen.beat();
    // That it was claimed may be told before.
    for (let status = "never"; status === "never"; ) {
      await until("it is told", () => own.seenIds.includes(screen.deviceId));
      own.seenIds.length = 0;
      status = (await view(screen)).status;
      expect(["never", "idle"]).toContain(status);
    }
    expect(other.seenIds).toEqual([]);
    abort.abort();
    await Promise.all([own.reading, other.reading]);
  });

  test("is written before the server ends, and taken up by the next one", async () => {
    const stopping = await startTestServer();
    const database = postgres(stopping.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
    try {
      const owner = await makePerson(stopping);
      const screen = await pairScreen(stopping.url, owner.cookie);
      const heardAtMs = async () => {
        const rows = await database<
          { at: Date | null }[]
        >`select last_heard_at as at from tenant.device_status
          where device_id = ${screen.deviceId}`;
        return rows[0]?.at?.getTime() ?? 0;
      };
      await screen.beat();
      await until("the first beat is written", async () => (await heardAtMs()) > 0);
      const firstMs = await heardAtMs();
      // The same again changes nothing that people see, so it waits for the flush of every few seconds.
      await screen.beat();
      expect(await heardAtMs()).toBe(firstMs);
      await stopping.stop();
      expect(await heardAtMs()).toBeGreaterThan(firstMs);
      const since = new Date(firstMs);
      await using jobs = await openJobsDatabase({ url: stopping.testDatabase.urls.vitrine_jobs });
      const heard = await jobs.listHeardSince(since);
      expect(heard.map(({ deviceId }) => deviceId)).toEqual([screen.deviceId]);
    } finally {
      await database.end();
      await stopping[Symbol.asyncDispose]();
    }
  });
});
