import { randomUUID } from "node:crypto";
import { DEVICE_CONDITIONS, DEVICE_STATUSES, type DeviceView } from "@vitrine/core/model/device";
import { auditEvents, deviceCommands, deviceStatus, devices, organizations } from "@vitrine/db/schema";
import { and, asc, eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeManyScreens } from "../../device/testing/many-screens.ts";
import { makeTestOrganization, type TestOrganization } from "../../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { deviceReaderOf } from "./device-reader.ts";
import { statusOfDevice } from "./device-view.ts";
import { listDevices } from "./queries.ts";
import { deriveStatus, OFFLINE_AFTER_MS } from "./status.ts";
import { statusSql } from "./status-sql.ts";

let server: TestServer;
let organization: TestOrganization;
let stranger: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  organization = await makeTestOrganization(server.services);
  stranger = await makeTestOrganization(server.services);
});
afterAll(() => server[Symbol.asyncDispose]());

const notFound = { cause: { code: "NOT_FOUND" } };
const owner = () => organization.as("owner");

async function setStatus(deviceId: string, status: Partial<typeof deviceStatus.$inferInsert>) {
  const { organizationId, scope } = organization;
  await server.services.database.batch(scope, (q) => [
    q
      .insert(deviceStatus)
      .values({ organizationId, deviceId, ...status })
      .onConflictDoUpdate({ target: [deviceStatus.organizationId, deviceStatus.deviceId], set: status }),
  ]);
}
async function auditsOf(id: string) {
  const [rows] = await server.services.database.batch(organization.scope, (q) => [
    q
      .select({ action: auditEvents.action, before: auditEvents.before, after: auditEvents.after })
      .from(auditEvents)
      .where(and(eq(auditEvents.organizationId, organization.organizationId), eq(auditEvents.subjectId, id)))
      .orderBy(asc(auditEvents.createdAt), asc(auditEvents.id)),
  ]);
  return rows;
}

describe("a list of screens", () => {
  test("goes by name or age, a page at a time, with the total of the whole", async () => {
    const names = ["b", "a", "d", "c", "a"];
    for (const name of names) await organization.makeDevice({ name });
    await stranger.makeDevice({ name: "a" });
    for (const [sort, wanted] of [
      ["name", ["a", "a", "b", "c", "d"]],
      ["newest", names.toReversed()],
    ] as const) {
      const seen: DeviceView[] = [];
      let cursor: string | undefined;
      do {
        const page = await owner().devices.list({ sort, limit: 2, ...(cursor !== undefined && { cursor }) });
        expect(page.total).toBe(5);
        seen.push(...page.rows);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen.map(({ name }) => name)).toEqual(wanted);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(5);
    }
    await expect(owner().devices.list({ cursor: "nonsense" })).rejects.toMatchObject({
      cause: { code: "INVALID_INPUT" },
    });
  });

  test("finds by name and tag, by playlist, and by status with true totals", async () => {
    const playlist = await owner().playlists.create({ name: "Loop" });
    const hall = await organization.makeDevice({ name: "Great Hall", playlistId: playlist.id });
    const lobby = await organization.makeDevice({ name: "Lobby 50%_" });
    await owner().devices.update({ id: lobby, tags: ["Window", "window", "ground floor"] });
    await setStatus(hall, { lastHeardAt: new Date(), condition: "playing" });
    const idsOf = async (input: object) => {
      const { rows, total } = await owner().devices.list(input);
      expect(total).toBe(rows.length);
      return rows.map(({ id }) => id);
    };
    expect(await idsOf({ search: "HALL" })).toEqual([hall]);
    expect(await idsOf({ search: "floor" })).toEqual([lobby]);
    expect(await idsOf({ search: "0%_" })).toEqual([lobby]);
    expect(await idsOf({ search: "%" })).toEqual([lobby]);
    expect(await idsOf({ playlistId: playlist.id })).toEqual([hall]);
    expect(await idsOf({ playlistId: randomUUID() })).toEqual([]);
    expect(await idsOf({ status: "playing" })).toEqual([hall]);
    expect(await idsOf({ status: "never" })).toEqual([lobby]);
    expect((await owner().devices.get({ id: lobby })).tags).toEqual(["ground floor", "window"]);

    const first = await owner().devices.list({ limit: 1 });
    expect([first.rows.length, first.total]).toEqual([1, 2]);
    await owner().devices.revoke({ id: hall });
    expect(await idsOf({})).toEqual([lobby]);
    expect(await idsOf({ removed: true })).toEqual([hall]);
    expect(await idsOf({ status: "revoked" })).toEqual([hall]);
    expect(await owner().devices.counts()).toEqual({
      playing: 0,
      syncing: 0,
      idle: 0,
      trouble: 0,
      offline: 0,
      never: 1,
      revoked: 1,
    });
  });

  test("shows what plays in the end: the screen's own present playlist, else the organization's", async () => {
    const own = await owner().playlists.create({ name: "Own" });
    const fallback = await owner().playlists.create({ name: "Fallback" });
    const id = await organization.makeDevice({ playlistId: own.id });
    const shown = async () => {
      const { playlist, effectivePlaylist } = await owner().devices.get({ id });
      return [playlist?.name, effectivePlaylist?.name];
    };
    expect(await shown()).toEqual(["Own", "Own"]);
    await server.services.database.batch(organization.scope, (q) => [
      q
        .update(organizations)
        .set({ defaultPlaylistId: fallback.id })
        .where(eq(organizations.organizationId, organization.organizationId)),
    ]);
    await owner().devices.assignPlaylist({ deviceIds: [id], playlistId: null });
    expect(await shown()).toEqual([undefined, "Fallback"]);
  });

  test("shows what is on the glass by name and picture", async () => {
    const assetId = await organization.makeAsset({ name: "Poster" });
    const id = await organization.makeDevice();
    const shownSince = new Date();
    await setStatus(id, { lastHeardAt: new Date(), condition: "playing", shownAssetId: assetId, shownSince });
    const { onGlass } = await owner().devices.get({ id });
    expect(onGlass).toMatchObject({ assetId, assetName: "Poster", shownSince: shownSince.toISOString() });
    expect(onGlass?.thumbnailUrl).toContain(`http://content.test/c/${organization.organizationId}/`);
  });
});

