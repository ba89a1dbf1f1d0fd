import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "@vitrine/db/database";
import { openJobsDatabase } from "@vitrine/db/jobs";
import { outbox } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import * as fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeOutboxReader } from "../system/outbox-reader.ts";
import { openSignals } from "../system/signals.ts";
import { makeTestOrganization, type TestOrganization } from "../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { until } from "../testing/until.ts";
import type { CommittedChange } from "./change-step.ts";
import { type EventHub, startEventHub } from "./event-hub.ts";
import { STREAM_LIMIT, type StreamMessage } from "./stream-changes.ts";

let server: TestServer;
let ours: TestOrganization;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  ours = await makeTestOrganization(server.services);
});

/** Commits one change that is known by its action; `hold` runs between the write and the commit. */
async function change(
  scope: OrganizationScope,
  action: string,
  hold?: () => Promise<unknown>,
): Promise<void> {
  await server.services.database.inOrganization(scope, async (tx) => {
    const event = { subject: "asset" as const, ids: [], action };
    await tx.insert(outbox).values({ organizationId: scope.organizationId, event });
    await hold?.();
  });
}

/** A dashboard: follows a hub, can be cut off and come back where it was. */
class Follower {
  readonly messages: StreamMessage[] = [];
  #abort = new AbortController();
  #running: Promise<void> = Promise.resolve();
  readonly #hub: EventHub;
  readonly #scope: OrganizationScope;

  constructor(hub: EventHub, scope: OrganizationScope) {
    this.#hub = hub;
    this.#scope = scope;
  }
  connect(mostMessages = Number.POSITIVE_INFINITY): void {
    this.#abort = new AbortController();
    const messages = this.#hub.subscribe(this.#scope, this.messages.at(-1)?.id, this.#abort.signal);
    this.#running = this.#read(messages, mostMessages);
  }
  async #read(messages: AsyncIterable<StreamMessage>, most: number): Promise<void> {
    let count = 0;
    for await (const message of messages) {
      this.messages.push(message);
      if (++count >= most) return;
    }
  }
  async disconnect(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }
  async begun(): Promise<this> {
    this.connect();
    await until("the stream has begun", () => this.messages.length > 0);
    return this;
  }
  actions(): string[] {
    return this.messages.flatMap(({ event }) => (event.kind === "change" ? [event.change.action] : []));
  }
}

