import { randomUUID } from "node:crypto";
import { and, asc, count, eq, sql } from "drizzle-orm";
import type postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import {
  apiKeys,
  assets,
  auditEvents,
  blobs,
  deviceStatus,
  devices,
  organizations,
  outbox,
  playlists,
} from "../schema/index.ts";
import { makeOrganization, openSuperuser } from "../testing/seed.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { defineBatch } from "./define-batch.ts";
import { DatabaseUnusableError, findServerRefusal, isUniqueViolation, TransactionError } from "./errors.ts";
import { type Database, openDatabase } from "./open-database.ts";
import { type OrganizationScope, organizationScope } from "./scope.ts";
import { arrayOf, isAnyOf } from "./values.ts";

let testDatabase: TestDatabase;
let database: Database;
let superuser: postgres.Sql;
let north: OrganizationScope;
let south: OrganizationScope;
const outboxCommits: string[] = [];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  superuser = openSuperuser(testDatabase.superuserUrl);
  database = await openDatabase({
    url: testDatabase.urls.vitrine_app,
    batchConnections: 1,
    interactiveConnections: 1,
    onOutboxCommit: (organizationId) => outboxCommits.push(organizationId),
  });
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await superuser.end();
  await testDatabase[Symbol.asyncDispose]();
});
beforeEach(async () => {
  north = organizationScope(await makeOrganization(superuser, "North"));
  south = organizationScope(await makeOrganization(superuser, "South"));
  outboxCommits.length = 0;
});

const playlistOf = (scope: OrganizationScope, name: string) => ({
  organizationId: scope.organizationId,
  id: randomUUID(),
  name,
});
const names = async (scope: OrganizationScope) => {
  const rows =
    await superuser`select name from tenant.playlists where organization_id = ${scope.organizationId} order by name`;
  return rows.map(({ name }) => name);
};

