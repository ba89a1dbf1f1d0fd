import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { playlists } from "../schema/index.ts";
import { until } from "../testing/poll.ts";
import { makeOrganization, openSuperuser } from "../testing/seed.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { beginFor, runBurst } from "./burst.ts";
import { recordStatements } from "./define-batch.ts";
import { InteractiveTransaction } from "./interactive.ts";
import { Lane } from "./lane.ts";
import { type OrganizationScope, organizationScope } from "./scope.ts";
import type { Statement } from "./statement.ts";

let testDatabase: TestDatabase;
let superuser: postgres.Sql;
let lane: Lane;
let north: OrganizationScope;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  superuser = openSuperuser(testDatabase.superuserUrl);
});
afterAll(async () => {
  await superuser.end();
  await testDatabase[Symbol.asyncDispose]();
});
beforeEach(async () => {
  north = organizationScope(await makeOrganization(superuser, "North"));
  lane = new Lane({
    url: testDatabase.urls.vitrine_app,
    applicationName: "fault test",
    connectTimeoutMs: 2000,
    preparedTexts: 50,
  });
});
afterEach(() => lane.drop());

const burst = (begin: string, statements: Statement[]) => runBurst(lane, begin, statements, {});
const insert = (name: string) =>
  recordStatements((q) => [
    q.insert(playlists).values({ organizationId: north.organizationId, id: randomUUID(), name }),
  ]);
const raw = (text: ReturnType<typeof sql>) => recordStatements((q) => [q.execute(text)]);
const register = () =>
  raw(sql`select app.register_user(${randomUUID()}, ${`${randomUUID()}@example.org`}, 'Eve', 'x')`);
const readAll = () => raw(sql`select * from tenant.playlists`);

const names = async () => {
  const rows =
    await superuser`select name from tenant.playlists where organization_id = ${north.organizationId} order by name`;
  return rows.map(({ name }) => name);
};
const userCount = async () => Number((await superuser`select count(*) from system.users`)[0]?.count);

/** Ends the lane's server process once it runs a statement that contains the text. */
async function killDuring(text: string): Promise<void> {
  await until(`a statement with "${text}" runs and is killed`, async () => {
    const [killed] = await superuser`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'fault test' and datname = ${testDatabase.name} and state = 'active' and query like ${`%${text}%`}`;
    return killed;
  });
}

async function killIdle(): Promise<void> {
  await until("the connection is idle in its transaction and is killed", async () => {
    const [killed] = await superuser`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'fault test' and datname = ${testDatabase.name} and state = 'idle in transaction'`;
    return killed;
  });
}

describe("a BEGIN that fails", () => {
  test.each(["BEGIN;SET LOCAL app.organization_id=", "BEGIN;SET LOCAL work_mem='no'", "nonsense"])(
    "(%s) leaves no organization: nothing is seen, nothing is written, the burst rejects",
    async (begin) => {
      await burst(beginFor(north), insert("There"));
      const before = await userCount();
      await expect(burst(begin, [...insert("Never"), ...readAll()])).rejects.toBeDefined();
      await expect(burst(begin, register())).rejects.toBeDefined();
      await expect(burst(begin, raw(sql`select app.claim_slug('stolen')`))).rejects.toBeDefined();
      expect(await names()).toEqual(["There"]);
      expect(await userCount()).toBe(before);
      expect(await superuser`select * from system.organization_slugs where slug = 'stolen'`).toHaveLength(0);
      await burst(beginFor(north), insert("Well again"));
      expect(await names()).toEqual(["There", "Well again"]);
    },
  );
});

describe.each([
  ["unset", "BEGIN;SET LOCAL app.other='x'"],
  ["empty", "BEGIN;SET LOCAL app.organization_id=''"],
  ["garbage", "BEGIN;SET LOCAL app.organization_id='garbage'"],
  ["almost a UUID", "BEGIN;SET LOCAL app.organization_id='0190b0f4-0000-7000-8000-00000000000g'"],
])("an organization that is %s", (_, begin) => {
  test.each(["fresh", "warm"])(
    "is none, on a %s connection: no rows, no writes, no error of reading",
    async (state) => {
      if (state === "warm") await burst(beginFor(north), insert("There"));
      else
        await superuser`insert into tenant.playlists (organization_id, id, name) values (${north.organizationId}, ${randomUUID()}, 'There')`;
      const [rows, changed] = await burst(begin, [
        ...readAll(),
        ...raw(sql`update tenant.playlists set name = 'x'`),
      ]);
      expect(rows).toHaveLength(0);
      expect(changed).toMatchObject({ count: 0 });
      await expect(burst(begin, insert("Never"))).rejects.toMatchObject({ code: "42501" });
      await expect(burst(begin, register())).rejects.toMatchObject({ code: "42501" });
      expect(await names()).toEqual(["There"]);
    },
  );
});

test("outside any transaction a warm connection sees and writes nothing", async () => {
  await burst(beginFor(north), insert("There"));
  expect((await lane.send("select * from tenant.playlists", [], "objects")).rows).toHaveLength(0);
  const text = "insert into tenant.playlists (organization_id, id, name) values ($1, $2, 'Never')";
  await expect(lane.send(text, [north.organizationId, randomUUID()], "objects")).rejects.toMatchObject({
    code: "42501",
  });
});

test("a statement whose plan went stale is not answered from outside its transaction: the burst rejects, the next works", async () => {
  await burst(beginFor(north), insert("There"));
  expect((await burst(beginFor(north), readAll()))[0]).toHaveLength(1);
  await superuser.unsafe("alter table tenant.playlists add column note text");
  const outcome = await burst(beginFor(north), readAll()).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(Error);
  expect((await burst(beginFor(north), readAll()))[0]).toHaveLength(1);
});

