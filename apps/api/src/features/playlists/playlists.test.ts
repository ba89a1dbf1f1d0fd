import { AppError, type ErrorCode, type ErrorData } from "@vitrine/core/model/errors";
import { MAX_PLAYLIST_ITEMS } from "@vitrine/core/model/playlist";
import { auditEvents, devices, organizations, outbox } from "@vitrine/db/schema";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeTestOrganization, type TestOrganization } from "../../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { insertItems, newItems } from "./insert-items.ts";
import { firstPositions } from "./positions.ts";

let server: TestServer;
let ours: TestOrganization;
let api: ReturnType<TestOrganization["as"]>;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  ours = await makeTestOrganization(server.services);
  api = ours.as("manager");
});

async function failureOf<Code extends ErrorCode>(
  call: Promise<unknown>,
  code: Code,
): Promise<ErrorData<Code>> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof AppError)) throw new Error(`Not refused with ${code}: ${String(error)}`);
  expect(cause.code).toBe(code);
  return cause.data;
}

test("a playlist shows its items in order, and what plays in all", async () => {
  const [image, video, disabled] = await Promise.all([
    ours.makeAsset(),
    ours.makeAsset({ kind: "video", durationMs: 4_000 }),
    ours.makeAsset({ isEnabled: false }),
  ]);
  const made = await api.playlists.create({ name: "Window", assetIds: [image, video, disabled, image] });
  expect(made).toMatchObject({
    name: "Window",
    itemCount: 4,
    totalDurationMs: 24_000,
    version: 1,
    deviceCount: 0,
  });
  expect(made.items.map((item) => item.assetId)).toEqual([image, video, disabled, image]);
  expect(made.items.map((item) => item.effectiveDurationMs)).toEqual([10_000, 4_000, 10_000, 10_000]);
  expect(made.thumbnailUrls).toHaveLength(3);
  expect(made.thumbnailUrls[0]).toMatch(/^http:\/\/content\.test\/c\//);
  expect(made.items[1]?.asset?.fileUrl).toMatch(/^http:\/\/content\.test\/c\//);

  const [, second] = made.items;
  const edited = await api.playlists.updateItem({
    playlistId: made.id,
    itemId: second?.id ?? "",
    durationMs: 2_500,
    isEnabled: true,
  });
  expect(edited).toMatchObject({ version: 2, totalDurationMs: 22_500 });
  const again = await api.playlists.updateItem({
    playlistId: made.id,
    itemId: second?.id ?? "",
    durationMs: 2_500,
  });
  expect(again.version).toBe(2);
  const off = await api.playlists.updateItem({
    playlistId: made.id,
    itemId: second?.id ?? "",
    isEnabled: false,
  });
  expect(off).toMatchObject({ version: 3, totalDurationMs: 20_000, itemCount: 4 });
});

test("lengths outside the bounds of a duration are brought within them", async () => {
  const [short, long] = await Promise.all([
    ours.makeAsset({ kind: "video", durationMs: 40 }),
    ours.makeAsset({ kind: "video", durationMs: 90_000_000 }),
  ]);
  const made = await api.playlists.create({ name: "Bounds", assetIds: [short, long] });
  expect(made.items.map((item) => item.effectiveDurationMs)).toEqual([500, 86_400_000]);
});

test("items are added where asked, in the order given, and taken out", async () => {
  const [a, b, c] = await Promise.all([ours.makeAsset(), ours.makeAsset(), ours.makeAsset()]);
  const made = await api.playlists.create({ name: "Order", assetIds: [a] });
  const first = made.items[0]?.id ?? "";
  await api.playlists.addItems({ playlistId: made.id, assetIds: [b, c], beforeItemId: first });
  const after = await api.playlists.addItems({ playlistId: made.id, assetIds: [c] });
  expect(after.items.map((item) => item.assetId)).toEqual([b, c, a, c]);
  const itemIds = after.items.slice(0, 2).map((item) => item.id);
  const left = await api.playlists.removeItems({ playlistId: made.id, itemIds });
  expect(left.items.map((item) => item.assetId)).toEqual([a, c]);
  expect(left.version).toBe(4);
  await failureOf(
    api.playlists.removeItems({ playlistId: made.id, itemIds: [first, itemIds[0] ?? ""] }),
    "NOT_FOUND",
  );
  expect((await api.playlists.get({ id: made.id })).items).toHaveLength(2);
});

test("a playlist that is full says its limit and its use, and stays as it is", async () => {
  const asset = await ours.makeAsset();
  const made = await api.playlists.create({ name: "Full", assetIds: [] });
  const positions = firstPositions(MAX_PLAYLIST_ITEMS - 1);
  const assetIds = positions.map(() => asset);
  const items = newItems(server.services.newId, { assetIds, playlistIds: [] }, positions);
  await server.services.database.inOrganization(ours.scope, (tx) => insertItems(tx, made.id, items));
  const refusal = await failureOf(
    api.playlists.addItems({ playlistId: made.id, assetIds: [asset, asset] }),
    "PLAYLIST_FULL",
  );
  expect(refusal).toEqual({ limit: MAX_PLAYLIST_ITEMS, use: MAX_PLAYLIST_ITEMS - 1 });
  const full = await api.playlists.addItems({ playlistId: made.id, assetIds: [asset] });
  expect(full).toMatchObject({ itemCount: MAX_PLAYLIST_ITEMS, version: 2 });
  await failureOf(api.playlists.addItems({ playlistId: made.id, assetIds: [asset] }), "PLAYLIST_FULL");
});

test("names are unique among present playlists; a copy and a restored one get a free name", async () => {
  const asset = await ours.makeAsset();
  const made = await api.playlists.create({ name: "Lunch", assetIds: [asset, asset] });
  expect(await failureOf(api.playlists.create({ name: "Lunch" }), "NAME_TAKEN")).toEqual({ name: "Lunch" });
  const copy = await api.playlists.duplicate({ id: made.id });
  expect(copy).toMatchObject({ name: "Lunch (2)", itemCount: 2, version: 1 });
  expect(new Set([...made.items, ...copy.items].map((item) => item.id)).size).toBe(4);
  expect((await api.playlists.duplicate({ id: made.id })).name).toBe("Lunch (3)");
  await failureOf(api.playlists.update({ id: copy.id, name: "Lunch" }), "NAME_TAKEN");

  await api.playlists.remove({ ids: [made.id] });
  const renamed = await api.playlists.update({ id: copy.id, name: "Lunch" });
  expect(renamed).toMatchObject({ name: "Lunch", version: 2 });
  await api.playlists.restore({ ids: [made.id] });
  expect(await api.playlists.get({ id: made.id })).toMatchObject({
    name: "Lunch (2)",
    isActive: true,
    itemCount: 2,
  });
});

test("two people who take the same name at once: one gets it, the other is told", async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 6 }, () => api.playlists.create({ name: "Contested" })),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") await failureOf(Promise.reject(outcome.reason), "NAME_TAKEN");
  }
});

