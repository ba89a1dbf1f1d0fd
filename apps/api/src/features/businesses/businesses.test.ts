import type { Subject } from "@vitrine/core/model/event";
import { MAX_GROUPS } from "@vitrine/core/model/group";
import { limitedScope, type OrganizationScope } from "@vitrine/db/scope";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failureOf } from "../../testing/failure-of.ts";
import { makeTestOrganization, type TestOrganization } from "../../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { seenOf } from "../events/seen-changes.ts";
import { useOf } from "../plan/room.ts";
import { MOVED_FROM } from "./belonging.ts";

let server: TestServer;
let ours: TestOrganization;
let all: ReturnType<TestOrganization["as"]>;
beforeAll(async () => {
  server = await startTestServer();
  ours = await makeTestOrganization(server.services);
  all = ours.as("admin");
});
afterAll(() => server[Symbol.asyncDispose]());

const codeOf = async (call: Promise<unknown>) => (await failureOf(call)).code;

describe("businesses of an organization", () => {
  test("are made, found, renamed and removed; a name is one whatever its case", async () => {
    const made = await all.businesses.create({ name: "Harbour Café", address: "Quay 1" });
    expect(made).toMatchObject({ name: "Harbour Café", address: "Quay 1", note: "" });
    expect(await codeOf(all.businesses.create({ name: "HARBOUR café" }))).toBe("NAME_TAKEN");
    const other = await all.businesses.create({ name: "Museum" });
    expect(await codeOf(all.businesses.update({ id: other.id, name: "harbour café" }))).toBe("NAME_TAKEN");
    await all.businesses.update({ id: other.id, name: "Town museum", note: "Closed on Mondays" });
    const { rows, total } = await all.businesses.list({ search: "MUSEUM" });
    expect(rows.map(({ name }) => name)).toEqual(["Town museum"]);
    expect(total).toBe(1);
    await all.businesses.remove({ id: other.id });
    expect(await codeOf(all.businesses.get({ id: other.id }))).toBe("NOT_FOUND");
  });

  test("are kept while something belongs to them; what was removed does not hold them", async () => {
    const { id } = await all.businesses.create({ name: "Bakery" });
    const { id: playlistId } = await all.playlists.create({ name: "Bread", businessId: id });
    expect(await failureOf(all.businesses.remove({ id }))).toEqual({
      code: "BUSINESS_IN_USE",
      data: expect.objectContaining({ playlists: 1, screens: 0 }),
    });
    await all.playlists.remove({ ids: [playlistId] });
    await all.businesses.remove({ id });
    await all.playlists.restore({ ids: [playlistId] });
    expect(await all.playlists.get({ id: playlistId })).toMatchObject({ businessId: null });
  });

  test("give names of their own: the same one is free in each, and in the organization", async () => {
    const [one, other] = await Promise.all(["North", "South"].map((name) => all.businesses.create({ name })));
    if (!one || !other) throw new Error("Two are made");
    for (const businessId of [one.id, other.id, null])
      await all.playlists.create({ name: "Breakfast", businessId });
    expect(await codeOf(all.playlists.create({ name: "Breakfast", businessId: one.id }))).toBe("NAME_TAKEN");
    const moved = await all.playlists.create({ name: "Moved", businessId: one.id });
    await all.playlists.create({ name: "Moved", businessId: other.id });
    expect(await codeOf(all.playlists.update({ id: moved.id, businessId: other.id }))).toBe("NAME_TAKEN");
  });
});