/** Another process of the same installation: a hub with connections of its own. */
async function startOtherProcess(pollEveryMs: number) {
  const stack = new AsyncDisposableStack();
  const { log, mac, clock } = server.services;
  const { urls } = server.testDatabase;
  const jobs = stack.use(await openJobsDatabase({ url: urls.vitrine_jobs }));
  const database = stack.use(await openDatabase({ url: urls.vitrine_app }));
  const signals = stack.use(openSignals({ url: urls.vitrine_jobs, log }));
  const outboxReader = makeOutboxReader(jobs);
  const hub = stack.use(
    await startEventHub({ database, outbox: outboxReader, signals, mac, clock, log, pollEveryMs }),
  );
  return { hub, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Commits a change of which no process hears. */
async function commitQuietly(action: string): Promise<void> {
  const superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  const event = superuser.json({ subject: "asset", ids: [], action });
  await superuser`insert into tenant.outbox (organization_id, event) values (${ours.organizationId}, ${event})`;
  await superuser.end();
}

/** Ends connections of the test database by the name they gave themselves, and says how many there were. */
async function killConnections(applicationName: string): Promise<number> {
  const superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  try {
    const rows = await superuser`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = ${applicationName}`;
    return rows.length;
  } finally {
    await superuser.end();
  }
}

test("a transaction that began first and commits last is told, and holds nothing back meanwhile", async () => {
  const follower = await new Follower(server.services.events, ours.scope).begun();
  const release = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  const late = change(ours.scope, "first", () => {
    written.resolve();
    return release.promise;
  });
  await written.promise;
  await change(ours.scope, "second");
  await until("the second is told", () => follower.actions().length === 1);
  expect(follower.actions()).toEqual(["second"]);
  await follower.disconnect();
  release.resolve();
  await late;
  await change(ours.scope, "third");

  follower.connect();
  await until("all are told", () => follower.actions().length === 3);
  await follower.disconnect();
  expect(follower.actions()).toEqual(["second", "first", "third"]);
});

test("a transaction that is rolled back is never told", async () => {
  const follower = await new Follower(server.services.events, ours.scope).begun();
  const stop = new Error("undone");
  await expect(change(ours.scope, "undone", () => Promise.reject(stop))).rejects.toBe(stop);
  await change(ours.scope, "done");
  await until("the change is told", () => follower.actions().length > 0);
  await follower.disconnect();
  expect(follower.actions()).toEqual(["done"]);
});

test("readers cut off at random under writers of random length lose nothing and double nothing", async () => {
  const delays = fc.sample(fc.record({ beforeMs: fc.nat(20), heldMs: fc.nat(15) }), {
    numRuns: 120,
    seed: 7,
  });
  const cuts = fc.sample(fc.integer({ min: 1, max: 7 }), { numRuns: 60, seed: 9 });
  const follower = await new Follower(server.services.events, ours.scope).begun();
  const lanes = 6;
  const writers = Array.from({ length: lanes }, async (_, lane) => {
    for (const [index, { beforeMs, heldMs }] of delays.entries()) {
      if (index % lanes !== lane) continue;
      await sleep(beforeMs);
      await change(ours.scope, `change ${index}`, () => sleep(heldMs));
    }
  });
  for (const [index, most] of cuts.entries()) {
    await follower.disconnect();
    follower.connect(most);
    await sleep(index % 8);
  }
  await Promise.all(writers);
  await follower.disconnect();
  follower.connect();
  await until("all are told", () => follower.actions().length >= delays.length);
  await follower.disconnect();
  expect(follower.messages.map(({ event }) => event.kind)).not.toContain("reset");
  expect(follower.actions().toSorted()).toEqual(delays.map((_, index) => `change ${index}`).toSorted());
});

test("another organization's changes are not seen live, in a replay, or with an id of theirs", async () => {
  const theirs = await makeTestOrganization(server.services);
  const mine = await new Follower(server.services.events, ours.scope).begun();
  const other = await new Follower(server.services.events, theirs.scope).begun();
  await change(theirs.scope, "theirs");
  await change(ours.scope, "ours");
  await until("both are told", () => mine.actions().length + other.actions().length === 2);
  await Promise.all([mine.disconnect(), other.disconnect()]);
  await change(theirs.scope, "theirs while away");
  mine.connect();
  await change(ours.scope, "ours again");
  await until("ours is told", () => mine.actions().length === 2);
  await mine.disconnect();
  expect(mine.actions()).toEqual(["ours", "ours again"]);

  const stolen = new Follower(server.services.events, ours.scope);
  stolen.messages.push(...other.messages);
  stolen.connect();
  await until("it is answered", () => stolen.messages.length > other.messages.length);
  await stolen.disconnect();
  expect(stolen.messages.at(-1)?.event.kind).toBe("reset");
});

test("consumers of the process hear every organization's changes once, with the revision", async () => {
  const heard: CommittedChange[] = [];
  const stop = server.services.events.on((one) => heard.push(one));
  const ofOurs = () => heard.filter((one) => one.organizationId === ours.organizationId);
  const made = await ours.as("manager").playlists.create({ name: "Heard" });
  await ours.as("manager").playlists.update({ id: made.id, name: "Heard again" });
  await until("both are heard", () => ofOurs().length === 2);
  stop();
  expect(ofOurs().map(({ event, contentRevision }) => [event.action, event.ids, contentRevision])).toEqual([
    ["created", [made.id], expect.any(Number)],
    ["updated", [made.id], 2],
  ]);
  expect(server.services.events.settledAtMs()).toBeGreaterThan(server.services.clock.nowMs() - 5_000);
});

test("a wake-up reaches other processes, also after their listening connection was killed", async () => {
  await using other = await startOtherProcess(600_000);
  const follower = await new Follower(other.hub, ours.scope).begun();
  await until("the other process listens", async () => {
    await change(ours.scope, "early");
    await sleep(50);
    return follower.actions().length > 0;
  });
  // Told to nobody: only who looks by itself finds it, as when a wake-up was lost with the connection.
  await commitQuietly("unheard");
  expect(await killConnections("vitrine signals")).toBeGreaterThan(1);
  await until("it looks when it listens again", () => follower.actions().includes("unheard"));
  await change(ours.scope, "later");
  await until("it goes on hearing", () => follower.actions().includes("later"));
  await follower.disconnect();
});

test("without any wake-up, polling finds what was committed, and a killed connection is replaced", async () => {
  await using other = await startOtherProcess(30);
  const follower = await new Follower(other.hub, ours.scope).begun();
  await commitQuietly("found");
  await until("it is found", () => follower.actions().length === 1);
  await killConnections("vitrine jobs");
  await commitQuietly("found after");
  await until("it is found again", () => follower.actions().length === 2);
  await follower.disconnect();
  expect(follower.actions()).toEqual(["found", "found after"]);
});

test("a long backlog is told in pieces, complete and in order", async () => {
  const follower = await new Follower(server.services.events, ours.scope).begun();
  const heard: bigint[] = [];
  const stop = server.services.events.on(({ organizationId, id }) => {
    if (organizationId === ours.organizationId) heard.push(id);
  });
  const count = 2 * STREAM_LIMIT + 500;
  await server.services.database.inOrganization(ours.scope, async (tx) => {
    const event = { subject: "asset" as const, ids: [], action: "many" };
    await tx
      .insert(outbox)
      .values(Array.from({ length: count }, () => ({ organizationId: ours.organizationId, event })));
  });
  await until("all are heard", () => heard.length >= count);
  stop();
  expect(heard).toEqual(heard.toSorted((one, other) => Number(one - other)));
  expect(new Set(heard).size).toBe(count);
  await change(ours.scope, "after");
  await until("the follower has come along", () => follower.actions().at(-1) === "after");
  await follower.disconnect();
});

test("statuses are told together within a second, to their organization and to other processes", async () => {
  await using other = await startOtherProcess(600_000);
  const theirs = await makeTestOrganization(server.services);
  const { events, newId } = server.services;
  const here = await new Follower(events, ours.scope).begun();
  const there = await new Follower(other.hub, ours.scope).begun();
  const elsewhere = await new Follower(events, theirs.scope).begun();
  const ids = [newId(), newId(), newId()];
  const told = (follower: Follower) =>
    follower.messages.flatMap(({ event }) => (event.kind === "status" ? event.deviceIds : []));
  for (const id of ids) events.publishStatus(ours.organizationId, [id, id]);
  await until("all are told here", () => told(here).length === 3);
  await until("and in the other process", () => told(there).length === 3);
  await Promise.all([here.disconnect(), there.disconnect(), elsewhere.disconnect()]);
  expect(told(here).toSorted()).toEqual(ids.toSorted());
  expect(here.messages.length).toBeLessThanOrEqual(3);
  expect(told(elsewhere)).toEqual([]);
});
