import { and, count, eq, sql } from "drizzle-orm";
import type postgres from "postgres";
import { describe, expect, expectTypeOf, test } from "vitest";
import { outbox, playlists } from "../schema/index.ts";
import { type NorthAndSouth, playlistOf, withNorthAndSouth } from "../testing/north-and-south.ts";
import type { TestDatabase } from "../testing/test-database.ts";
import { defineBatch } from "./define-batch.ts";
import { DatabaseUnusableError, findServerRefusal, isUniqueViolation, TransactionError } from "./errors.ts";
import { type Database, openDatabase } from "./open-database.ts";
import type { OrganizationScope } from "./scope.ts";

let testDatabase: TestDatabase;
let superuser: postgres.Sql;
let database: Database;
let north: OrganizationScope;
let south: OrganizationScope;
let outboxCommits: string[];
let names: NorthAndSouth["names"];
withNorthAndSouth((world) => {
  ({ testDatabase, superuser, database, north, south, outboxCommits, names } = world);
});

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
        businessId: null,
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