/** A business with one of everything, each thing's name beginning with a letter of its own. */
async function fill(letter: string) {
  const { id: businessId } = await all.businesses.create({ name: `Business ${letter}` });
  const assetId = await ours.makeAsset({ name: `${letter} asset` });
  await all.assets.update({ id: assetId, businessId, tags: [`tag${letter.toLowerCase()}`] });
  const playlist = await all.playlists.create({ name: `${letter} list`, assetIds: [assetId], businessId });
  const deviceId = await ours.makeDevice({ name: `${letter} screen`, playlistId: playlist.id });
  await all.devices.update({ id: deviceId, businessId, tags: [`tag${letter.toLowerCase()}`] });
  const zoneId = server.services.newId();
  const layout = await all.layouts.create({
    name: `${letter} layout`,
    zones: [
      { id: zoneId, name: "Main", left: 0, top: 0, width: 1, height: 1, z: 0, playlistId: playlist.id },
    ],
    mainZoneId: zoneId,
    businessId,
  });
  const group = await all.groups.create({ name: `${letter} group`, deviceIds: [deviceId], businessId });
  const entry = await all.schedule.create({
    name: `${letter} entry`,
    content: { kind: "playlist", playlistId: playlist.id },
    targets: { groupIds: [group.id] },
    businessId,
  });
  const override = await all.schedule.override({
    name: `${letter} override`,
    content: { kind: "asset", assetId },
    targets: { isEverywhere: true },
    endsAt: "2099-01-01T00:00:00.000Z",
    businessId,
  });
  const itemId = playlist.items[0]?.id ?? "";
  return {
    businessId,
    assetId,
    playlistId: playlist.id,
    itemId,
    deviceId,
    layoutId: layout.id,
    zoneId,
    groupId: group.id,
    entryId: entry.id,
    overrideId: override.id,
  };
}

