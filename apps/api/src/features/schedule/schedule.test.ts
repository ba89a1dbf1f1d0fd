import { appErrorShape } from "@vitrine/core/model/errors";
import { auditEvents, outbox } from "@vitrine/db/schema";
import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { failureOf } from "../../testing/failure-of.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { makeTestShop, type TestShop, TUESDAYS } from "../../testing/test-shop.ts";

let server: TestServer;
let ours: TestShop["ours"];
let api: TestShop["api"];
let assetId: string;
let playlistId: string;
let deviceId: string;
let entry: TestShop["entry"];
let manifestOf: TestShop["manifestOf"];
let entriesOf: TestShop["entriesOf"];

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  ({ ours, api, assetId, playlistId, deviceId, entry, manifestOf, entriesOf } = await makeTestShop(server));
});

describe("an entry", () => {
  test("reaches the manifest of its screens with all that it names, and says when and why it plays", async () => {
    const daypart = await api.dayparts.create({
      name: "Early",
      windows: [{ weekdays: ["TU"], start: "09:00", end: "10:00" }],
    });
    const made = await entry({ daypartIds: [daypart.id], priority: 5 });
    expect(made).toMatchObject({
      name: "Breakfast",
      kind: "normal",
      when: TUESDAYS,
      shown: { name: "Breakfast", isPresent: true },
      targets: { isEverywhere: false, devices: [{ id: deviceId, name: "Window" }], groups: [], tags: [] },
      endsAt: null,
    });
    expect(made.shown.thumbnailUrl).toContain("http://content.test/c/");
    const given = await manifestOf();
    expect(given.entries).toMatchObject([{ id: made.id, when: TUESDAYS, daypartIds: [daypart.id] }]);
    expect(given.dayparts).toMatchObject([{ id: daypart.id, name: "Early" }]);
    expect(given.playlists.map(({ id }) => id)).toEqual([playlistId]);
    expect(given.assets.map(({ id }) => id)).toEqual([assetId]);
    expect(new Set(given.subjects.ids)).toEqual(new Set([made.id, daypart.id, playlistId, assetId]));

    const listed = await api.schedule.list({ from: "2026-11-23", until: "2026-12-07" });
    expect(listed.rows[0]?.stretches).toEqual([
      { date: "2026-11-24", startsAt: "2026-11-24T08:00:00.000Z", endsAt: "2026-11-24T09:00:00.000Z" },
      { date: "2026-12-01", startsAt: "2026-12-01T08:00:00.000Z", endsAt: "2026-12-01T09:00:00.000Z" },
    ]);
    const why = await api.schedule.explain({ deviceId, at: "2026-11-24T08:30:00.000Z" });
    expect(why).toMatchObject({
      rule: "entries",
      showing: { asset: { id: assetId, name: "Croissants" }, entry: { id: made.id, name: "Breakfast" } },
      entries: [{ entry: { id: made.id }, verdict: "wins", priority: 5 }],
    });
    expect(await api.schedule.explain({ deviceId, at: "2026-11-24T09:30:00.000Z" })).toMatchObject({
      rule: "idle",
      showing: null,
      entries: [],
    });
    const range = { deviceId, from: "2026-11-23T23:00:00.000Z", until: "2026-11-24T23:00:00.000Z" };
    const shown = await api.schedule.preview(range);
    expect(shown.slots).toHaveLength(360);
    expect(shown.slots[0]).toMatchObject({
      startsAt: "2026-11-24T08:00:00.000Z",
      asset: { name: "Croissants" },
    });
    expect(await api.schedule.airtime(range)).toEqual({
      rows: [{ asset: { id: assetId, name: "Croissants" }, plays: 360, shownMs: 3_600_000 }],
      totalMs: 86_400_000,
    });
    expect((await api.schedule.lint(range)).findings).toEqual([
      { kind: "gap", startsAt: range.from, endsAt: "2026-11-24T08:00:00.000Z" },
      { kind: "gap", startsAt: "2026-11-24T09:00:00.000Z", endsAt: range.until },
    ]);
  });

  test("is for screens, groups and tags, or everywhere; who is none of them does not get it", async () => {
    const [grouped, tagged, other] = await Promise.all(
      [1, 2, 3].map((n) => ours.makeDevice({ name: `S${n}` })),
    );
    if (!grouped || !tagged || !other) throw new Error("Screens are missing");
    const group = await api.groups.create({ name: "Doors", deviceIds: [grouped] });
    await api.devices.update({ id: tagged, tags: ["bar"] });
    const made = await entry({ targets: { deviceIds: [deviceId], groupIds: [group.id], tags: ["bar"] } });
    const everywhere = await entry({ targets: { isEverywhere: true }, name: "All" });
    for (const id of [deviceId, grouped, tagged]) {
      expect((await entriesOf(id)).toSorted()).toEqual([made.id, everywhere.id].sort());
    }
    expect(await entriesOf(other)).toEqual([everywhere.id]);
    const forOther = await api.schedule.list({ deviceId: other });
    expect(forOther.rows.map(({ id }) => id)).toEqual([everywhere.id]);
    const forGroup = await api.schedule.list({ groupId: group.id });
    expect(forGroup.rows.map(({ id }) => id)).toEqual([made.id, everywhere.id]);
    await api.groups.remove({ ids: [group.id], force: true });
    expect(await entriesOf(grouped)).toEqual([everywhere.id]);
    await api.groups.restore({ ids: [group.id] });
    expect(await entriesOf(grouped)).toHaveLength(2);
    await api.groups.change({ id: group.id, remove: [grouped] });
    expect(await entriesOf(grouped)).toEqual([everywhere.id]);
  });

  test("shows a layout with the playlists of its zones, and those within them", async () => {
    const inner = await api.playlists.create({ name: "Inner", assetIds: [assetId] });
    const outer = await api.playlists.create({ name: "Outer" });
    await api.playlists.addItems({ playlistId: outer.id, playlistIds: [inner.id] });
    const [left, right] = [server.services.newId(), server.services.newId()];
    const half = { top: 0, width: 0.5, height: 1, z: 0 };
    const layout = await api.layouts.create({
      name: "Split",
      zones: [
        { ...half, id: left, name: "Left", left: 0, playlistId: outer.id },
        { ...half, id: right, name: "Right", left: 0.5, playlistId: playlistId },
      ],
      mainZoneId: left,
    });
    await entry({ content: { kind: "layout", layoutId: layout.id }, when: null });
    const given = await manifestOf();
    expect(given.layouts).toMatchObject([{ id: layout.id, mainZoneId: left }]);
    expect(given.playlists.map(({ id }) => id)).toEqual([playlistId, inner.id, outer.id].sort());
    const why = await api.schedule.explain({ deviceId, at: "2026-11-24T08:30:00.000Z" });
    expect(why.showing).toMatchObject({ layout: { name: "Split" } });
    expect(await api.layouts.usedBy({ id: layout.id })).toMatchObject({ entries: [{ name: "Split" }] });
    await expect(failureOf(api.layouts.remove({ ids: [layout.id] }))).resolves.toMatchObject({
      code: "IN_USE",
    });
  });

  test.each([
    [{ kind: "interrupt" as const }, "sharePercent"],
    [{ sharePercent: 10 }, "sharePercent"],
    [{ zoneName: "Ticker" }, "zoneName"],
    [{ validFrom: "2026-12-01T00:00:00.000Z", validUntil: "2026-11-01T00:00:00.000Z" }, "validUntil"],
    [{ when: { ...TUESDAYS, end: TUESDAYS.start } }, "when.end"],
    [{ when: { ...TUESDAYS, recurrence: "FREQ=HOURLY" } }, "when.recurrence"],
    [{ when: { ...TUESDAYS, start: "1900-01-01T00:00" } }, "when.start"],
    [{ when: { ...TUESDAYS, start: "9999-01-01T00:00", end: "9999-01-02T00:00" } }, "when.start"],
    [{ targets: {} }, "targets"],
    [{ timeZone: "Mars/Base" }, "timeZone"],
  ])(
    "that cannot be (%j) is refused with the path of the fault, when made and when changed",
    async (fault, path) => {
      const refusal = await failureOf(entry(fault));
      expect(appErrorShape.shape.data.parse(refusal.data)).toMatchObject({
        issues: expect.arrayContaining([expect.objectContaining({ path: expect.stringContaining(path) })]),
      });
      const made = await entry();
      const second = await failureOf(api.schedule.update({ id: made.id, ...fault }));
      expect(JSON.stringify(second.data)).toContain(path);
      expect(await api.schedule.get({ id: made.id })).toEqual(made);
    },
  );

  test("of content, screens or dayparts of nobody is refused, and nothing is written", async () => {
    const nobody = crypto.randomUUID();
    for (const change of [
      { content: { kind: "asset" as const, assetId: nobody } },
      { content: { kind: "layout" as const, layoutId: nobody } },
      { targets: { deviceIds: [nobody] } },
      { targets: { groupIds: [nobody] } },
      { daypartIds: [nobody] },
    ]) {
      await expect(failureOf(entry(change))).resolves.toMatchObject({ code: "NOT_FOUND" });
    }
    expect((await api.schedule.list({})).total).toBe(0);
  });

  test("is changed, copied, removed and restored, each audited and told", async () => {
    const made = await entry();
    await api.schedule.update({ id: made.id, name: "Morning", priority: 7 });
    const copy = await api.schedule.duplicate({ id: made.id });
    expect(copy).toMatchObject({ name: "Morning", priority: 7, targets: made.targets });
    await api.schedule.remove({ ids: [made.id] });
    expect(await entriesOf()).toEqual([copy.id]);
    await api.schedule.restore({ ids: [made.id] });
    expect(await entriesOf()).toEqual([made.id, copy.id].sort());
    const [audits, events] = await server.services.database.batch(ours.scope, (q) => [
      q
        .select({ action: auditEvents.action })
        .from(auditEvents)
        .where(and(eq(auditEvents.organizationId, ours.organizationId), eq(auditEvents.subject, "entry")))
        .orderBy(asc(auditEvents.createdAt), asc(auditEvents.id)),
      q.select({ event: outbox.event }).from(outbox).orderBy(asc(outbox.id)),
    ]);
    expect(audits.map(({ action }) => action)).toEqual([
      "schedule.create",
      "schedule.update",
      "schedule.duplicate",
      "schedule.remove",
      "schedule.restore",
    ]);
    const told = events.flatMap(({ event }) =>
      event.subject === "entry" || event.action === "scheduled" ? [`${event.subject} ${event.action}`] : [],
    );
    expect(told).toEqual([
      "device scheduled",
      "entry created",
      "entry updated",
      "device scheduled",
      "entry created",
      "entry removed",
      "device scheduled",
      "entry restored",
    ]);
  });

  test("that is over leaves the manifest after some days, and comes back when it is prolonged", async () => {
    const when = { ...TUESDAYS, start: "2020-01-07T09:00", end: "2020-01-07T11:00", recurrence: null };
    const made = await entry({ when });
    expect(made.endsAt).not.toBeNull();
    expect(await entriesOf()).toEqual([]);
    await api.schedule.update({ id: made.id, when: TUESDAYS });
    expect(await entriesOf()).toEqual([made.id]);
  });

  test("one occurrence, those that follow, or all of them move and go", async () => {
    const made = await entry();
    const moved = await api.schedule.moveOccurrence({
      id: made.id,
      date: "2026-12-01",
      start: "2026-12-02T15:00",
      end: "2026-12-02T16:00",
      scope: "one",
    });
    expect(moved.id).not.toBe(made.id);
    const starts = async () => {
      const { rows } = await api.schedule.list({ from: "2026-11-23", until: "2026-12-21" });
      return rows.flatMap(({ stretches }) => stretches.map(({ startsAt }) => startsAt?.slice(0, 13))).sort();
    };
    expect(await starts()).toEqual(["2026-11-24T08", "2026-12-02T14", "2026-12-08T08", "2026-12-15T08"]);
    await api.schedule.removeOccurrence({ id: made.id, date: "2026-12-08", scope: "following" });
    expect(await starts()).toEqual(["2026-11-24T08", "2026-12-02T14"]);
    const none = api.schedule.removeOccurrence({ id: made.id, date: "2026-12-09", scope: "one" });
    expect(JSON.stringify((await failureOf(none)).data)).toContain("date");
  });
});

