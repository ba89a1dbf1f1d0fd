import { randomBytes } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { organizationScope } from "@vitrine/db/scope";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { makeLog } from "../platform/log.ts";
import { makeMac } from "../platform/mac.ts";
import { type ChangeBus, makeChangeBus } from "./change-bus.ts";
import { type ChangePosition, makePositionSeal } from "./change-position.ts";
import { type CommittedChange, comparePlaces } from "./change-step.ts";
import type { Replay } from "./replay-changes.ts";
import { covers, parseSnapshot, type Snapshot, sees } from "./snapshot.ts";
import {
  REPLAY_KEPT_MS,
  STREAM_LIMIT,
  type StreamDeps,
  type StreamMessage,
  streamChanges,
} from "./stream-changes.ts";

const OURS = "0198a000-0000-7000-8000-000000000001";
const THEIRS = "0198a000-0000-7000-8000-000000000002";
const scope = organizationScope(OURS);

/** A database of transactions that open and commit in any order, and the notifier's walk over it. */
class World {
  readonly bus: ChangeBus = makeChangeBus(makeLog("silent"));
  readonly seal = makePositionSeal(makeMac(randomBytes(32).toString("base64url")));
  nowMs = 1_800_000_000_000;
  readonly #open = new Map<bigint, CommittedChange[]>();
  readonly #rows: CommittedChange[] = [];
  #nextXid = 100n;
  #lastEnded = 99n;
  #nextId = 1n;
  #noted = this.snapshot();

  begin(): bigint {
    const xid = this.#nextXid++;
    this.#open.set(xid, []);
    return xid;
  }
  write(xid: bigint, organizationId: string): void {
    const id = this.#nextId++;
    const event = { subject: "asset" as const, ids: [], action: `${xid}.${id}` };
    this.#open.get(xid)?.push({ xid, id, organizationId, event, contentRevision: 0 });
  }
  end(xid: bigint, isCommit: boolean): void {
    if (isCommit) this.#rows.push(...(this.#open.get(xid) ?? []));
    this.#open.delete(xid);
    if (xid > this.#lastEnded) this.#lastEnded = xid;
  }
  openXids(): bigint[] {
    return [...this.#open.keys()];
  }
  snapshot(): Snapshot {
    const xmax = this.#lastEnded + 1n;
    const inProgress = [...this.#open.keys()].filter((xid) => xid < xmax);
    const parsed = parseSnapshot(`${inProgress[0] ?? xmax}:${xmax}:${inProgress.join(",")}`);
    if (!parsed) throw new Error("Not a snapshot");
    return parsed;
  }
  /** As the notifier does it, in pieces of `size`. */
  note(size: number): void {
    const after = this.#noted;
    const upTo = this.snapshot();
    const changes = this.#rows.filter(({ xid }) => !sees(after, xid) && sees(upTo, xid)).sort(comparePlaces);
    for (let from = 0; from < changes.length; from += size) {
      const isLast = from + size >= changes.length;
      this.bus.publish({ after, upTo, changes: changes.slice(from, from + size), isLast });
    }
    this.#noted = upTo;
  }
  async replay(from: ChangePosition | undefined, limit: number): Promise<Replay> {
    const upTo = this.snapshot();
    const isBehind = ({ xid, id }: CommittedChange) => {
      if (!from || sees(from.after, xid)) return false;
      const { within } = from;
      return !(within && sees(within.upTo, xid) && comparePlaces({ xid, id }, within.place) <= 0);
    };
    const changes = this.#rows.filter(
      (row) => row.organizationId === OURS && sees(upTo, row.xid) && isBehind(row),
    );
    await turn();
    return { upTo, changes, isComplete: changes.length <= limit };
  }
  deps(): StreamDeps {
    return {
      bus: this.bus,
      seal: this.seal,
      clock: { nowMs: () => this.nowMs, now: () => new Date(this.nowMs) },
      replay: (_scope, from, limit) => this.replay(from, limit),
    };
  }
  committed(after: Snapshot): string[] {
    return this.#rows
      .filter((row) => row.organizationId === OURS && !sees(after, row.xid))
      .map(({ event }) => event.action);
  }
}

/** A dashboard that is cut off after some messages or at any moment, and comes back where it was. */
class Reader {
  readonly messages: StreamMessage[] = [];
  #lastId: string | undefined;
  #abort = new AbortController();
  #running: Promise<void> = Promise.resolve();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }
  async connect(mostMessages: number): Promise<void> {
    await this.disconnect();
    this.#abort = new AbortController();
    const stream = streamChanges(this.#world.deps(), scope, this.#lastId, this.#abort.signal);
    this.#running = this.#read(stream, mostMessages);
  }
  async #read(stream: AsyncIterable<StreamMessage>, mostMessages: number): Promise<void> {
    let count = 0;
    for await (const message of stream) {
      this.messages.push(message);
      this.#lastId = message.id;
      if (++count >= mostMessages) break;
    }
  }
  async disconnect(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }
  actions(): string[] {
    return this.messages.flatMap(({ event }) => (event.kind === "change" ? [event.change.action] : []));
  }
}

async function settle(): Promise<void> {
  for (let count = 0; count < 4; count++) await turn();
}

type Step =
  | { kind: "begin" | "abort" | "commit"; pick: number }
  | { kind: "write"; pick: number; ours: number; theirs: number }
  | { kind: "note"; size: number }
  | { kind: "connect"; most: number }
  | { kind: "disconnect" };

const ALL = Number.POSITIVE_INFINITY;
const pick = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("begin" as const), pick }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant("write" as const), pick, ours: fc.nat(3), theirs: fc.nat(2) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("commit" as const), pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("abort" as const), pick }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("note" as const), size: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("connect" as const), most: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("connect" as const), most: fc.constant(ALL) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("disconnect" as const) }) },
);