describe("a member who is limited to one of two businesses", () => {
  let a: Awaited<ReturnType<typeof fill>>;
  let b: Awaited<ReturnType<typeof fill>>;
  let unbound: { assetId: string; playlistId: string; deviceId: string };
  let api: ReturnType<TestOrganization["as"]>;
  beforeAll(async () => {
    ours = await makeTestOrganization(server.services);
    all = ours.as("admin");
    [a, b] = [await fill("A"), await fill("B")];
    const assetId = await ours.makeAsset({ name: "Shared asset" });
    const { id: playlistId } = await all.playlists.create({ name: "Shared list", assetIds: [assetId] });
    unbound = { assetId, playlistId, deviceId: await ours.makeDevice({ name: "Shared screen", playlistId }) };
    api = ours.as("admin", [a.businessId]);
  });

  test("finds only what belongs to it, in every list, count and search", async () => {
    const names = async (list: Promise<{ rows: { name: string }[]; total: number }>) => {
      const { rows, total } = await list;
      expect(total).toBe(rows.length);
      return rows.map(({ name }) => name);
    };
    expect(await names(api.assets.list({}))).toEqual(["A asset"]);
    expect(await names(api.assets.list({ search: "asset" }))).toEqual(["A asset"]);
    expect(await names(api.assets.list({ search: "tagb" }))).toEqual([]);
    expect(await names(api.playlists.list({}))).toEqual(["A list"]);
    expect(await names(api.playlists.list({ search: "list" }))).toEqual(["A list"]);
    expect(await names(api.layouts.list({}))).toEqual(["A layout"]);
    expect(await names(api.groups.list({}))).toEqual(["A group"]);
    expect(await names(api.devices.list({}))).toEqual(["A screen"]);
    expect(await names(api.devices.list({ search: "screen" }))).toEqual(["A screen"]);
    expect(await names(api.schedule.list({}))).toEqual(["A entry", "A override"]);
    expect(await names(api.businesses.list({}))).toEqual(["Business A"]);
    expect((await api.businesses.names()).rows).toEqual([{ id: a.businessId, name: "Business A" }]);
    expect((await api.assets.tags()).tags).toEqual([{ tag: "taga", count: 1 }]);
    expect((await api.devices.tags()).tags).toEqual([{ tag: "taga", count: 1 }]);
    expect(await api.devices.counts()).toMatchObject({ never: 1 });
    expect(await api.overview.get()).toMatchObject({ assetCount: 1, playlistCount: 1 });
    expect((await api.schedule.overrides()).rows.map(({ entry }) => entry.name)).toEqual(["A override"]);
    expect(await api.assets.list({ businessId: b.businessId })).toMatchObject({ rows: [], total: 0 });
    expect(await api.assets.list({ businessId: "none" })).toMatchObject({ rows: [], total: 0 });
  });

  test("finds by id nothing that is not theirs, be it another business's or the organization's", async () => {
    const { assetId, playlistId, deviceId } = unbound;
    for (const of of [b, { ...b, assetId, playlistId, deviceId }]) {
      const range = { from: "2026-11-24T00:00:00.000Z", until: "2026-11-25T00:00:00.000Z" };
      const calls: Record<string, () => Promise<unknown>> = {
        "assets.get": () => api.assets.get({ id: of.assetId }),
        "assets.update": () => api.assets.update({ id: of.assetId, name: "Mine" }),
        "assets.remove": () => api.assets.remove({ ids: [of.assetId], force: true }),
        "assets.usedBy": () => api.assets.usedBy({ id: of.assetId }),
        "playlists.get": () => api.playlists.get({ id: of.playlistId }),
        "playlists.update": () => api.playlists.update({ id: of.playlistId, name: "Mine" }),
        "playlists.duplicate": () => api.playlists.duplicate({ id: of.playlistId }),
        "playlists.remove": () => api.playlists.remove({ ids: [of.playlistId], force: true }),
        "playlists.preview": () => api.playlists.preview({ id: of.playlistId }),
        "playlists.updateItem": () =>
          api.playlists.updateItem({
            playlistId: of.playlistId,
            itemId: of.itemId,
            durationMs: 5000,
          }),
        "layouts.get": () => api.layouts.get({ id: of.layoutId }),
        "layouts.update": () => api.layouts.update({ id: of.layoutId, name: "Mine" }),
        "groups.rename": () => api.groups.rename({ id: of.groupId, name: "Mine" }),
        "groups.change": () => api.groups.change({ id: of.groupId, add: [a.deviceId] }),
        "devices.get": () => api.devices.get({ id: of.deviceId }),
        "devices.update": () => api.devices.update({ id: of.deviceId, name: "Mine" }),
        "devices.revoke": () => api.devices.revoke({ id: of.deviceId }),
        "devices.preview": () => api.devices.preview({ id: of.deviceId }),
        "devices.commands": () => api.devices.commands({ deviceId: of.deviceId }),
        "devices.events": () => api.devices.events({ deviceId: of.deviceId }),
        "devices.timeline": () => api.devices.timeline({ deviceId: of.deviceId, ...range }),
        "devices.sendCommand": () => api.devices.sendCommand({ deviceId: of.deviceId, kind: "identify" }),
        "schedule.get": () => api.schedule.get({ id: of.entryId }),
        "schedule.update": () => api.schedule.update({ id: of.entryId, priority: 3 }),
        "schedule.remove": () => api.schedule.remove({ ids: [of.entryId] }),
        "schedule.endOverride": () => api.schedule.endOverride({ id: of.overrideId }),
        "schedule.receipts": () => api.schedule.receipts({ id: of.overrideId }),
        "schedule.airtime": () => api.schedule.airtime({ deviceId: of.deviceId, ...range }),
        "businesses.get": () => api.businesses.get({ id: of.businessId }),
      };
      for (const [path, call] of Object.entries(calls))
        expect([path, await codeOf(call())]).toEqual([path, "NOT_FOUND"]);
    }
  });

  test("puts nothing of others into what is theirs", async () => {
    for (const of of [b, unbound]) {
      const calls: Record<string, () => Promise<unknown>> = {
        "playlists.addItems": () =>
          api.playlists.addItems({ playlistId: a.playlistId, assetIds: [of.assetId] }),
        "playlists.addItems, nested": () =>
          api.playlists.addItems({
            playlistId: a.playlistId,
            playlistIds: [of.playlistId],
          }),
        "playlists.create": () => api.playlists.create({ name: "New", assetIds: [of.assetId] }),
        "layouts.update": () =>
          api.layouts.update({
            id: a.layoutId,
            mainZoneId: a.zoneId,
            zones: [
              {
                id: a.zoneId,
                name: "Main",
                left: 0,
                top: 0,
                width: 1,
                height: 1,
                z: 0,
                playlistId: of.playlistId,
              },
            ],
          }),
        "devices.assignPlaylist": () =>
          api.devices.assignPlaylist({
            deviceIds: [a.deviceId],
            playlistId: of.playlistId,
          }),
        "devices.assignPlaylist, their screen": () =>
          api.devices.assignPlaylist({
            deviceIds: [of.deviceId],
            playlistId: a.playlistId,
          }),
        "groups.change": () => api.groups.change({ id: a.groupId, add: [of.deviceId] }),
        "schedule.create, content": () =>
          api.schedule.create({
            content: { kind: "asset", assetId: of.assetId },
            targets: { deviceIds: [a.deviceId] },
          }),
        "schedule.create, target": () =>
          api.schedule.create({
            content: { kind: "asset", assetId: a.assetId },
            targets: { deviceIds: [of.deviceId] },
          }),
        "schedule.update": () =>
          api.schedule.update({
            id: a.entryId,
            content: { kind: "playlist", playlistId: of.playlistId },
          }),
      };
      for (const [path, call] of Object.entries(calls))
        expect([path, await codeOf(call())]).toEqual([path, "NOT_FOUND"]);
    }
  });

  test("makes things of their business, and takes nothing out of it", async () => {
    const made = await api.assets.createWeb({ url: "https://example.com/a" });
    expect(made.businessId).toBe(a.businessId);
    const list = await api.playlists.create({ name: "Made", assetIds: [made.id] });
    expect(list.businessId).toBe(a.businessId);
    const entry = await api.schedule.create({
      content: { kind: "playlist", playlistId: list.id },
      targets: { tags: ["tagb"] },
    });
    expect(entry.businessId).toBe(a.businessId);
    expect(await codeOf(api.playlists.update({ id: list.id, businessId: null }))).toBe("INVALID_INPUT");
    expect(await codeOf(api.playlists.update({ id: list.id, businessId: b.businessId }))).toBe("NOT_FOUND");
    expect(await codeOf(api.playlists.create({ name: "Other", businessId: b.businessId }))).toBe("NOT_FOUND");
    expect(await codeOf(api.playlists.create({ name: "Other", businessId: null }))).toBe("INVALID_INPUT");
    // The tag is on a screen of the other business, which the entry does not reach.
    const preview = await all.devices.preview({ id: b.deviceId });
    expect(preview.manifest.entries.map(({ id }) => id)).not.toContain(entry.id);
  });

  test("of two businesses must say which; of none makes nothing and sees nothing", async () => {
    const both = ours.as("manager", [a.businessId, b.businessId]);
    expect((await both.playlists.list({ search: " list" })).total).toBe(2);
    expect(await codeOf(both.playlists.create({ name: "Which" }))).toBe("INVALID_INPUT");
    expect(await both.playlists.create({ name: "Which", businessId: b.businessId })).toMatchObject({
      businessId: b.businessId,
    });
    const none = ours.as("manager", []);
    expect(await none.playlists.list({})).toMatchObject({ rows: [], total: 0 });
    expect(await none.devices.list({})).toMatchObject({ rows: [], total: 0 });
    expect(await none.businesses.list({})).toMatchObject({ rows: [], total: 0 });
    expect(await codeOf(none.playlists.create({ name: "Nothing" }))).toBe("INVALID_INPUT");
  });

  test("is refused what concerns the organization as a whole, with the reason", async () => {
    const refused: [string, Promise<unknown>][] = [
      ["organization.edit", api.organization.update({ name: "Mine" })],
      ["members.view", api.members.list({})],
      ["members.manage", api.invitations.create({ emails: ["x@example.com"], role: "viewer" })],
      ["businesses.manage", api.businesses.create({ name: "Mine" })],
      ["apiKeys.manage", api.apiKeys.create({ name: "Key", grants: ["assets.view"] })],
      ["audit.view", api.audit.list({})],
      ["organization.view", api.organization.plan()],
    ];
    for (const [permission, call] of refused)
      expect(await failureOf(call)).toEqual({ code: "LIMITED_TO_BUSINESSES", data: { permission } });
  });

  test("sees that something in theirs is another business's, and leaves it whole", async () => {
    await all.playlists.addItems({ playlistId: a.playlistId, assetIds: [b.assetId] });
    const seen = await api.playlists.get({ id: a.playlistId });
    const [own, hidden] = seen.items;
    expect(own?.asset?.name).toBe("A asset");
    expect(hidden).toMatchObject({ assetId: b.assetId, asset: null, playlist: null });
    await api.playlists.update({ id: a.playlistId, name: "A list, renamed" });
    await api.playlists.moveItem({
      playlistId: a.playlistId,
      itemId: hidden?.id ?? "",
      beforeItemId: own?.id ?? "",
    });
    expect((await all.playlists.get({ id: a.playlistId })).items.map(({ assetId }) => assetId)).toEqual([
      b.assetId,
      a.assetId,
    ]);
    const copy = await api.playlists.duplicate({ id: a.playlistId });
    expect(copy.items.map(({ assetId }) => assetId)).toEqual([a.assetId]);

    const zone = { id: a.zoneId, name: "Main", left: 0, top: 0, width: 1, height: 1, z: 0 };
    await all.layouts.update({
      id: a.layoutId,
      mainZoneId: a.zoneId,
      zones: [{ ...zone, playlistId: b.playlistId }],
    });
    const layout = await api.layouts.get({ id: a.layoutId });
    expect(layout.zones[0]).toMatchObject({ playlistId: b.playlistId, playlistName: null });
    const half = { ...zone, width: 0.5, playlistId: b.playlistId };
    await api.layouts.update({ id: a.layoutId, mainZoneId: a.zoneId, zones: [half] });
    expect((await all.layouts.get({ id: a.layoutId })).zones[0]).toMatchObject({
      width: 0.5,
      playlistName: "B list",
    });
    await all.schedule.update({ id: a.entryId, content: { kind: "playlist", playlistId: b.playlistId } });
    expect((await api.schedule.get({ id: a.entryId })).shown).toMatchObject({ name: "", isHidden: true });
    await api.schedule.update({ id: a.entryId, priority: 2 });
    expect(await codeOf(api.schedule.duplicate({ id: a.entryId }))).toBe("NOT_FOUND");

    const everywhere = { targets: { isEverywhere: true }, businessId: a.businessId };
    const unnamed = await all.schedule.create({ content: { kind: "asset", assetId: b.assetId }, ...everywhere });
    expect((await api.schedule.get({ id: unnamed.id })).name).toBe("Business A");
    const named = await all.schedule.create({ content: { kind: "asset", assetId: a.assetId }, ...everywhere });
    expect((await api.schedule.get({ id: named.id })).name).toBe("A asset");
    await all.schedule.remove({ ids: [unnamed.id, named.id] });

    const plays = (playlistId: string) => all.devices.assignPlaylist({ deviceIds: [a.deviceId], playlistId });
    await plays(b.playlistId);
    const unseen = { id: b.playlistId, name: "" };
    expect(await api.devices.get({ id: a.deviceId })).toMatchObject({
      playlist: unseen,
      effectivePlaylist: unseen,
    });
    await plays(a.playlistId);

    // What is on the glass of their screen they see, without the names of what is not theirs.
    const { manifest } = await api.devices.preview({ id: a.deviceId });
    expect(manifest.assets.map(({ id, name }) => [id, name]).toSorted()).toEqual(
      [
        [a.assetId, "A asset"],
        [b.assetId, ""],
      ].toSorted(),
    );
  });

  test("is held to what the organization has at most, counting what they do not see", async () => {
    const { database } = server.services;
    const count = (scope: OrganizationScope) =>
      database.inOrganization(scope, async (tx) => {
        const things = ["layouts", "groups", "dayparts", "entries"] as const;
        const rows = things.map((thing) => tx.execute(sql`select ${useOf(thing)} as use`));
        return (await Promise.all(rows)).flat().map(({ use }) => use);
      });
    const once = { recurrence: null, exceptDates: [], extraDates: [] };
    await all.schedule.create({
      content: { kind: "asset", assetId: b.assetId },
      targets: { isEverywhere: true },
      when: { ...once, start: "2020-01-01T00:00", end: "2020-01-01T01:00" },
    });
    const { total: entries } = await all.schedule.list({});
    const { total: layouts } = await all.layouts.list({});
    const { total: groups } = await all.groups.list({});
    expect(await count(ours.scope)).toEqual([layouts, groups, 0, entries - 1]);
    expect(await count(limitedScope(ours.organizationId, [a.businessId]))).toEqual(await count(ours.scope));
    await database.inOrganization(ours.scope, (tx) =>
      tx.execute(sql`insert into tenant.device_groups (organization_id, id, name)
        select ${ours.organizationId}::uuid, gen_random_uuid(), 'Many ' || n from generate_series(1, ${MAX_GROUPS - groups}::integer) n`),
    );
    expect(await failureOf(api.groups.create({ name: "One more" }))).toEqual({
      code: "TOO_MANY",
      data: { what: "groups", limit: MAX_GROUPS, use: MAX_GROUPS },
    });
  });

  test("is told by the stream of what they see, and of what is taken out of it", async () => {
    const scope = limitedScope(ours.organizationId, [a.businessId]);
    const told = async (subject: Subject, ids: string[], action = "updated") => {
      const change = { kind: "change" as const, change: { subject, ids, action } };
      const seen = await seenOf(server.services.database, scope, change);
      return seen?.kind === "change" ? seen.change.ids : undefined;
    };
    expect(await told("asset", [a.assetId, b.assetId])).toEqual([a.assetId]);
    expect(await told("playlist", [b.playlistId, unbound.playlistId])).toBeUndefined();
    expect(await told("entry", [a.entryId, b.entryId])).toEqual([a.entryId]);
    expect(await told("device", [b.deviceId])).toBeUndefined();
    expect(await told("member", [server.services.newId()])).toBeUndefined();
    expect(await told("asset", [b.assetId], `${MOVED_FROM}${a.businessId}`)).toEqual([b.assetId]);
    expect(await told("asset", [b.assetId], `${MOVED_FROM}${b.businessId}`)).toBeUndefined();
    const status = { kind: "status" as const, deviceIds: [a.deviceId, b.deviceId] };
    expect(await seenOf(server.services.database, scope, status)).toEqual({
      kind: "status",
      deviceIds: [a.deviceId],
    });
  });

  test("does not close a loop of playlists through one that they do not see", async () => {
    const outer = await api.playlists.create({ name: "Outer" });
    await all.playlists.addItems({ playlistId: b.playlistId, playlistIds: [outer.id] });
    const inner = await api.playlists.create({ name: "Inner" });
    await all.playlists.addItems({ playlistId: inner.id, playlistIds: [b.playlistId] });
    expect(await codeOf(api.playlists.addItems({ playlistId: outer.id, playlistIds: [inner.id] }))).toBe(
      "PLAYLIST_CYCLE",
    );
  });

  test("sees a thing come and go when others move it", async () => {
    const { id } = await all.playlists.create({ name: "Traveller", businessId: b.businessId });
    expect(await codeOf(api.playlists.get({ id }))).toBe("NOT_FOUND");
    await all.playlists.update({ id, businessId: a.businessId });
    expect(await api.playlists.get({ id })).toMatchObject({ name: "Traveller" });
    await all.playlists.update({ id, businessId: null });
    expect(await codeOf(api.playlists.get({ id }))).toBe("NOT_FOUND");
  });
});
