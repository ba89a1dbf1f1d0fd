import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { LanePool } from "./lane-pool.ts";

let testDatabase: TestDatabase;
let pool: LanePool;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase[Symbol.asyncDispose]());
beforeEach(() => {
  pool = new LanePool({
    url: testDatabase.urls.vitrine_app,
    applicationName: "pool test",
    connectTimeoutMs: 2000,
    preparedTexts: 10,
    batchConnections: 2,
    interactiveConnections: 2,
    waitTimeoutMs: 50,
    silenceTimeoutMs: 300,
  });
});
afterEach(() => pool[Symbol.asyncDispose]());

test("an exclusive lane has one user at a time; who waits too long is told", async () => {
  const hold = Promise.withResolvers<void>();
  const holders = [pool.exclusively(() => hold.promise), pool.exclusively(() => hold.promise)];
  await expect(pool.exclusively(async () => 1)).rejects.toMatchObject({ fault: "timed_out" });
  const waiting = pool.exclusively(async () => 2);
  hold.resolve();
  expect(await waiting).toBe(2);
  await Promise.all(holders);
  expect(await pool.exclusively(async () => 3)).toBe(3);
});

test("a lane whose user fails is given back", async () => {
  for (let time = 0; time < 5; time++) {
    await expect(pool.exclusively(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  }
  expect(await pool.exclusively(async () => "free")).toBe("free");
});

test("bursts are spread over the shared lanes by what they have to do", async () => {
  const slow = pool.shared().send("select pg_sleep(0.2)", [], "objects");
  const busy = pool.shared();
  const [row] = (await busy.send("select 1 as one", [], "objects")).rows;
  expect(row).toEqual({ one: 1 });
  expect(pool.shared()).toBe(busy);
  await slow;
});

test("a connection that owes an answer and says nothing is dropped", async () => {
  const lane = pool.shared();
  await expect(lane.send("select pg_sleep(30)", [], "objects")).rejects.toBeDefined();
  const { rows } = await lane.send("select 1 as one", [], "objects");
  expect(rows).toEqual([{ one: 1 }]);
});

test("closed, it waits for what is under way and takes nothing new", async () => {
  const running = pool.shared().send("select pg_sleep(0.1), 1 as one", [], "objects");
  await pool[Symbol.asyncDispose]();
  expect((await running).rows).toMatchObject([{ one: 1 }]);
  expect(() => pool.shared()).toThrow("closed");
  await expect(pool.exclusively(async () => 1)).rejects.toThrow("closed");
});