test("a playlist in use is removed by force only, and then taken off screens and default in the same step", async () => {
  const made = await api.playlists.create({ name: "Used" });
  const deviceId = await ours.makeDevice({ name: "Door", playlistId: made.id });
  const gone = await ours.makeDevice({ name: "Gone", playlistId: made.id });
  await server.services.database.batch(ours.scope, (q) => [
    q.update(devices).set({ isActive: false }).where(eq(devices.id, gone)),
    q
      .update(organizations)
      .set({ defaultPlaylistId: made.id })
      .where(eq(organizations.organizationId, ours.organizationId)),
  ]);
  const usedBy = {
    playlists: [],
    layouts: [],
    entries: [],
    devices: [{ id: deviceId, name: "Door" }],
    isOrganizationDefault: true,
    isBrandLogo: false,
  };
  expect(await api.playlists.usedBy({ id: made.id })).toEqual(usedBy);
  expect(await failureOf(api.playlists.remove({ ids: [made.id] }), "IN_USE")).toEqual(usedBy);
  expect(await api.playlists.get({ id: made.id })).toMatchObject({
    isActive: true,
    isDefault: true,
    deviceCount: 1,
  });

  await api.playlists.remove({ ids: [made.id], force: true });
  const [screens, defaults] = await server.services.database.batch(ours.scope, (q) => [
    q
      .select({ playlistId: devices.playlistId })
      .from(devices)
      .where(eq(devices.organizationId, ours.organizationId)),
    q.select({ id: organizations.defaultPlaylistId }).from(organizations),
  ]);
  expect(screens).toEqual([{ playlistId: null }, { playlistId: null }]);
  expect(defaults).toEqual([{ id: null }]);
  expect(await api.playlists.get({ id: made.id })).toMatchObject({ isActive: false, isDefault: false });
  await failureOf(api.playlists.update({ id: made.id, name: "Other" }), "NOT_FOUND");
  await failureOf(api.playlists.remove({ ids: [made.id] }), "NOT_FOUND");
});

test("removing several is all or nothing, and so is restoring", async () => {
  const [one, other] = await Promise.all([
    api.playlists.create({ name: "One" }),
    api.playlists.create({ name: "Other" }),
  ]);
  await failureOf(api.playlists.remove({ ids: [one.id, server.services.newId()] }), "NOT_FOUND");
  await api.playlists.remove({ ids: [one.id, other.id, one.id] });
  expect(await api.playlists.list({})).toMatchObject({ rows: [], total: 0 });
  expect((await api.playlists.list({ removed: true })).total).toBe(2);
  await failureOf(api.playlists.restore({ ids: [one.id, server.services.newId()] }), "NOT_FOUND");
  await api.playlists.restore({ ids: [one.id] });
  await failureOf(api.playlists.restore({ ids: [one.id, other.id] }), "NOT_FOUND");
  expect((await api.playlists.list({})).total).toBe(1);
});