describe("a connection lost in the middle", () => {
  test("of a burst rejects it and those behind it, keeps nothing of it, and the next one connects anew", async () => {
    await burst(beginFor(north), insert("There"));
    const before = await userCount();
    const lost = burst(beginFor(north), [
      ...insert("Never"),
      ...raw(sql`select pg_sleep(20)`),
      ...insert("Never too"),
      ...register(),
    ]);
    const behind = burst(beginFor(north), [...insert("Behind"), ...register()]);
    const outcomes = Promise.allSettled([lost, behind]);
    await killDuring("pg_sleep");
    const [first, second] = await outcomes;
    expect(first).toMatchObject({
      status: "rejected",
      reason: { name: "TransactionError", fault: "unknown" },
    });
    expect(second).toMatchObject({ status: "rejected", reason: { name: "TransactionError" } });
    expect(await names()).toEqual(["There"]);
    expect(await userCount()).toBe(before);
    await burst(beginFor(north), insert("Well again"));
    expect(await names()).toEqual(["There", "Well again"]);
  });

  test("of the first run of each statement, when the driver still waits to describe it, is no different", async () => {
    const lost = burst(beginFor(north), [
      ...raw(sql`select pg_sleep(${"20"}::float8)`),
      ...insert("Never"),
      ...raw(sql`select ${"a"}::text`),
      ...register(),
    ]);
    const outcome = Promise.allSettled([lost]);
    await killDuring("pg_sleep");
    expect((await outcome)[0]).toMatchObject({ status: "rejected", reason: { name: "TransactionError" } });
    expect(await names()).toEqual([]);
    expect(lane.outstanding).toBe(0);
  });

  test("of an interactive transaction while a statement runs keeps nothing", async () => {
    const transaction = new InteractiveTransaction(lane, beginFor(north), undefined);
    const run = async (statements: Statement[]) => {
      for (const statement of statements) await transaction.run(statement, {});
    };
    await run(insert("Never"));
    const sleeping = Promise.allSettled([run(raw(sql`select pg_sleep(20)`))]);
    await killDuring("pg_sleep");
    expect((await sleeping)[0]).toMatchObject({ status: "rejected", reason: { fault: "connection_lost" } });
    await expect(run(insert("Never too"))).rejects.toMatchObject({ fault: "connection_lost" });
    await expect(transaction.commit()).rejects.toMatchObject({ fault: "connection_lost" });
    await transaction.rollback();
    expect(await names()).toEqual([]);
  });

  test("of an interactive transaction between statements sends no statement without its organization", async () => {
    const transaction = new InteractiveTransaction(lane, beginFor(north), undefined);
    for (const statement of insert("Never")) await transaction.run(statement, {});
    const before = lane.connection;
    await killIdle();
    await until("the loss is known", async () => lane.connection !== before);
    for (const statement of [...insert("Never too"), ...register()]) {
      await expect(transaction.run(statement, {})).rejects.toMatchObject({ fault: "connection_lost" });
    }
    await expect(transaction.commit()).rejects.toMatchObject({ fault: "connection_lost" });
    expect(await names()).toEqual([]);
    await burst(beginFor(north), insert("Well again"));
    expect(await names()).toEqual(["Well again"]);
  });
});

test("a connection that the driver gives up answers everything that waits on it", async () => {
  await lane.control("prepare shape as select 1, 2, 3");
  await lane.send("execute shape", [], "objects");
  await lane.control("deallocate shape; prepare shape as select 1");
  const sent = [lane.send("execute shape", [], "objects")];
  for (let number = 0; number < 200; number++)
    sent.push(lane.send(`select ${number} + $1::int`, ["1"], "objects"));
  const outcomes = await Promise.allSettled(sent);
  expect(outcomes.map(({ status }) => status)).toContain("rejected");
  expect(lane.outstanding).toBe(0);
  expect((await lane.send("select 1 as one", [], "objects")).rows).toEqual([{ one: 1 }]);
});

test("a limit stands in the text, so that the statement is planned once", async () => {
  const read = (limit: number) =>
    recordStatements((q) => [
      q
        .select({ id: playlists.id })
        .from(playlists)
        .where(eq(playlists.organizationId, north.organizationId))
        .limit(limit),
    ]);
  const [first] = read(7);
  expect(first?.text).toMatch(/ limit \$2$/);
  const [, prepared] = await burst(beginFor(north), [
    ...read(7),
    ...raw(
      sql`select statement, parameter_types::text as types from pg_prepared_statements where statement like 'select "id"%'`,
    ),
  ]);
  expect(prepared).toMatchObject([{ statement: expect.stringMatching(/ limit 7$/), types: "{uuid}" }]);
});

test("only so many texts are prepared on a connection; those beyond run all the same", async () => {
  const small = new Lane({
    url: testDatabase.urls.vitrine_app,
    applicationName: "few texts",
    connectTimeoutMs: 2000,
    preparedTexts: 3,
  });
  try {
    for (let number = 0; number < 10; number++) {
      const { rows } = await small.send(`select ${number} + $1::int as sum`, ["1"], "objects");
      expect(rows).toEqual([{ sum: number + 1 }]);
    }
    const { rows } = await small.send("select count(*) as count from pg_prepared_statements", [], "objects");
    expect(rows).toEqual([{ count: 3 }]);
  } finally {
    await small.drop();
  }
});
