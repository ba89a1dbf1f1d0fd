import { MAX_BUSINESSES } from "@vitrine/core/model/business";
import { MAX_DAYPARTS } from "@vitrine/core/model/daypart";
import { MAX_ENTRIES } from "@vitrine/core/model/entry";
import { MAX_GROUPS } from "@vitrine/core/model/group";
import { MAX_LAYOUTS } from "@vitrine/core/model/layout";
import { businesses, dayparts, deviceGroups, layouts, scheduleEntries } from "@vitrine/db/schema";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { WHOLE_ZONE } from "../testing/alike-world.ts";
import { failureOf } from "../testing/failure-of.ts";
import { makeTestOrganization, type TestOrganization } from "../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { useOf } from "./plan/room.ts";

let server: TestServer;
let ours: TestOrganization;
let api: ReturnType<TestOrganization["as"]>;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  ours = await makeTestOrganization(server.services);
  api = ours.as("admin");
});

const weekend = { weekdays: ["SA" as const, "SU" as const], start: "18:00", end: "02:00" };
const zone = (id: string, change: object = {}) => ({ ...WHOLE_ZONE, id, ...change });
const newId = () => server.services.newId();

const THINGS = {
  daypart: {
    list: () => api.dayparts.list({}),
    create: (name: string) => api.dayparts.create({ name, windows: [weekend] }),
    rename: (id: string, name: string) => api.dayparts.update({ id, name }),
    duplicate: (id: string) => api.dayparts.duplicate({ id }),
    remove: (id: string) => api.dayparts.remove({ ids: [id] }),
    restore: (id: string) => api.dayparts.restore({ ids: [id] }),
  },
  layout: {
    list: () => api.layouts.list({}),
    create: (name: string) => {
      const id = newId();
      return api.layouts.create({ name, zones: [zone(id)], mainZoneId: id });
    },
    rename: (id: string, name: string) => api.layouts.update({ id, name }),
    duplicate: (id: string) => api.layouts.duplicate({ id }),
    remove: (id: string) => api.layouts.remove({ ids: [id] }),
    restore: (id: string) => api.layouts.restore({ ids: [id] }),
  },
  group: {
    list: () => api.groups.list({}),
    create: (name: string) => api.groups.create({ name }),
    rename: (id: string, name: string) => api.groups.rename({ id, name }),
    duplicate: (id: string) => api.groups.duplicate({ id }),
    remove: (id: string) => api.groups.remove({ ids: [id] }),
    restore: (id: string) => api.groups.restore({ ids: [id] }),
  },
} as const;

describe.each(["daypart", "layout", "group"] as const)("a %s", (thing) => {
  const calls = THINGS[thing];

  test("is listed by name, renamed, copied, removed and restored; its name is its own", async () => {
    const made = await calls.create("Weekend");
    await calls.create("Another");
    expect((await calls.list()).rows.map(({ name }) => name)).toEqual(["Another", "Weekend"]);
    await expect(failureOf(calls.create("Weekend"))).resolves.toMatchObject({ code: "NAME_TAKEN" });
    expect(await calls.duplicate(made.id)).toMatchObject({ name: "Weekend (2)" });
    await expect(failureOf(calls.rename(made.id, "Another"))).resolves.toMatchObject({ code: "NAME_TAKEN" });
    await calls.remove(made.id);
    await calls.create("Weekend");
    await calls.restore(made.id);
    expect((await calls.list()).rows.map(({ name }) => name)).toEqual([
      "Another",
      "Weekend",
      "Weekend (2)",
      "Weekend (3)",
    ]);
    await expect(failureOf(calls.restore(made.id))).resolves.toMatchObject({ code: "NOT_FOUND" });
    await expect(failureOf(calls.rename(newId(), "X"))).resolves.toMatchObject({ code: "NOT_FOUND" });
  });
});

const CAPPED = {
  ...THINGS,
  entry: {
    create: async (name: string) => {
      const content = { kind: "asset" as const, assetId: await ours.makeAsset() };
      return api.schedule.create({ name, content, targets: { isEverywhere: true } });
    },
    remove: (id: string) => api.schedule.remove({ ids: [id] }),
    restore: (id: string) => api.schedule.restore({ ids: [id] }),
  },
} as const;

