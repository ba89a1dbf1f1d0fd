import { randomUUID } from "node:crypto";
import { PLAYS_BATCH, type PlayReport } from "@vitrine/core/model/device-protocol";
import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { makePerson } from "../testing/test-person.ts";
import { pairScreen, type TestScreen } from "../testing/test-screen.ts";

let server: TestServer;
let database: postgres.Sql;
let screen: TestScreen;
let other: TestScreen;
let foreign: TestScreen;
beforeAll(async () => {
  server = await startTestServer();
  database = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  const person = await makePerson(server);
  const stranger = await makePerson(server);
  screen = await pairScreen(server.url, person.cookie);
  other = await pairScreen(server.url, person.cookie);
  foreign = await pairScreen(server.url, stranger.cookie);
});
afterAll(async () => {
  await database.end();
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await database`truncate tenant.plays, tenant.plays_hourly`;
});

const bootId = randomUUID();
const assets = [randomUUID(), randomUUID()];
const START_MS = Date.UTC(2026, 9, 25, 0, 59, 30);

function play(sequence: number, given: Partial<PlayReport> = {}): PlayReport {
  return {
    bootId,
    sequence,
    assetId: assets[sequence % 2] ?? "",
    itemId: null,
    playlistId: null,
    startedAt: new Date(START_MS + sequence * 10_000).toISOString(),
    durationMs: 10_000,
    isWhole: true,
    ...given,
  };
}
const playsOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, place) => play(from + place));

/** The roll-up, and what it must be by the plays themselves. */
async function rolledUp() {
  const kept =
    await database`select organization_id, device_id, asset_id, hour, play_count::int, shown_ms::int
    from tenant.plays_hourly order by 1, 2, 3, 4`;
  const wanted = await database`select organization_id, device_id, asset_id,
      date_trunc('hour', started_at, 'UTC') as hour, count(*)::int as play_count, sum(duration_ms)::int as shown_ms
    from tenant.plays group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
  return { kept: kept.map((row) => ({ ...row })), wanted: wanted.map((row) => ({ ...row })) };
}
const countOf = async (deviceId: string) => {
  const rows = await database<
    { count: number }[]
  >`select count(*)::int as count from tenant.plays where device_id = ${deviceId}`;
  return rows[0]?.count;
};

describe("plays", () => {
  test("are stored with all that was told and summed by the hour in which they began", async () => {
    const told = play(3, {
      itemId: randomUUID(),
      playlistId: randomUUID(),
      isWhole: false,
      durationMs: 1234,
    });
    expect(await screen.reportPlays([...playsOf(0, 3), told])).toEqual({ newCount: 4, knownCount: 0 });
    const [row] = await database`select * from tenant.plays where sequence = 3`;
    expect(row).toMatchObject({
      organization_id: screen.organizationId,
      device_id: screen.deviceId,
      boot_id: told.bootId,
      asset_id: told.assetId,
      item_id: told.itemId,
      playlist_id: told.playlistId,
      started_at: new Date(told.startedAt),
      duration_ms: 1234,
      is_whole: false,
    });
    const { kept, wanted } = await rolledUp();
    expect(kept).toEqual(wanted);
    expect(kept).toHaveLength(3);
  });

  test("that come again are known and change nothing, wherever in a batch they are", async () => {
    expect(await screen.reportPlays(playsOf(0, 100))).toEqual({ newCount: 100, knownCount: 0 });
    const before = await rolledUp();
    expect(await screen.reportPlays(playsOf(0, 100))).toEqual({ newCount: 0, knownCount: 100 });
    expect(await rolledUp()).toEqual(before);
    expect(await screen.reportPlays([play(99), play(100), play(100), play(5)])).toEqual({
      newCount: 1,
      knownCount: 3,
    });
    const { kept, wanted } = await rolledUp();
    expect(kept).toEqual(wanted);
  });

  test("of a second boot count apart, and so do those of another screen with the same boot", async () => {
    await screen.reportPlays(playsOf(0, 5));
    await screen.reportPlays(playsOf(0, 5).map((one) => ({ ...one, bootId: randomUUID() })));
    await other.reportPlays(playsOf(0, 5));
    await foreign.reportPlays(playsOf(0, 5));
    expect(await countOf(screen.deviceId)).toBe(10);
    expect(await countOf(other.deviceId)).toBe(5);
    const [row] = await database`select count(distinct organization_id)::int as count from tenant.plays
      where device_id = ${foreign.deviceId} and organization_id = ${foreign.organizationId}`;
    expect(row?.count).toBe(1);
    const { kept, wanted } = await rolledUp();
    expect(kept).toEqual(wanted);
  });

  test("of a wild clock are kept, within bounds", async () => {
    const wild = ["0000-01-01T00:00:00.000Z", "1970-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"];
    const plays = wild.map((startedAt, place) => play(place, { startedAt }));
    expect(await screen.reportPlays(plays)).toEqual({ newCount: 3, knownCount: 0 });
    const rows = await database<
      { started_at: Date }[]
    >`select started_at from tenant.plays order by sequence`;
    const instants = rows.map(({ started_at }) => started_at.getTime());
    expect(instants.slice(0, 2)).toEqual([Date.UTC(2000, 0, 1), Date.UTC(2000, 0, 1)]);
    expect(Math.abs((instants[2] ?? 0) - Date.now())).toBeLessThan(10_000);
    const { kept, wanted } = await rolledUp();
    expect(kept).toEqual(wanted);
  });

  test("travel up to 500 at a time", async () => {
    expect(await screen.reportPlays(playsOf(0, PLAYS_BATCH))).toEqual({
      newCount: PLAYS_BATCH,
      knownCount: 0,
    });
    await expect(screen.call("plays.report", { plays: playsOf(0, PLAYS_BATCH + 1) })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    await expect(screen.call("plays.report", { plays: [] })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  test("say nothing of whose they are: the token does", async () => {
    const named = { ...play(0), deviceId: foreign.deviceId, organizationId: foreign.organizationId };
    await expect(screen.call("plays.report", { plays: [named] })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });

  test("sent many times, in any order, in overlapping batches, at once, count exactly once", async () => {
    const whole = playsOf(0, 300);
    const batch = fc.tuple(fc.nat({ max: 299 }), fc.integer({ min: 1, max: 120 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 4, maxLength: 16 }), async (batches) => {
        await database`truncate tenant.plays, tenant.plays_hourly`;
        const cuts = batches.map(([from, length, isReversed]) => {
          const cut = whole.slice(from, from + length);
          return isReversed ? cut.toReversed() : cut;
        });
        const receipts = await Promise.all(cuts.map((cut) => screen.reportPlays(cut)));
        const distinct = new Set(cuts.flat().map(({ sequence }) => sequence)).size;
        expect(receipts.reduce((sum, { newCount }) => sum + newCount, 0)).toBe(distinct);
        expect(receipts.map(({ newCount, knownCount }) => newCount + knownCount)).toEqual(
          cuts.map((cut) => cut.length),
        );
        expect(await countOf(screen.deviceId)).toBe(distinct);
        const { kept, wanted } = await rolledUp();
        expect(kept).toEqual(wanted);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
