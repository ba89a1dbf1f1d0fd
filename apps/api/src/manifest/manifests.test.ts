import { createPublicKey, verify } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { manifest } from "@vitrine/core/model/manifest";
import { compileDay } from "@vitrine/core/schedule";
import { assets, devices, organizations, playlistItems, playlists } from "@vitrine/db/schema";
import canonicalize from "canonicalize";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeTestOrganization, type TestOrganization } from "../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { type BuiltManifest, type ManifestsDeps, makeManifests } from "./manifests.ts";

let server: TestServer;
let ours: TestOrganization;
let api: ReturnType<TestOrganization["as"]>;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  ours = await makeTestOrganization(server.services);
  api = ours.as("owner");
});

async function build(deviceId: string, from = server.services.manifests): Promise<BuiltManifest> {
  const built = await from.build(ours.scope, deviceId);
  if (!built) throw new Error("No manifest");
  return built;
}

const read = (built: BuiltManifest) => manifest.parse(JSON.parse(built.write().body.toString()));

test("a manifest is canonical JSON of its schema, named by what is in it and signed by the server", async () => {
  const [image, video, web] = await Promise.all([
    ours.makeAsset({ name: 'Größe \u2028 "quoted" 🎈' }),
    ours.makeAsset({ kind: "video", durationMs: 7_000 }),
    ours.makeAsset({ kind: "web", url: "https://example.com/menu?a=1" }),
  ]);
  const playlist = await api.playlists.create({ name: "All", assetIds: [image, video, web, image] });
  const deviceId = await ours.makeDevice({ name: "Door", playlistId: playlist.id });
  const built = await build(deviceId);
  const { body, signature, gzip } = built.write();
  const text = body.toString();
  expect(text).toBe(canonicalize(JSON.parse(text)));
  expect(built.etag).toMatch(/^[0-9a-f]{64}$/);
  const key = createPublicKey(server.services.manifestKey);
  expect(verify(null, body, key, Buffer.from(signature, "base64url"))).toBe(true);
  expect(gunzipSync(await gzip()).equals(body)).toBe(true);
  const other = Buffer.from(text.replace("Door", "Dior"));
  expect(verify(null, other, key, Buffer.from(signature, "base64url"))).toBe(false);

  const parsed = read(built);
  expect(parsed).toMatchObject({
    organizationId: ours.organizationId,
    deviceId,
    deviceName: "Door",
    timeZone: "Europe/Berlin",
    rotation: 0,
    playlistId: playlist.id,
    defaultPlaylistId: null,
  });
  const sent: unknown = JSON.parse(text).playlists;
  expect(sent).toEqual([
    {
      id: playlist.id,
      name: "All",
      items: playlist.items.map(({ id, assetId }) => ({ id, assetId, durationMs: null })),
    },
  ]);
  expect(parsed.assets.map(({ id }) => id)).toEqual([image, video, web].sort());
  const byId = new Map(parsed.assets.map((asset) => [asset.id, asset]));
  expect(byId.get(image)).toMatchObject({
    durationMs: 10_000,
    url: null,
    file: { sizeBytes: 1000, mediaType: "image/jpeg" },
  });
  expect(byId.get(video)).toMatchObject({ durationMs: 7_000, kind: "video" });
  expect(byId.get(web)).toMatchObject({ file: null, url: "https://example.com/menu?a=1", reloadSeconds: 60 });
  expect(compileDay(parsed, "2026-11-21").slots.length).toBeGreaterThan(100);
});

test("only enabled items of ready, enabled, present assets are in it", async () => {
  const states = ["pending", "processing", "ready", "failed"] as const;
  const cases = states.flatMap((state) =>
    [true, false].flatMap((isAssetEnabled) =>
      [true, false].flatMap((isActive) =>
        [true, false].map((isItemEnabled) => ({ state, isAssetEnabled, isActive, isItemEnabled })),
      ),
    ),
  );
  const assetIds = await Promise.all(
    cases.map(({ state, isAssetEnabled }) => ours.makeAsset({ state, isEnabled: isAssetEnabled })),
  );
  const playlist = await api.playlists.create({ name: "Matrix", assetIds });
  for (const [index, { isActive, isItemEnabled }] of cases.entries()) {
    const item = playlist.items[index];
    if (!item) throw new Error("An item is missing");
    await server.services.database.batch(ours.scope, (q) => [
      q
        .update(assets)
        .set({ isActive })
        .where(eq(assets.id, item.assetId ?? "")),
      q.update(playlistItems).set({ isEnabled: isItemEnabled }).where(eq(playlistItems.id, item.id)),
    ]);
  }
  const built = await build(await ours.makeDevice({ playlistId: playlist.id }));
  const expected = cases.flatMap((one, index) => {
    const plays = one.state === "ready" && one.isAssetEnabled && one.isActive && one.isItemEnabled;
    return plays ? [playlist.items[index]?.id] : [];
  });
  const parsed = read(built);
  expect(expected).toHaveLength(1);
  expect(parsed.playlists[0]?.items.map(({ id }) => id)).toEqual(expected);
  expect(parsed.assets).toHaveLength(1);
  expect(built.subjects.ids.toSorted()).toEqual([...assetIds, playlist.id].sort());
});