test.each([
  ["daypart", "dayparts", dayparts, MAX_DAYPARTS],
  ["layout", "layouts", layouts, MAX_LAYOUTS],
  ["group", "groups", deviceGroups, MAX_GROUPS],
  ["entry", "entries", scheduleEntries, MAX_ENTRIES],
] as const)(
  "a %s comes back only where there is room: of many at once, as many as fit",
  async (thing, what, table, limit) => {
    const { create, remove, restore } = CAPPED[thing];
    const kept = await create("Kept");
    const removed = await Promise.all(["A", "B", "C", "D"].map((name) => create(name)));
    for (const { id } of removed) await remove(id);
    await server.services.database.inOrganization(ours.scope, (tx) =>
      tx.execute(sql`insert into ${table} select (jsonb_populate_record(one, jsonb_build_object(
        'id', gen_random_uuid(), 'name', 'Copy ' || n))).*
      from ${table} one, generate_series(1, ${limit - 3}::integer) n
      where one.organization_id = ${ours.organizationId}::uuid and one.id = ${kept.id}::uuid`),
    );
    const tries = await Promise.allSettled([...removed.map(({ id }) => restore(id)), create("E")]);
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    for (const one of tries)
      if (one.status === "rejected")
        expect(one.reason).toMatchObject({ cause: { code: "TOO_MANY", data: { what, limit, use: limit } } });
    const [counted] = await server.services.database.inOrganization(ours.scope, (tx) =>
      tx.execute<{ use: number }>(sql`select ${useOf(what)} as use`),
    );
    expect(counted?.use).toBe(limit);
    if (thing !== "entry") return;
    const past = { start: "2020-01-01T00:00", end: "2020-01-01T01:00" };
    const when = { ...past, recurrence: null, exceptDates: [], extraDates: [] };
    const content = { kind: "asset" as const, assetId: await ours.makeAsset() };
    const over = await api.schedule.create({ content, targets: { isEverywhere: true }, when });
    const prolonged = api.schedule.update({ id: over.id, when: null });
    expect(await failureOf(prolonged), "one that is over takes no room").toMatchObject({ code: "TOO_MANY" });
  },
);

test("of businesses made at once, as many are made as fit", async () => {
  await server.services.database.inOrganization(ours.scope, (tx) =>
    tx.execute(sql`insert into ${businesses} (organization_id, id, name, created_at, updated_at)
      select ${ours.organizationId}::uuid, gen_random_uuid(), 'Shop ' || n, now(), now()
      from generate_series(1, ${MAX_BUSINESSES - 2}::integer) n`),
  );
  const names = ["A", "B", "C", "D", "E"];
  const tries = await Promise.allSettled(names.map((name) => api.businesses.create({ name })));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  const data = { what: "businesses", limit: MAX_BUSINESSES, use: MAX_BUSINESSES };
  for (const one of tries)
    if (one.status === "rejected") expect(one.reason).toMatchObject({ cause: { code: "TOO_MANY", data } });
});

test("a list of names goes on behind its cursor, without gap or repetition", async () => {
  const names = Array.from({ length: 25 }, (_, n) => `Group ${String(n).padStart(2, "0")}`);
  for (const name of names) await api.groups.create({ name });
  const seen: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await api.groups.list({ limit: 10, ...(cursor === undefined ? {} : { cursor }) });
    expect(page.total).toBe(25);
    seen.push(...page.rows.map(({ name }) => name));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(names);
  expect((await api.groups.list({ search: "oup 1" })).total).toBe(10);
});

test.each([
  [[], "zones"],
  [[zone("0195a3c2-7b1e-7c3d-9a4b-000000000001", { width: 1.5 })], "zones.0.width"],
  [[zone("0195a3c2-7b1e-7c3d-9a4b-000000000001", { left: 0.5 })], "zones.0.width"],
  [[zone("0195a3c2-7b1e-7c3d-9a4b-000000000001", { height: 0 })], "zones.0.height"],
  [[zone("0195a3c2-7b1e-7c3d-9a4b-000000000002")], "mainZoneId"],
  [
    [zone("0195a3c2-7b1e-7c3d-9a4b-000000000001"), zone("0195a3c2-7b1e-7c3d-9a4b-000000000002")],
    "zones.1.name",
  ],
])("a layout that cannot be drawn is refused with the path of the fault", async (zones, path) => {
  const mainZoneId = "0195a3c2-7b1e-7c3d-9a4b-000000000001";
  const refusal = await failureOf(api.layouts.create({ name: "Wrong", zones, mainZoneId }));
  expect(refusal).toMatchObject({ code: "INVALID_INPUT" });
  expect(JSON.stringify(refusal.data)).toContain(`"path":"${path}"`);
  expect((await api.layouts.list({})).total).toBe(0);
});

