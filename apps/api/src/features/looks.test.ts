import { randomBytes } from "node:crypto";
import { manifest } from "@vitrine/core/model/manifest";
import { assets, auditEvents } from "@vitrine/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { failureOf } from "../testing/failure-of.ts";
import { makeTestOrganization, type TestOrganization } from "../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

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
  await api.organization.update({ slug: `o-${randomBytes(8).toString("hex")}` });
});

/** What the screen is sent: as it travels, before anything is filled in. */
async function sentTo(deviceId: string): Promise<Record<string, unknown>> {
  const built = await server.services.manifests.build(ours.scope, deviceId);
  if (!built) throw new Error("No manifest");
  const sent: Record<string, unknown> = JSON.parse(built.write().body.toString());
  manifest.parse(sent);
  return sent;
}

async function refused(call: Promise<unknown>, code: string): Promise<void> {
  expect((await failureOf(call)).code).toBe(code);
}

const lastAudit = async () => {
  const [rows] = await server.services.database.batch(ours.scope, (q) => [
    q
      .select({ action: auditEvents.action, before: auditEvents.before, after: auditEvents.after })
      .from(auditEvents)
      .where(eq(auditEvents.organizationId, ours.organizationId))
      .orderBy(auditEvents.id),
  ]);
  return rows.at(-1);
};

test("a stream is content by its address: named, audited, listed by kind, moved, played", async () => {
  const url = "https://live.example.com/hall/index.m3u8";
  const stream = await api.assets.createStream({ url, tags: ["Hall"] });
  expect(stream).toMatchObject({
    kind: "stream",
    state: "ready",
    name: "live.example.com",
    url,
    reloadSeconds: null,
    tags: ["hall"],
    loudness: 100,
  });
  expect(await lastAudit()).toMatchObject({ action: "assets.create", after: { kind: "stream", url } });
  expect((await api.assets.createStream({ url })).name).toBe("live.example.com (2)");
  expect((await api.assets.list({ kind: "stream" })).total).toBe(2);
  await refused(api.assets.update({ id: stream.id, reloadSeconds: 60 }), "WRONG_KIND");
  const moved = "https://live.example.com/door/index.m3u8";
  expect((await api.assets.update({ id: stream.id, url: moved })).url).toBe(moved);

  const playlist = await api.playlists.create({ name: "Live", assetIds: [stream.id] });
  const sent = await sentTo(await ours.makeDevice({ playlistId: playlist.id }));
  expect(sent.assets).toEqual([
    {
      id: stream.id,
      name: "live.example.com",
      kind: "stream",
      durationMs: 10_000,
      width: null,
      height: null,
      file: null,
      url: moved,
      reloadSeconds: 0,
    },
  ]);
});

test("fit and loudness are told to screens where they are not as usual, and given to what has them only", async () => {
  const image = await ours.makeAsset();
  const video = await ours.makeAsset({ kind: "video", durationMs: 4_000 });
  const page = await ours.makeAsset({ kind: "web" });
  const playlist = await api.playlists.create({ name: "Looks", assetIds: [image, video, page] });
  const deviceId = await ours.makeDevice({ playlistId: playlist.id });
  for (const one of Object.values((await sentTo(deviceId)).assets ?? [])) {
    expect(one).not.toHaveProperty("fit");
    expect(one).not.toHaveProperty("loudness");
  }
  expect(await api.assets.update({ id: image, fit: "cover" })).toMatchObject({ fit: "cover", loudness: 100 });
  await api.assets.update({ id: video, loudness: 0, fit: "fill" });
  expect(await lastAudit()).toMatchObject({
    before: { fit: "contain", loudness: 100 },
    after: { fit: "fill", loudness: 0 },
  });
  await refused(api.assets.update({ id: image, loudness: 50 }), "WRONG_KIND");
  await refused(api.assets.update({ id: page, fit: "cover" }), "WRONG_KIND");
  await refused(api.assets.update({ id: video, loudness: 101 }), "INVALID_INPUT");
  const sent = await sentTo(deviceId);
  expect(sent.assets).toMatchObject([{ fit: "cover" }, { fit: "fill", loudness: 0 }, { kind: "web" }]);
});

test("a playlist fades where it was told to, its version grows once, and its copy fades alike", async () => {
  const playlist = await api.playlists.create({ name: "Soft", assetIds: [await ours.makeAsset()] });
  const deviceId = await ours.makeDevice({ playlistId: playlist.id });
  expect(JSON.stringify((await sentTo(deviceId)).playlists)).not.toContain("fadeMs");
  const faded = await api.playlists.update({ id: playlist.id, fadeMs: 800 });
  expect(faded).toMatchObject({ fadeMs: 800, version: playlist.version + 1 });
  expect((await api.playlists.update({ id: playlist.id, fadeMs: 800 })).version).toBe(faded.version);
  await refused(api.playlists.update({ id: playlist.id, fadeMs: 20 }), "INVALID_INPUT");
  await refused(api.playlists.update({ id: playlist.id, fadeMs: 5_001 }), "INVALID_INPUT");
  expect((await sentTo(deviceId)).playlists).toMatchObject([{ fadeMs: 800 }]);
  expect(await api.playlists.duplicate({ id: playlist.id })).toMatchObject({ fadeMs: 800 });
});