test("own playlist and default are both in it; a removed one is neither, yet still a subject", async () => {
  const asset = await ours.makeAsset();
  const own = await api.playlists.create({ name: "Own", assetIds: [asset] });
  const fallback = await api.playlists.create({ name: "Default", assetIds: [asset] });
  const deviceId = await ours.makeDevice({ playlistId: own.id });
  await server.services.database.batch(ours.scope, (q) => [
    q.update(organizations).set({ defaultPlaylistId: fallback.id, contentRevision: 50 }),
  ]);
  const built = await build(deviceId);
  expect(read(built)).toMatchObject({ playlistId: own.id, defaultPlaylistId: fallback.id });
  expect(read(built).playlists.map(({ id }) => id)).toEqual([own.id, fallback.id].sort());
  expect(read(built).assets).toHaveLength(1);

  await server.services.database.batch(ours.scope, (q) => [
    q.update(playlists).set({ isActive: false }).where(eq(playlists.id, own.id)),
    q.update(organizations).set({ contentRevision: 51 }),
  ]);
  const after = await build(deviceId);
  expect(read(after)).toMatchObject({ playlistId: null, defaultPlaylistId: fallback.id, revision: 51 });
  expect(after.subjects.ids.toSorted()).toEqual([own.id, fallback.id, asset].sort());
});

test("an item's own duration comes before its asset's, and that before the default", async () => {
  const [image, video] = await Promise.all([
    ours.makeAsset(),
    ours.makeAsset({ kind: "video", durationMs: 3_000 }),
  ]);
  const playlist = await api.playlists.create({ name: "Durations", assetIds: [image, video] });
  await server.services.database.batch(ours.scope, (q) => [
    q.update(organizations).set({ defaultDurationMs: 6_000 }),
  ]);
  await api.playlists.updateItem({
    playlistId: playlist.id,
    itemId: playlist.items[1]?.id ?? "",
    durationMs: 1_500,
  });
  const parsed = read(await build(await ours.makeDevice({ playlistId: playlist.id })));
  expect(parsed.playlists[0]?.items.map(({ durationMs }) => durationMs)).toEqual([null, 1_500]);
  expect(new Map(parsed.assets.map(({ id, durationMs }) => [id, durationMs]))).toEqual(
    new Map([
      [image, 6_000],
      [video, 3_000],
    ]),
  );
});

test("the same for a day, byte for byte, from cache and without; then renewed, each screen's at its own time", async () => {
  const playlist = await api.playlists.create({ name: "Stable", assetIds: [await ours.makeAsset()] });
  const deviceId = await ours.makeDevice({ playlistId: playlist.id });
  let nowMs = Date.UTC(2027, 4, 3, 0, 0, 0);
  const { database, manifestKey } = server.services;
  const deps: ManifestsDeps = {
    database,
    manifestKey,
    clock: { nowMs: () => nowMs, now: () => new Date(nowMs) },
  };
  const manifests = makeManifests(deps);
  const goodUntilMs = async (id: string) => Date.parse(read(await build(id, manifests)).validUntil);
  const leftMs = (await goodUntilMs(deviceId)) - nowMs;
  expect(leftMs).toBeGreaterThan(29 * 86_400_000);
  expect(leftMs).toBeLessThanOrEqual(30 * 86_400_000);
  expect(await goodUntilMs(await ours.makeDevice())).not.toBe(nowMs + leftMs);
  nowMs += leftMs - 30 * 86_400_000;
  const morning = await build(deviceId, manifests);
  nowMs += 86_399_999;
  for (const from of [manifests, makeManifests(deps)]) {
    const evening = await build(deviceId, from);
    expect(evening.etag).toBe(morning.etag);
    expect(evening.write().body.equals(morning.write().body)).toBe(true);
    expect(evening.write().signature).toBe(morning.write().signature);
  }
  nowMs += 1;
  expect((await build(deviceId, manifests)).etag).not.toBe(morning.etag);
});

