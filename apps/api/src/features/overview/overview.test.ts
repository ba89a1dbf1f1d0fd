import { DEVICE_STATUSES, type DeviceCondition } from "@vitrine/core/model/device";
import { OVERVIEW_DEVICES } from "@vitrine/core/model/overview";
import { assets, deviceStatus, devices } from "@vitrine/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeTestOrganization, type TestOrganization } from "../../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";

let server: TestServer;
let ours: TestOrganization;
let api: ReturnType<TestOrganization["as"]>;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  ours = await makeTestOrganization(server.services);
  api = ours.as("viewer");
});

const none = Object.fromEntries(DEVICE_STATUSES.map((status) => [status, 0]));

async function hear(deviceId: string, condition: DeviceCondition, agoMs: number): Promise<void> {
  const lastHeardAt = new Date(server.services.clock.nowMs() - agoMs);
  const row = { organizationId: ours.organizationId, deviceId, lastHeardAt, condition };
  await server.services.database.batch(ours.scope, (q) => [
    q
      .insert(deviceStatus)
      .values(row)
      .onConflictDoUpdate({ target: [deviceStatus.organizationId, deviceStatus.deviceId], set: row }),
  ]);
}

test("an empty organization has done nothing, and is told so", async () => {
  expect(await api.overview.get()).toEqual({
    firstSteps: { hasContent: false, hasPlaylist: false, hasScreen: false, isPlaying: false },
    counts: none,
    assetCount: 0,
    playlistCount: 0,
    storageBytes: 0,
    recentDevices: [],
  });
});

test("steps tick themselves one by one; playing takes a picture that a screen confirmed lately", async () => {
  const assetId = await ours.makeAsset();
  expect((await api.overview.get()).firstSteps).toMatchObject({ hasContent: true, hasPlaylist: false });
  const playlist = await ours.as("manager").playlists.create({ name: "First", assetIds: [assetId] });
  expect((await api.overview.get()).firstSteps).toMatchObject({ hasPlaylist: true, hasScreen: false });
  const deviceId = await ours.makeDevice({ playlistId: playlist.id });
  expect(await api.overview.get()).toMatchObject({
    firstSteps: { hasScreen: true, isPlaying: false },
    counts: { ...none, never: 1 },
  });
  await hear(deviceId, "syncing", 0);
  expect((await api.overview.get()).firstSteps.isPlaying).toBe(false);
  await hear(deviceId, "playing", 0);
  const playing = await api.overview.get();
  expect(playing).toMatchObject({ firstSteps: { isPlaying: true }, counts: { ...none, playing: 1 } });
  expect(playing.recentDevices[0]).toMatchObject({ id: deviceId, status: "playing" });
  await hear(deviceId, "playing", 120_000);
  expect(await api.overview.get()).toMatchObject({
    firstSteps: { hasScreen: true, isPlaying: false },
    counts: { ...none, offline: 1 },
  });
});

test("counts are of what is present, over all screens; only the newest are shown", async () => {
  const removed = await ours.makeAsset();
  await ours.makeAsset();
  const manager = ours.as("manager");
  const gone = await manager.playlists.create({ name: "Gone" });
  await manager.playlists.create({ name: "Kept" });
  await manager.playlists.remove({ ids: [gone.id] });
  const deviceIds: string[] = [];
  for (let index = 0; index < OVERVIEW_DEVICES + 3; index++) {
    deviceIds.push(await ours.makeDevice({ name: `Screen ${index}` }));
  }
  const [first = ""] = deviceIds;
  await server.services.database.batch(ours.scope, (q) => [
    q.update(assets).set({ isActive: false }).where(eq(assets.id, removed)),
    q.update(devices).set({ isActive: false, revokedAt: new Date() }).where(eq(devices.id, first)),
  ]);
  const view = await api.overview.get();
  expect(view).toMatchObject({
    assetCount: 1,
    playlistCount: 1,
    storageBytes: 4_000,
    counts: { ...none, never: OVERVIEW_DEVICES + 2, revoked: 1 },
  });
  expect(view.recentDevices.map(({ id }) => id)).toEqual(deviceIds.toReversed().slice(0, OVERVIEW_DEVICES));
});

test("nothing of another organization is counted or shown", async () => {
  const theirs = await makeTestOrganization(server.services);
  await theirs.makeAsset();
  await theirs.makeDevice();
  await theirs.as("owner").playlists.create({ name: "Theirs" });
  expect(await api.overview.get()).toMatchObject({
    counts: none,
    assetCount: 0,
    playlistCount: 0,
    storageBytes: 0,
    recentDevices: [],
  });
});