test("zones are replaced whole, with a playlist of the organization or none", async () => {
  const [id, other] = [newId(), newId()];
  const playlist = await api.playlists.create({ name: "Loop" });
  const made = await api.layouts.create({ name: "Split", zones: [zone(id)], mainZoneId: id });
  const zones = [
    zone(id, { width: 0.5, playlistId: playlist.id }),
    zone(other, { name: "Side", left: 0.5, width: 0.5, z: 1 }),
  ];
  const changed = await api.layouts.update({ id: made.id, zones, mainZoneId: other });
  expect(changed).toMatchObject({
    mainZoneId: other,
    zones: [
      { name: "Main", playlistName: "Loop" },
      { name: "Side", playlistName: null },
    ],
  });
  const wrong = [zone(id, { playlistId: newId() })];
  await expect(
    failureOf(api.layouts.update({ id: made.id, zones: wrong, mainZoneId: id })),
  ).resolves.toMatchObject({ code: "NOT_FOUND" });
  expect(await api.layouts.get({ id: made.id })).toEqual(changed);
  await expect(failureOf(api.playlists.remove({ ids: [playlist.id] }))).resolves.toMatchObject({
    code: "IN_USE",
    data: { layouts: [{ name: "Split" }] },
  });
});

test("a daypart that entries and items wait for is removed by force only, and they wait on", async () => {
  const daypart = await api.dayparts.create({ name: "Weekend", windows: [weekend] });
  const assetId = await ours.makeAsset();
  const playlist = await api.playlists.create({ name: "Loop", assetIds: [assetId] });
  const itemId = playlist.items[0]?.id ?? "";
  await api.playlists.updateItem({ playlistId: playlist.id, itemId, daypartIds: [daypart.id] });
  const deviceId = await ours.makeDevice({ playlistId: playlist.id });
  const saturday = "2026-11-28T20:00:00.000Z";
  expect((await api.schedule.explain({ deviceId, at: saturday })).rule).toBe("screen_playlist");
  const monday = await api.schedule.explain({ deviceId, at: "2026-11-30T20:00:00.000Z" });
  expect(monday).toMatchObject({ rule: "idle", skipped: [{ why: "outside_daypart" }] });
  await expect(failureOf(api.dayparts.remove({ ids: [daypart.id] }))).resolves.toMatchObject({
    code: "IN_USE",
    data: { playlists: [{ name: "Loop" }] },
  });
  await api.dayparts.remove({ ids: [daypart.id], force: true });
  expect((await api.schedule.explain({ deviceId, at: saturday })).rule).toBe("idle");
  await api.dayparts.restore({ ids: [daypart.id] });
  expect((await api.schedule.explain({ deviceId, at: saturday })).rule).toBe("screen_playlist");
});

test("what is in a group is found by it, and what it is in is shown", async () => {
  const deviceId = await ours.makeDevice({ name: "Window" });
  await ours.makeDevice({ name: "Bar" });
  const group = await api.groups.create({ name: "Doors", deviceIds: [deviceId] });
  expect((await api.devices.list({ groupId: group.id })).rows.map(({ name }) => name)).toEqual(["Window"]);
  expect((await api.devices.get({ id: deviceId })).groups).toEqual([{ id: group.id, name: "Doors" }]);
  expect((await api.groups.list({ deviceId })).rows).toMatchObject([{ name: "Doors", deviceCount: 1 }]);
  await expect(failureOf(api.groups.change({ id: group.id, add: [newId()] }))).resolves.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("tags of screens are listed with how many carry them", async () => {
  const ids = await Promise.all([1, 2].map((n) => ours.makeDevice({ name: `S${n}` })));
  for (const [place, id] of ids.entries()) {
    await api.devices.update({ id, tags: place === 0 ? ["bar", "street"] : ["street"] });
  }
  expect((await api.devices.tags()).tags).toEqual([
    { tag: "street", count: 2 },
    { tag: "bar", count: 1 },
  ]);
});

test("content plays within the window that it is given, and a window that ends before it starts is refused", async () => {
  const assetId = await ours.makeAsset();
  const playlist = await api.playlists.create({ name: "Loop", assetIds: [assetId] });
  const deviceId = await ours.makeDevice({ playlistId: playlist.id });
  await api.assets.update({
    id: assetId,
    availableFrom: "2026-12-01T00:00:00.000Z",
    availableUntil: "2026-12-02T00:00:00.000Z",
  });
  const ruleAt = async (at: string) => (await api.schedule.explain({ deviceId, at })).rule;
  expect(await ruleAt("2026-11-30T23:59:59.000Z")).toBe("idle");
  expect(await ruleAt("2026-12-01T00:00:00.000Z")).toBe("screen_playlist");
  expect(await ruleAt("2026-12-02T00:00:00.000Z")).toBe("idle");
  const wrong = api.assets.update({ id: assetId, availableUntil: "2026-11-01T00:00:00.000Z" });
  expect(JSON.stringify((await failureOf(wrong)).data)).toContain("availableUntil");
});