test("every edit is in the next manifest, whose revision never goes back", async () => {
  const [a, b] = await Promise.all([ours.makeAsset(), ours.makeAsset()]);
  const playlist = await api.playlists.create({ name: "Edited", assetIds: [a, b] });
  const deviceId = await ours.makeDevice({ playlistId: playlist.id });
  const twinId = await ours.makeDevice({ playlistId: playlist.id });
  let last = (await build(deviceId)).revision;
  for (let round = 0; round < 10; round++) {
    const [item] = (await api.playlists.get({ id: playlist.id })).items;
    const edited = await api.playlists.moveItem({
      playlistId: playlist.id,
      itemId: item?.id ?? "",
      beforeItemId: null,
    });
    const [one, twin] = await Promise.all([build(deviceId), build(twinId)]);
    for (const built of [one, twin]) {
      expect(read(built).playlists[0]?.items.map(({ id }) => id)).toEqual(edited.items.map(({ id }) => id));
      expect(built.revision).toBe(last + 1);
    }
    last = one.revision;
  }
});

test("what is built while edits are made is one state of the database, never a mixture", async () => {
  const [a, b] = await Promise.all([ours.makeAsset(), ours.makeAsset()]);
  const playlist = await api.playlists.create({ name: "Torn", assetIds: [a] });
  const deviceIds = await Promise.all(
    Array.from({ length: 4 }, () => ours.makeDevice({ name: "a", playlistId: playlist.id })),
  );
  let isEditing = true;
  const seen = new Set<number>();
  const edits = (async () => {
    for (let round = 0; round < 40 || (seen.size <= 3 && round < 2000); round++) {
      // One transaction renames the screens, swaps the one item's asset and counts: all of it may be seen or nothing.
      const [name, assetId] = round % 2 === 0 ? ["b", b] : ["a", a];
      await server.services.database.inOrganization(ours.scope, async (tx) => {
        await tx.update(devices).set({ name });
        await tx.update(playlistItems).set({ assetId }).where(eq(playlistItems.playlistId, playlist.id));
        await tx.update(organizations).set({ contentRevision: 100 + round });
      });
    }
    isEditing = false;
  })();
  while (isEditing) {
    for (const built of await Promise.all(deviceIds.map((id) => build(id)))) {
      const parsed = read(built);
      const assetId = parsed.playlists[0]?.items[0]?.assetId;
      expect(parsed.assets.map(({ id }) => id)).toEqual([assetId]);
      expect(assetId).toBe(parsed.deviceName === "a" ? a : b);
      expect(built.revision < 100 ? "a" : built.revision % 2 === 0 ? "b" : "a").toBe(parsed.deviceName);
      seen.add(built.revision);
    }
  }
  await edits;
  expect(seen.size).toBeGreaterThan(3);
});

test("no manifest for an unknown, a revoked or another organization's screen", async () => {
  const theirs = await makeTestOrganization(server.services);
  const deviceId = await ours.makeDevice();
  const theirDevice = await theirs.makeDevice();
  const { manifests, newId, database } = server.services;
  expect(await manifests.build(ours.scope, newId())).toBeNull();
  expect(await manifests.build(ours.scope, theirDevice)).toBeNull();
  await database.batch(ours.scope, (q) => [
    q.update(devices).set({ isActive: false }).where(eq(devices.id, deviceId)),
  ]);
  expect(await manifests.build(ours.scope, deviceId)).toBeNull();
});

test("two organizations with the same ids and revisions share nothing in the cache", async () => {
  const theirs = await makeTestOrganization(server.services);
  const mine = await ours.makeDevice({ name: "Mine" });
  const other = await theirs.makeDevice({ name: "Theirs" });
  const [one, two] = await Promise.all([
    server.services.manifests.build(ours.scope, mine),
    server.services.manifests.build(theirs.scope, other),
  ]);
  expect(one && read(one)).toMatchObject({
    organizationId: ours.organizationId,
    deviceName: "Mine",
    assets: [],
  });
  expect(two && read(two)).toMatchObject({ organizationId: theirs.organizationId, deviceName: "Theirs" });
});
