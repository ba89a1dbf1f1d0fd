import { expect, test } from "vitest";
import { makeChangeSink } from "./change-sink.ts";
import type { ChangeStep } from "./change-step.ts";
import { parseSnapshot } from "./snapshot.ts";

const signal = new AbortController().signal;

function step(upToText: string, count: number): ChangeStep {
  const after = parseSnapshot("1:1:");
  const upTo = parseSnapshot(upToText);
  if (!after || !upTo) throw new Error("Not snapshots");
  const changes = Array.from({ length: count }, (_, index) => ({
    xid: 1n,
    id: BigInt(index),
    organizationId: "one",
    event: { subject: "asset" as const, ids: [], action: "x" },
    contentRevision: 1,
  }));
  return { after, upTo, changes, isLast: true };
}

test("a reader takes all that waited, then waits", async () => {
  const sink = makeChangeSink(10);
  sink.push(step("2:2:", 3));
  sink.push(step("3:3:", 3));
  sink.pushStatus(["a", "b"]);
  sink.pushStatus(["b"]);
  const taken = await sink.take(signal);
  expect(taken?.steps.map(({ upTo }) => upTo.text)).toEqual(["2:2:", "3:3:"]);
  expect(taken?.deviceIds).toEqual(["a", "b"]);
  const next = sink.take(signal);
  sink.push(step("4:4:", 1));
  expect((await next)?.steps).toHaveLength(1);
});

test("a reader too slow is told up to where it missed, and holds no more than the limit", async () => {
  const sink = makeChangeSink(5);
  for (const text of ["2:2:", "3:3:", "4:4:"]) sink.push(step(text, 2));
  sink.push(step("5:5:", 1));
  const taken = await sink.take(signal);
  expect(taken?.missedUpTo?.text).toBe("4:4:");
  expect(taken?.steps.map(({ upTo }) => upTo.text)).toEqual(["5:5:"]);
  sink.push(step("6:6:", 5));
  expect((await sink.take(signal))?.missedUpTo).toBeUndefined();
});

test("closing and aborting end the waiting; what waited before closing is still given", async () => {
  const sink = makeChangeSink(5);
  sink.push(step("2:2:", 1));
  sink.close();
  expect(await sink.take(signal)).toBeDefined();
  expect(await sink.take(signal)).toBeUndefined();

  const abort = new AbortController();
  const waiting = makeChangeSink(5).take(abort.signal);
  abort.abort();
  expect(await waiting).toBeUndefined();
});