describe("nested playlists", () => {
  test("that would contain themselves are refused with the way round", async () => {
    const [a, b, c] = await Promise.all(["A", "B", "C"].map((name) => api.playlists.create({ name })));
    if (!a || !b || !c) throw new Error("Playlists are missing");
    await api.playlists.addItems({ playlistId: a.id, playlistIds: [b.id] });
    await api.playlists.addItems({ playlistId: b.id, playlistIds: [c.id] });
    const refusal = await failureOf(api.playlists.addItems({ playlistId: c.id, playlistIds: [a.id] }));
    expect(refusal).toMatchObject({ code: "PLAYLIST_CYCLE", data: { names: ["C", "A", "B", "C"] } });
    const itself = await failureOf(api.playlists.addItems({ playlistId: c.id, playlistIds: [c.id] }));
    expect(itself).toMatchObject({ code: "PLAYLIST_CYCLE", data: { names: ["C", "C"] } });
  });

  test("lie at most 16 deep, and two that close a cycle at once do not both win", async () => {
    const chain = await Promise.all(
      Array.from({ length: 17 }, (_, n) => api.playlists.create({ name: `Level ${n}` })),
    );
    const nest = (outer: number, inner: number) =>
      api.playlists.addItems({ playlistId: chain[outer]?.id ?? "", playlistIds: [chain[inner]?.id ?? ""] });
    for (let level = 0; level < 15; level += 1) await nest(level, level + 1);
    expect(await failureOf(nest(15, 16))).toMatchObject({
      code: "PLAYLISTS_TOO_DEEP",
      data: { limit: 16, use: 17 },
    });
    const [x, y] = await Promise.all(["X", "Y"].map((name) => api.playlists.create({ name })));
    const results = await Promise.allSettled([
      api.playlists.addItems({ playlistId: x?.id ?? "", playlistIds: [y?.id ?? ""] }),
      api.playlists.addItems({ playlistId: y?.id ?? "", playlistIds: [x?.id ?? ""] }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("count into the length of what holds them, as often as they come", async () => {
    const outer = await api.playlists.create({ name: "Outer", assetIds: [assetId] });
    const added = await api.playlists.addItems({ playlistId: outer.id, playlistIds: [playlistId] });
    expect(added).toMatchObject({ totalDurationMs: 20_000, itemCount: 2 });
    const nested = added.items[1];
    expect(nested).toMatchObject({ asset: null, playlist: { name: "Breakfast", itemCount: 1 } });
    const weighted = await api.playlists.updateItem({
      playlistId: outer.id,
      itemId: nested?.id ?? "",
      weight: 3,
      take: 1,
    });
    expect(weighted.totalDurationMs).toBe(40_000);
    const copy = await api.playlists.duplicate({ id: outer.id });
    expect(copy.items[1]).toMatchObject({ weight: 3, take: 1, playlistId });
  });
});