test("a status is the same to the server and to the database", async () => {
  const id = await organization.makeDevice();
  const { organizationId, scope } = organization;
  const now = new Date();
  const facts = fc.record({
    isActive: fc.boolean(),
    lastHeardAtMs: fc.option(
      fc.oneof(
        fc.integer({ min: -200_000, max: 200_000 }).map((offMs) => now.getTime() + offMs),
        fc.constantFrom(0, 1, -1).map((offMs) => now.getTime() - OFFLINE_AFTER_MS + offMs),
      ),
    ),
    isStopping: fc.boolean(),
    condition: fc.option(fc.constantFrom(...DEVICE_CONDITIONS)),
  });
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(facts, async ({ isActive, lastHeardAtMs, isStopping, condition }) => {
      const lastHeardAt = lastHeardAtMs === null ? null : new Date(lastHeardAtMs);
      await setStatus(id, { lastHeardAt, isStopping, condition });
      const isIt = and(eq(devices.organizationId, organizationId), eq(devices.id, id));
      const [, rows] = await server.services.database.batch(scope, (q) => [
        q.update(devices).set({ isActive }).where(isIt),
        q
          .select({ status: statusSql(now) })
          .from(devices)
          .leftJoin(deviceStatus, statusOfDevice(organizationId))
          .where(isIt),
      ]);
      const { status } = deriveStatus({ isActive, lastHeardAtMs, isStopping, condition }, now.getTime());
      seen.add(status);
      expect(rows[0]?.status).toBe(status);
    }),
    { numRuns: 300 },
  );
  expect([...seen].sort()).toEqual([...DEVICE_STATUSES].sort());
}, 60_000);

describe("a screen of another organization", () => {
  test("is like one that is not there, to every procedure", async () => {
    const theirs = await stranger.makeDevice();
    const own = await organization.makeDevice();
    const playlist = await owner().playlists.create({ name: "Loop" });
    const foreignPlaylist = await stranger.as("owner").playlists.create({ name: "Loop" });
    const calls = (id: string) => [
      () => owner().devices.get({ id }),
      () => owner().devices.update({ id, name: "Mine" }),
      () => owner().devices.revoke({ id }),
      () => owner().devices.sendCommand({ deviceId: id, kind: "identify" }),
      () => owner().devices.commands({ deviceId: id }),
      () => owner().devices.preview({ id }),
      () => owner().devices.assignPlaylist({ deviceIds: [id], playlistId: null }),
      () => owner().devices.assignPlaylist({ deviceIds: [own, id], playlistId: playlist.id }),
    ];
    for (const id of [theirs, randomUUID()]) {
      for (const call of calls(id)) await expect(call()).rejects.toMatchObject(notFound);
    }
    for (const playlistId of [foreignPlaylist.id, randomUUID()]) {
      await expect(owner().devices.assignPlaylist({ deviceIds: [own], playlistId })).rejects.toMatchObject(
        notFound,
      );
    }
    expect((await owner().devices.get({ id: own })).playlist).toBeNull();
    expect((await stranger.as("owner").devices.get({ id: theirs })).name).toBe("Screen");
  });
});