test("a brand is a colour and a picture of one's own; the picture counts as used", async () => {
  const deviceId = await ours.makeDevice();
  expect(await sentTo(deviceId)).not.toHaveProperty("brand");
  const logo = await ours.makeAsset({ name: "Logo" });
  const video = await ours.makeAsset({ kind: "video", durationMs: 1_000 });
  const raw = await ours.makeAsset({ state: "processing" });
  const theirs = await (await makeTestOrganization(server.services)).makeAsset();
  const give = (brandLogoAssetId: string) => api.organization.update({ brandLogoAssetId });
  await refused(give(video), "WRONG_KIND");
  await refused(give(raw), "ASSET_NOT_READY");
  await refused(give(theirs), "NOT_FOUND");
  await refused(api.organization.update({ brandColor: "red" }), "INVALID_INPUT");

  const view = await api.organization.update({ brandColor: "#1A56DB", brandLogoAssetId: logo });
  expect(view).toMatchObject({ brandColor: "#1a56db", brandLogo: { assetId: logo } });
  expect(view.brandLogo?.url).toMatch(/^http:\/\/content\.test\//);
  expect(await lastAudit()).toMatchObject({
    before: { brandColor: null, brandLogoAssetId: null },
    after: { brandColor: "#1a56db", brandLogoAssetId: logo },
  });
  const { sha256 } = await api.assets.get({ id: logo });
  const built = await server.services.manifests.build(ours.scope, deviceId);
  expect(built?.subjects.ids).toContain(logo);
  expect(await sentTo(deviceId)).toMatchObject({ brand: { color: "#1a56db", logo: { sha256 } }, assets: [] });

  expect(await api.assets.usedBy({ id: logo })).toMatchObject({ isBrandLogo: true });
  await refused(api.assets.remove({ ids: [logo] }), "IN_USE");
  await api.assets.remove({ ids: [logo], force: true });
  expect(await sentTo(deviceId)).toMatchObject({ brand: { color: "#1a56db", logo: null } });
  expect((await api.organization.get()).brandLogo).toEqual({ assetId: logo, url: null });
  await refused(give(logo), "NOT_FOUND");
  await api.organization.update({ brandColor: null, brandLogoAssetId: null });
  expect(await sentTo(deviceId)).not.toHaveProperty("brand");
});

test("a logo chosen while it is removed never deadlocks: one of the two finds the other's work", async () => {
  for (let round = 0; round < 5; round++) {
    const logo = await ours.makeAsset();
    const outcomes = await Promise.allSettled([
      api.organization.update({ brandLogoAssetId: logo }),
      api.assets.remove({ ids: [logo] }),
    ]);
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(1);
    await api.organization.update({ brandLogoAssetId: null });
  }
});

test("a screen's loudness and private hosts are in its manifest once they are set", async () => {
  const id = await ours.makeDevice({ name: "Door" });
  const before = await sentTo(id);
  expect(before).not.toHaveProperty("volumePercent");
  expect(before).not.toHaveProperty("privateHosts");
  const privateHosts = ["Menu.local", "192.168.4.0/24", "menu.local"];
  await api.devices.update({ id, volumePercent: 0, privateHosts });
  const hosts = ["192.168.4.0/24", "menu.local"];
  expect(await lastAudit()).toMatchObject({
    action: "devices.update",
    before: { volumePercent: null, privateHosts: [] },
    after: { volumePercent: 0, privateHosts: hosts },
  });
  expect(await sentTo(id)).toMatchObject({ volumePercent: 0, privateHosts: hosts });
  await refused(api.devices.update({ id, privateHosts: ["http://menu"] }), "INVALID_INPUT");
  await api.devices.update({ id, volumePercent: null, privateHosts: [] });
  expect(await sentTo(id)).not.toHaveProperty("volumePercent");
});

test("a picture that is off is no logo meanwhile", async () => {
  const logo = await ours.makeAsset();
  await api.organization.update({ brandLogoAssetId: logo });
  await server.services.database.batch(ours.scope, (q) => [
    q.update(assets).set({ isEnabled: false }).where(eq(assets.id, logo)),
  ]);
  expect((await api.organization.get()).brandLogo).toEqual({ assetId: logo, url: null });
});