describe("a batch", () => {
  test("gives each statement's result in its order and type", async () => {
    const mine = playlistOf(north, "Lobby");
    const [inserted, read, [total], raw] = await database.batch(north, (q) => [
      q.insert(playlists).values(mine).returning({ id: playlists.id, version: playlists.version }),
      q.select().from(playlists).where(eq(playlists.organizationId, north.organizationId)),
      q.select({ total: count() }).from(playlists).where(eq(playlists.organizationId, north.organizationId)),
      q.execute<{ one: number; now: Date }>(sql`select 1 as one, now() as now`),
    ]);
    expectTypeOf(inserted).toEqualTypeOf<{ id: string; version: number }[]>();
    expectTypeOf(read).toEqualTypeOf<(typeof playlists.$inferSelect)[]>();
    expect(inserted).toEqual([{ id: mine.id, version: 1 }]);
    expect(read).toEqual([
      {
        ...mine,
        order: "sequence",
        fadeMs: 0,
        version: 1,
        isActive: true,
        createdAt: expect.any(Date),
        updatedAt: expect.any(Date),
        createdBy: null,
        updatedBy: null,
      },
    ]);
    expect(total).toEqual({ total: 1 });
    expect([...raw]).toEqual([{ one: 1, now: expect.any(Date) }]);
    expect(raw.count).toBe(1);
  });

  test("says how many rows a write without `returning` touched", async () => {
    const [written, none] = await database.batch(north, (q) => [
      q.insert(playlists).values([playlistOf(north, "A"), playlistOf(north, "B")]),
      q.delete(playlists).where(eq(playlists.name, "C")),
    ]);
    expect([written.count, none.count]).toEqual([2, 0]);
  });

  test("with nothing in it does nothing", async () => {
    expect(await database.batch(north, () => [])).toEqual([]);
  });

  test("that fails rolls back whole and alone: those queued before and after on the same connection stand", async () => {
    const taken = playlistOf(north, "Taken");
    const outcomes = await Promise.allSettled([
      database.batch(north, (q) => [q.insert(playlists).values(taken)]),
      database.batch(north, (q) => [
        q.insert(playlists).values(playlistOf(north, "Lost")),
        q.insert(playlists).values(playlistOf(north, "Taken")),
        q.insert(playlists).values(playlistOf(north, "Also lost")),
      ]),
      database.batch(north, (q) => [q.insert(playlists).values(playlistOf(north, "After"))]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const reason = outcomes[1].status === "rejected" ? outcomes[1].reason : undefined;
    expect(isUniqueViolation(reason, "playlists_name")).toBe(true);
    expect(findServerRefusal(reason)).toMatchObject({ code: "23505", table: "playlists" });
    expect(await names(north)).toEqual(["After", "Taken"]);
  });

  test("sends nothing when a statement cannot be built or a value not be sent", async () => {
    const invalid = new Date(Number.NaN);
    await expect(
      database.batch(north, (q) => [
        q.insert(playlists).values(playlistOf(north, "Never")),
        q
          .update(playlists)
          .set({ updatedAt: invalid })
          .where(eq(playlists.organizationId, north.organizationId)),
      ]),
    ).rejects.toThrow(RangeError);
    await expect(
      database.batch(north, (q) => [
        q.insert(playlists).values(playlistOf(north, "Never")),
        q.execute(sql`select ${sql.param(Symbol("no"))}`),
      ]),
    ).rejects.toThrow(TypeError);
    const many = Array.from({ length: 70_000 }, () => sql`${1}`);
    await expect(
      database.batch(north, (q) => [q.execute(sql`select ${sql.join(many, sql`+`)}`)]),
    ).rejects.toThrow(RangeError);
    expect(await names(north)).toEqual([]);
  });

  test("cannot run its statements by itself", async () => {
    await expect(
      database.batch(north, (q) => {
        void q.insert(playlists).values(playlistOf(north, "Never")).execute();
        return [];
      }),
    ).rejects.toThrow("gives its statements back");
    expect(await names(north)).toEqual([]);
  });

  test("defined once is filled with the scope's organization and the values of each run", async () => {
    const byName = defineBatch<{ name: string; limit: number }>()((q) => [
      q
        .select({ name: playlists.name })
        .from(playlists)
        .where(
          and(
            eq(playlists.organizationId, sql.placeholder("organizationId")),
            eq(playlists.name, sql.placeholder("name")),
          ),
        )
        .limit(sql.placeholder("limit")),
    ]);
    await database.batch(north, (q) => [
      q.insert(playlists).values([playlistOf(north, "A"), playlistOf(north, "B")]),
    ]);
    expect(await database.run(north, byName, { name: "A", limit: 5 })).toEqual([[{ name: "A" }]]);
    expect(await database.run(north, byName, { name: "B", limit: 5 })).toEqual([[{ name: "B" }]]);
    expect(await database.run(south, byName, { name: "A", limit: 5 })).toEqual([[]]);
  });
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

describe("an interactive transaction", () => {
  test("commits what it did, with statements that depend on earlier answers, also in flight together", async () => {
    const made = await database.inOrganization(north, async (tx) => {
      const [first] = await tx
        .insert(playlists)
        .values(playlistOf(north, "First"))
        .returning({ id: playlists.id });
      const [one, two, total] = await Promise.all([
        tx
          .update(playlists)
          .set({ version: 2 })
          .where(eq(playlists.id, first?.id ?? ""))
          .returning({ version: playlists.version }),
        tx.execute<{ count: number }>(sql`select count(*) as count from ${playlists}`),
        tx.$count(playlists, eq(playlists.organizationId, tx.scope.organizationId)),
      ]);
      return { version: one[0]?.version, seen: two[0]?.count, total };
    });
    expect(made).toEqual({ version: 2, seen: 1, total: 1 });
    expect(await names(north)).toEqual(["First"]);
  });

  test("rolls back when its work throws, and gives the same error", async () => {
    const failure = new Error("changed my mind");
    const outcome = database.inOrganization(north, async (tx) => {
      await tx.insert(playlists).values(playlistOf(north, "Never"));
      throw failure;
    });
    await expect(outcome).rejects.toBe(failure);
    expect(await names(north)).toEqual([]);
  });

  test("rejects when an error inside was swallowed, since the server then answers COMMIT with ROLLBACK", async () => {
    const outcome = database.inOrganization(north, async (tx) => {
      await tx.insert(playlists).values(playlistOf(north, "Never"));
      await tx.execute(sql`select 1 / 0`).catch(() => {});
    });
    await expect(outcome).rejects.toMatchObject({ name: "TransactionError", fault: "rolled_back" });
    expect(await names(north)).toEqual([]);
  });

  test("without a statement sends nothing and gives its result", async () => {
    expect(await database.inOrganization(north, async () => 7)).toBe(7);
  });

  test("is of no use once its work has ended", async () => {
    const kept = await database.inOrganization(north, async (tx) => {
      await tx.select({ id: playlists.id }).from(playlists);
      return { tx };
    });
    await expect(kept.tx.insert(playlists).values(playlistOf(north, "Late"))).rejects.toThrow(
      TransactionError,
    );
    expect(await names(north)).toEqual([]);
  });

  test("sends nothing more once its signal is aborted, and rolls back", async () => {
    const stop = new AbortController();
    const outcome = database.inOrganization(
      north,
      async (tx) => {
        await tx.insert(playlists).values(playlistOf(north, "Never"));
        stop.abort(new Error("enough"));
        await tx.insert(playlists).values(playlistOf(north, "Never too"));
      },
      { signal: stop.signal },
    );
    await expect(outcome).rejects.toThrow("enough");
    expect(await names(north)).toEqual([]);
  });

  test("waits for its connection, one after another", async () => {
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3].map((number) =>
        database.inOrganization(north, async (tx) => {
          await tx.insert(playlists).values(playlistOf(north, `P${number}`));
          order.push(number);
        }),
      ),
    );
    expect(order).toEqual([1, 2, 3]);
    expect(await names(north)).toEqual(["P1", "P2", "P3"]);
  });
});

describe("another organization's rows", () => {
  const ways = {
    batch: async (scope: OrganizationScope, text: ReturnType<typeof sql>) =>
      (await database.batch(scope, (q) => [q.execute(text)]))[0],
    interactive: (scope: OrganizationScope, text: ReturnType<typeof sql>) =>
      database.inOrganization(scope, (tx) => tx.execute(text)),
  };
  const states: Record<string, () => Promise<unknown>> = {
    "at first": async () => {},
    "after an error": () => database.batch(south, (q) => [q.execute(sql`select 1 / 0`)]).catch(() => {}),
    "after a rollback": () =>
      database
        .inOrganization(south, async (tx) => {
          await tx.execute(sql`select 1`);
          throw new Error("rolled back");
        })
        .catch(() => {}),
    "after a transaction of their organization": () =>
      database.inOrganization(south, (tx) => tx.execute(sql`select * from tenant.playlists`)),
  };
  const cases = Object.keys(ways).flatMap((way) => Object.keys(states).map((state) => [way, state] as const));

  test.each(cases)(
    "are neither seen, changed, removed, referred to nor added (%s, %s)",
    async (way, state) => {
      const theirs = playlistOf(south, "Theirs");
      await superuser`insert into tenant.playlists ${superuser({ organization_id: south.organizationId, id: theirs.id, name: theirs.name })}`;
      const run = (text: ReturnType<typeof sql>) => ways[way as keyof typeof ways](north, text);
      await states[state]?.();
      expect(await run(sql`select * from tenant.playlists`)).toHaveLength(0);
      expect(await run(sql`select * from tenant.playlists where id = ${theirs.id} for update`)).toHaveLength(
        0,
      );
      expect((await run(sql`update tenant.playlists set name = 'Mine' where id = ${theirs.id}`)).count).toBe(
        0,
      );
      expect((await run(sql`delete from tenant.playlists where id = ${theirs.id}`)).count).toBe(0);
      const add = (organization: string) =>
        run(
          sql`insert into tenant.playlists (organization_id, id, name) values (${organization}, ${randomUUID()}, 'Planted')`,
        );
      await expect(add(south.organizationId)).rejects.toMatchObject({ code: "42501" });
      await expect(
        run(sql`insert into tenant.playlists (organization_id, id, name) values (${south.organizationId}, ${theirs.id}, 'Theirs')
        on conflict (organization_id, id) do update set name = 'Mine'`),
      ).rejects.toMatchObject({ code: "42501" });
      await expect(
        run(sql`insert into tenant.devices (organization_id, id, name, time_zone, playlist_id)
        values (${north.organizationId}, ${randomUUID()}, 'Hall', 'UTC', ${theirs.id})`),
      ).rejects.toMatchObject({ code: "23503" });
      await add(north.organizationId);
      await expect(
        run(
          sql`update tenant.playlists set organization_id = ${south.organizationId} where name = 'Planted'`,
        ),
      ).rejects.toMatchObject({ code: "42501" });
      expect(await names(south)).toEqual(["Theirs"]);
      expect(await names(north)).toEqual(["Planted"]);
    },
  );

  test("neither table nor audit trail can be emptied, nor the trail changed", async () => {
    await database.batch(north, (q) => [
      q.insert(auditEvents).values({
        organizationId: north.organizationId,
        id: randomUUID(),
        actorKind: "system",
        actorName: "s",
        action: "a",
        subject: "asset",
      }),
    ]);
    for (const text of [
      sql`truncate tenant.playlists`,
      sql`delete from tenant.audit_events`,
      sql`update tenant.audit_events set action = 'b'`,
      sql`select * from system.users`,
    ]) {
      await expect(ways.batch(north, text)).rejects.toMatchObject({ code: "42501" });
    }
  });
});

describe("the outbox", () => {
  const change = (scope: OrganizationScope) => ({
    organizationId: scope.organizationId,
    event: { subject: "asset" as const, ids: [], action: "renamed" },
  });

  test("written to and committed is told, once a transaction; rolled back it is not", async () => {
    await database.batch(north, (q) => [
      q.insert(outbox).values(change(north)),
      q.insert(outbox).values(change(north)),
    ]);
    await database.inOrganization(south, (tx) => tx.insert(outbox).values(change(south)));
    await database.inOrganization(south, (tx) => tx.select().from(outbox));
    await database
      .batch(north, (q) => [q.insert(outbox).values(change(north)), q.execute(sql`select 1 / 0`)])
      .catch(() => {});
    await database
      .inOrganization(north, async (tx) => {
        await tx.insert(outbox).values(change(north));
        throw new Error("no");
      })
      .catch(() => {});
    expect(outboxCommits).toEqual([north.organizationId, south.organizationId]);
  });
});

test("many organizations over few connections, with errors among them, never see one another", async () => {
  await using busy = await openDatabase({
    url: testDatabase.urls.vitrine_app,
    batchConnections: 2,
    interactiveConnections: 2,
  });
  const scopes = await Promise.all(
    Array.from({ length: 12 }, async (_, number) =>
      organizationScope(await makeOrganization(superuser, `T${number}`)),
    ),
  );
  const runs = Array.from({ length: 600 }, async (_, number) => {
    const scope = scopes[(number * 7) % scopes.length] ?? north;
    const insert = playlistOf(scope, `P${number}`);
    if (number % 5 === 0) {
      await busy
        .batch(scope, (q) => [q.insert(playlists).values(insert), q.execute(sql`select 1 / 0`)])
        .catch(() => {});
      return;
    }
    if (number % 2 === 0) {
      const [, rows] = await busy.batch(scope, (q) => [
        q.insert(playlists).values(insert),
        q.select().from(playlists),
      ]);
      expect(new Set(rows.map(({ organizationId }) => organizationId))).toEqual(
        new Set([scope.organizationId]),
      );
      return;
    }
    const rows = await busy.inOrganization(scope, async (tx) => {
      await tx.insert(playlists).values(insert);
      return tx.select().from(playlists);
    });
    expect(new Set(rows.map(({ organizationId }) => organizationId))).toEqual(
      new Set([scope.organizationId]),
    );
  });
  await Promise.all(runs);
  const [row] = await superuser`select count(*)::int as count from tenant.playlists where name ~ '^P[0-9]+$'
    and organization_id in ${superuser(scopes.map(({ organizationId }) => organizationId))}`;
  expect(row?.count).toBe(480);
});

describe("opening", () => {
  test.each([
    ["a superuser", () => testDatabase.superuserUrl, "restricted role"],
    ["another role", () => testDatabase.urls.vitrine_jobs, "restricted role"],
    [
      "a wrong password",
      () => testDatabase.urls.vitrine_app.replace(/:[^:@]+@/, ":wrong@"),
      "user or password",
    ],
    [
      "no such database",
      () => testDatabase.urls.vitrine_app.replace(/\/[^/]*$/, "/nowhere"),
      "does not exist",
    ],
    ["no server", () => "postgres://vitrine_app:x@127.0.0.1:1/x", "cannot be reached"],
  ])("as %s is refused with what to do", async (_, url, advice) => {
    const outcome = openDatabase({ url: url() });
    await expect(outcome).rejects.toThrow(DatabaseUnusableError);
    await expect(outcome).rejects.toThrow(advice);
  });

  test("a database that was never migrated is refused with what to do", async () => {
    await superuser.unsafe("create database never_migrated");
    const url = testDatabase.urls.vitrine_app.replace(/\/[^/]*$/, "/never_migrated");
    await expect(openDatabase({ url })).rejects.toThrow("npm run db:migrate");
    await superuser.unsafe("drop database never_migrated with (force)");
  });
});

test("a scope is made of nothing but a UUID in canonical form", () => {
  for (const wrong of [
    "",
    "x",
    "'; drop table",
    `${randomUUID()}'`,
    randomUUID().toUpperCase(),
    ` ${randomUUID()}`,
    `${randomUUID()}\n`,
  ]) {
    expect(() => organizationScope(wrong)).toThrow(TypeError);
  }
  expectTypeOf<OrganizationScope>().not.toEqualTypeOf<{ organizationId: string }>();
  expect(assets.organizationId.notNull && organizations.organizationId.notNull).toBe(true);
});