describe("an edit", () => {
  test("changes what is given and nothing else, and is audited", async () => {
    const id = await organization.makeDevice({ name: "Old" });
    const changed = await owner().devices.update({ id, name: "New", rotation: 270 });
    expect(changed).toMatchObject({ name: "New", rotation: 270, timeZone: "Europe/Berlin" });
    await owner().devices.update({ id });
    await owner().devices.update({ id, name: "New" });
    const rest = {
      businessId: null,
      timeZone: "Europe/Berlin",
      volumePercent: null,
      privateHosts: [],
      tags: [],
    };
    expect(await auditsOf(id)).toEqual([
      {
        action: "devices.update",
        before: { ...rest, name: "Old", rotation: 0 },
        after: { ...rest, name: "New", rotation: 270 },
      },
    ]);
  });

  test("assigns many at once, telling only of those that change", async () => {
    const playlist = await owner().playlists.create({ name: "Loop" });
    const ids = await Promise.all([1, 2, 3].map(() => organization.makeDevice()));
    const [first = ""] = ids;
    await owner().devices.assignPlaylist({ deviceIds: [first, first], playlistId: playlist.id });
    await owner().devices.assignPlaylist({ deviceIds: ids, playlistId: playlist.id });
    expect(await auditsOf(first)).toHaveLength(1);
    for (const id of ids) expect((await owner().devices.get({ id })).playlist?.id).toBe(playlist.id);
  });

  test("gives no playlist to a screen that was taken back", async () => {
    const id = await organization.makeDevice();
    await owner().devices.revoke({ id });
    await expect(owner().devices.assignPlaylist({ deviceIds: [id], playlistId: null })).rejects.toMatchObject(
      notFound,
    );
    await expect(owner().devices.revoke({ id })).rejects.toMatchObject(notFound);
    expect(await owner().devices.get({ id })).toMatchObject({ status: "revoked", offlineReason: "revoked" });
  });
});

describe("a command", () => {
  test("waits, and expires after a minute whether or not anyone wrote it down", async () => {
    const id = await organization.makeDevice();
    const sent = await owner().devices.sendCommand({ deviceId: id, kind: "identify" });
    expect(sent).toMatchObject({ kind: "identify", state: "waiting", finishedAt: null });
    const past = new Date(Date.now() - 1);
    await server.services.database.batch(organization.scope, (q) => [
      q.update(deviceCommands).set({ expiresAt: past }).where(eq(deviceCommands.id, sent.id)),
    ]);
    const { commands } = await owner().devices.commands({ deviceId: id });
    expect(commands).toMatchObject([{ id: sent.id, state: "expired", finishedAt: past.toISOString() }]);
  });

  test("is refused when a screen was told too much", async () => {
    const id = await organization.makeDevice();
    const send = () => owner().devices.sendCommand({ deviceId: id, kind: "identify" });
    for (let one = 0; one < 20; one++) await send();
    await expect(send()).rejects.toMatchObject({ cause: { code: "TOO_MANY_REQUESTS" } });
  });
});

test("a page of screens costs the same among fifty and among ten thousand", async () => {
  const small = await makeTestOrganization(server.services);
  const large = await makeTestOrganization(server.services);
  await makeManyScreens(server.services, small.scope, 50);
  const screens = await makeManyScreens(server.services, large.scope, 10_000);
  const { organizationId } = large;
  for (let from = 0; from < screens.length; from += 1_000) {
    await server.services.database.batch(large.scope, (q) => [
      q.insert(deviceStatus).values(
        screens.slice(from, from + 1_000).map(({ deviceId }, place) => ({
          organizationId,
          deviceId,
          lastHeardAt: new Date(),
          condition: DEVICE_CONDITIONS[place % 4] ?? "idle",
        })),
      ),
    ]);
  }
  const medianMs = async (one: TestOrganization, input: object) => {
    const reader = deviceReaderOf(one.contextOf("viewer"));
    const full = { limit: 50, sort: "name" as const, removed: false, search: undefined, ...input };
    const times: number[] = [];
    for (let round = 0; round < 15; round++) {
      const startedAtMs = performance.now();
      await listDevices(reader, full);
      times.push(performance.now() - startedAtMs);
    }
    return times.sort((a, b) => a - b)[7] ?? 0;
  };
  const page = await large.as("viewer").devices.list({ limit: 50, status: "trouble" });
  expect([page.rows.length, page.total]).toEqual([50, 2_500]);
  const figures = {
    fiftyMs: await medianMs(small, {}),
    tenThousandMs: await medianMs(large, {}),
    tenThousandByStatusMs: await medianMs(large, { status: "trouble" }),
    tenThousandBySearchMs: await medianMs(large, { search: "00123" }),
  };
  console.log(JSON.stringify(figures));
}, 120_000);