test("lists page without gap or repetition in either order, and their total is of all that match", async () => {
  const names = Array.from({ length: 23 }, (_, index) => `List ${String(index).padStart(2, "0")} 50%_off`);
  for (const name of names) await api.playlists.create({ name });
  await api.playlists.create({ name: "Something else" });

  const collect = async (sort: "name" | "newest", search?: string) => {
    const rows: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.playlists.list({
        limit: 5,
        sort,
        ...(search && { search }),
        ...(cursor && { cursor }),
      });
      rows.push(...page.rows.map((row) => row.name));
      expect(page.total).toBe(search ? 23 : 24);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return rows;
  };
  expect(await collect("name", "50%_OFF")).toEqual(names);
  expect(await collect("newest")).toEqual(["Something else", ...names.toReversed()]);
  expect((await api.playlists.list({ search: "100%" })).total).toBe(0);
  await failureOf(api.playlists.list({ sort: "name", cursor: "nonsense" }), "INVALID_INPUT");
});

test("every change is audited, told and counted in the content revision, in one transaction", async () => {
  const asset = await ours.makeAsset();
  const made = await api.playlists.create({ name: "Told", assetIds: [asset] });
  await api.playlists.update({ id: made.id, name: "Told again" });
  await api.playlists.addItems({ playlistId: made.id, assetIds: [asset] });
  await failureOf(
    api.playlists.addItems({ playlistId: made.id, assetIds: [server.services.newId()] }),
    "NOT_FOUND",
  );
  const [audits, events, rows] = await server.services.database.batch(ours.scope, (q) => [
    q.select({ action: auditEvents.action }).from(auditEvents).orderBy(asc(auditEvents.id)),
    q.select({ event: outbox.event }).from(outbox).orderBy(asc(outbox.id)),
    q.select({ revision: organizations.contentRevision }).from(organizations),
  ]);
  expect(audits.map(({ action }) => action)).toEqual([
    "playlists.create",
    "playlists.update",
    "playlists.addItems",
  ]);
  expect(events.map(({ event }) => event)).toEqual([
    { subject: "playlist", ids: [made.id], action: "created" },
    { subject: "playlist", ids: [made.id], action: "updated" },
    { subject: "playlist", ids: [made.id], action: "items_added" },
  ]);
  expect(rows).toEqual([{ revision: 3 }]);
});

test("another organization's playlists, items and assets are as if they did not exist", async () => {
  const theirs = await makeTestOrganization(server.services);
  const theirAsset = await theirs.makeAsset();
  const theirList = await theirs.as("owner").playlists.create({ name: "Same", assetIds: [theirAsset] });
  const mine = await api.playlists.create({ name: "Same" });
  const itemId = theirList.items[0]?.id ?? "";
  const id = theirList.id;
  const calls = [
    () => api.playlists.get({ id }),
    () => api.playlists.usedBy({ id }),
    () => api.playlists.preview({ id }),
    () => api.playlists.duplicate({ id }),
    () => api.playlists.update({ id, name: "Mine" }),
    () => api.playlists.remove({ ids: [mine.id, id], force: true }),
    () => api.playlists.addItems({ playlistId: id, assetIds: [theirAsset] }),
    () => api.playlists.addItems({ playlistId: mine.id, assetIds: [theirAsset] }),
    () => api.playlists.create({ name: "Taken", assetIds: [theirAsset] }),
    () => api.playlists.moveItem({ playlistId: id, itemId, beforeItemId: null }),
    () => api.playlists.updateItem({ playlistId: id, itemId, isEnabled: false }),
    () => api.playlists.updateItem({ playlistId: mine.id, itemId, isEnabled: false }),
    () => api.playlists.removeItems({ playlistId: mine.id, itemIds: [itemId] }),
  ];
  for (const call of calls) await failureOf(call(), "NOT_FOUND");
  expect((await api.playlists.list({})).rows.map((row) => row.id)).toEqual([mine.id]);
  expect(await theirs.as("owner").playlists.get({ id })).toEqual(theirList);
});

test("who may only see playlists sees them and changes nothing", async () => {
  const made = await api.playlists.create({ name: "Seen" });
  const viewer = ours.as("viewer");
  expect((await viewer.playlists.get({ id: made.id })).name).toBe("Seen");
  await failureOf(viewer.playlists.create({ name: "No" }), "PERMISSION_MISSING");
  await failureOf(viewer.playlists.update({ id: made.id, name: "No" }), "PERMISSION_MISSING");
  await failureOf(viewer.playlists.remove({ ids: [made.id] }), "PERMISSION_MISSING");
});

test("a preview holds what plays, with an address for each file", async () => {
  const [image, web, pending] = await Promise.all([
    ours.makeAsset(),
    ours.makeAsset({ kind: "web", url: "https://example.com/menu" }),
    ours.makeAsset({ state: "pending" }),
  ]);
  const made = await api.playlists.create({ name: "Shown", assetIds: [web, pending, image] });
  const { manifest, mediaUrls } = await api.playlists.preview({ id: made.id });
  expect(manifest.playlists[0]?.items.map((item) => item.assetId)).toEqual([web, image]);
  expect(manifest).toMatchObject({ playlistId: made.id, defaultPlaylistId: null });
  expect(Object.keys(mediaUrls)).toEqual([image]);
});
