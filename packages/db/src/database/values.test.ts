import { randomUUID } from "node:crypto";
import { and, asc, eq, sql } from "drizzle-orm";
import { describe, expect, expectTypeOf, test } from "vitest";
import { apiKeys, blobs, deviceStatus, devices, playlists } from "../schema/index.ts";
import { playlistOf, withNorthAndSouth } from "../testing/north-and-south.ts";
import type { Database } from "./open-database.ts";
import type { OrganizationScope } from "./scope.ts";
import { arrayOf, isAnyOf } from "./values.ts";

let database: Database;
let north: OrganizationScope;
withNorthAndSouth((world) => {
  ({ database, north } = world);
});

describe("values", () => {
  test("come back as they went: nulls, instants, big numbers, JSON, bytes, arrays, fractions of keys", async () => {
    const { organizationId } = north;
    const createdAt = new Date("2026-11-20T10:00:00.070Z");
    const device = {
      organizationId,
      id: randomUUID(),
      name: 'Ünïcode "quoted" \\ {}, 🪟',
      timeZone: "UTC",
      createdAt,
    };
    const faults = [{ kind: "a", text: 'it\'s "so"' }];
    const key = {
      organizationId,
      id: randomUUID(),
      name: "k",
      prefix: "vtr",
      secretHash: Buffer.from([0, 255, 92, 39]),
      grants: ["assets.*" as const, "devices.view" as const],
    };
    const size = 2 ** 52 + 1;
    const [, , , , [device_], [status], [key_], [blob]] = await database.batch(north, (q) => [
      q.insert(devices).values(device),
      q
        .insert(deviceStatus)
        .values({ organizationId, deviceId: device.id, faults, vitals: null, isStopping: true }),
      q.insert(apiKeys).values(key),
      q.insert(blobs).values({
        organizationId,
        sha256: "a".repeat(64),
        sizeBytes: size,
        mediaType: "image/png",
        chunksSha256: "b".repeat(64),
      }),
      q.select().from(devices).where(eq(devices.organizationId, organizationId)),
      q.select().from(deviceStatus).where(eq(deviceStatus.organizationId, organizationId)),
      q.select().from(apiKeys).where(eq(apiKeys.organizationId, organizationId)),
      q.select().from(blobs).where(eq(blobs.organizationId, organizationId)),
    ]);
    expect(device_).toMatchObject({ ...device, playlistId: null, revokedAt: null, rotation: 0 });
    expect(status).toMatchObject({ faults, vitals: null, isStopping: true, lastHeardAt: null });
    expect(key_).toMatchObject({ ...key, expiresAt: null });
    expect(blob?.sizeBytes).toBe(size);
  });

  test("are compared with whole arrays in one parameter", async () => {
    const [a, b, c] = [playlistOf(north, "A"), playlistOf(north, "B"), playlistOf(north, 'C ,"{}\\ NULL')];
    await database.batch(north, (q) => [q.insert(playlists).values([a, b, c])]);
    const [byId, byName, none, unnested] = await database.batch(north, (q) => [
      q
        .select({ name: playlists.name })
        .from(playlists)
        .where(isAnyOf(playlists.id, "uuid", [a.id, c.id]))
        .orderBy(asc(playlists.name)),
      q
        .select({ id: playlists.id })
        .from(playlists)
        .where(isAnyOf(playlists.name, "text", [c.name])),
      q
        .select({ id: playlists.id })
        .from(playlists)
        .where(isAnyOf(playlists.id, "uuid", [])),
      q.execute(
        sql`select * from unnest(${arrayOf("timestamptz", [a && new Date(1000), null])}, ${arrayOf("jsonb", [{ a: [1, null] }, "x"])}, ${arrayOf("boolean", [true, false])}, ${arrayOf("bytea", [Buffer.from([1]), null])}) as x (at, doc, flag, raw)`,
      ),
    ]);
    expect(byId).toEqual([{ name: a.name }, { name: c.name }]);
    expect(byName).toEqual([{ id: c.id }]);
    expect(none).toEqual([]);
    expect([...unnested]).toEqual([
      { at: new Date(1000), doc: { a: [1, null] }, flag: true, raw: Buffer.from([1]) },
      { at: null, doc: "x", flag: false, raw: null },
    ]);
  });

  test("of an outer join without a match are null as a whole", async () => {
    const { organizationId } = north;
    await database.batch(north, (q) => [
      q.insert(devices).values({ organizationId, id: randomUUID(), name: "Hall", timeZone: "UTC" }),
    ]);
    const [rows] = await database.batch(north, (q) => [
      q
        .select({ name: devices.name, playlist: { id: playlists.id, name: playlists.name } })
        .from(devices)
        .leftJoin(
          playlists,
          and(eq(playlists.organizationId, devices.organizationId), eq(playlists.id, devices.playlistId)),
        )
        .where(eq(devices.organizationId, organizationId)),
    ]);
    expectTypeOf(rows).toEqualTypeOf<{ name: string; playlist: { id: string; name: string } | null }[]>();
    expect(rows).toEqual([{ name: "Hall", playlist: null }]);
  });
});