async function run(world: World, reader: Reader, one: Step): Promise<void> {
  const open = world.openXids();
  const xid = "pick" in one ? open[one.pick % Math.max(1, open.length)] : undefined;
  switch (one.kind) {
    case "begin":
      world.begin();
      break;
    case "write":
      if (xid === undefined) break;
      for (let count = 0; count < one.ours; count++) world.write(xid, OURS);
      for (let count = 0; count < one.theirs; count++) world.write(xid, THEIRS);
      break;
    case "commit":
    case "abort":
      if (xid !== undefined) world.end(xid, one.kind === "commit");
      break;
    case "note":
      world.note(one.size);
      break;
    case "connect":
      await reader.connect(one.most);
      break;
    case "disconnect":
      await reader.disconnect();
      break;
  }
}

test("whatever order transactions commit in and wherever a reader is cut off, it gets each change once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 150, size: "max" }), async (steps) => {
      const world = new World();
      const reader = new Reader(world);
      const start = world.snapshot();
      await reader.connect(1);
      await settle();
      for (const one of steps) {
        await run(world, reader, one);
        if (one.kind !== "write") await settle();
      }
      for (const xid of world.openXids()) world.end(xid, true);
      await reader.connect(ALL);
      await settle();
      world.note(3);
      await settle();
      await reader.disconnect();
      expect(reader.messages.map(({ event }) => event.kind)).not.toContain("reset");
      expect(reader.actions().toSorted()).toEqual(world.committed(start).toSorted());
    }),
    { numRuns: 500 },
  );
});

function commit(world: World, count = 1): void {
  const xid = world.begin();
  for (let index = 0; index < count; index++) world.write(xid, OURS);
  world.end(xid, true);
}

test("a reader that does not read is reset instead of holding ever more, and goes on from there", async () => {
  const world = new World();
  const stream = streamChanges(world.deps(), scope, undefined, new AbortController().signal);
  expect((await stream.next()).value?.event).toEqual({ kind: "status", deviceIds: [] });
  for (let count = 0; count < STREAM_LIMIT + 1; count++) {
    commit(world);
    world.note(10);
  }
  const reset = await stream.next();
  expect(reset.value?.event).toEqual({ kind: "reset" });
  commit(world);
  world.note(10);
  expect((await stream.next()).value?.event.kind).toBe("change");
  await stream.return();

  const resumed = streamChanges(world.deps(), scope, reset.value?.id, new AbortController().signal);
  expect((await resumed.next()).value?.event.kind).toBe("change");
  await resumed.return();
});

test("an id that is unknown, too old or too far behind is answered with a reset", async () => {
  const world = new World();
  const first = streamChanges(world.deps(), scope, undefined, new AbortController().signal);
  const id = (await first.next()).value?.id ?? "";
  await first.return();

  const firstEventAfter = async (lastId: string) => {
    const stream = streamChanges(world.deps(), scope, lastId, new AbortController().signal);
    const { value } = await stream.next();
    await stream.return();
    return value?.event.kind;
  };
  commit(world);
  expect(await firstEventAfter(id)).toBe("change");
  expect(await firstEventAfter("anything")).toBe("reset");
  commit(world, STREAM_LIMIT);
  expect(await firstEventAfter(id)).toBe("reset");
  const old = world.seal.seal(OURS, { after: world.snapshot(), reachedAtMs: world.nowMs });
  world.nowMs += REPLAY_KEPT_MS;
  expect(await firstEventAfter(old)).toBe("reset");
});

test("a later snapshot covers each earlier one of the same world", () => {
  const world = new World();
  const open = [world.begin(), world.begin(), world.begin()];
  const snapshots = [world.snapshot()];
  for (const xid of open.toReversed()) {
    world.end(xid, true);
    snapshots.push(world.snapshot());
  }
  for (const [index, later] of snapshots.entries()) {
    for (const earlier of snapshots.slice(0, index)) expect(covers(later, earlier)).toBe(true);
  }
});

test("statuses reach the streams of their organization, and end with the bus", async () => {
  const world = new World();
  const stream = streamChanges(world.deps(), scope, undefined, new AbortController().signal);
  await stream.next();
  world.bus.publishStatus(THEIRS, ["their-screen"]);
  world.bus.publishStatus(OURS, ["our-screen"]);
  expect((await stream.next()).value?.event).toEqual({ kind: "status", deviceIds: ["our-screen"] });
  world.bus.close();
  expect((await stream.next()).done).toBe(true);
  expect(world.bus.hasStreams(OURS)).toBe(false);
});
