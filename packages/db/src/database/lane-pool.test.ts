import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "../testing/poll.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { Lane } from "./lane.ts";
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

test("a server that takes connections and says nothing, not even goodbye, is given up and leaves no socket", async () => {
  const server = new Worker(
    `const { createServer } = require("node:net");
    const { parentPort } = require("node:worker_threads");
    const mute = createServer({ allowHalfOpen: true }, (socket) => {
      socket.resume();
      socket.on("error", () => {});
      parentPort.postMessage("connected");
    }).listen(0, "127.0.0.1", () => parentPort.postMessage(mute.address().port));`,
    { eval: true },
  );
  const [port] = await once(server, "message");
  const openSockets = () =>
    process.getActiveResourcesInfo().filter((kind) => kind === "TCPSocketWrap").length;
  const before = openSockets();
  const lane = new Lane({
    url: `postgres://vitrine_app:x@127.0.0.1:${port}/x`,
    applicationName: "mute",
    connectTimeoutMs: 60_000,
    preparedTexts: 1,
  });
  const outcomes = Promise.allSettled([lane.send("select 1", [], "objects"), lane.control("COMMIT")]);
  await once(server, "message");
  await until("the connection is there", async () => openSockets() === before + 1);
  expect(lane.silentMs(performance.now() + 1000)).toBeGreaterThan(1000);
  await lane.drop();
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await until("its socket is gone", async () => openSockets() === before);
  await server.terminate();
});

test("closed, it waits for what is under way and takes nothing new", async () => {
  const running = pool.shared().send("select pg_sleep(0.1), 1 as one", [], "objects");
  await pool[Symbol.asyncDispose]();
  expect((await running).rows).toMatchObject([{ one: 1 }]);
  expect(() => pool.shared()).toThrow("closed");
  await expect(pool.exclusively(async () => 1)).rejects.toThrow("closed");
});
