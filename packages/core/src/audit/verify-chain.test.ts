import { hash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { canonicalEvent, GENESIS_HASH } from "./canonical.ts";
import { type Anchor, type ChainedEvent, makeChainVerifier } from "./verify-chain.ts";

const sha256 = (text: string) => hash("sha256", text, "hex");

/** A chain of events 1 to `count`, one a second. */
function makeChain(count: number, word = "Loop"): ChainedEvent[] {
  let previous = GENESIS_HASH;
  return Array.from({ length: count }, (_, index) => {
    const event = {
      organizationId: "organization",
      id: `id-${index + 1}`,
      at: `2026-11-24T09:00:${String(index).padStart(2, "0")}`,
      actorKind: "user",
      actorId: null,
      actorName: "Sam",
      action: "playlists.update",
      subject: "playlist",
      subjectId: "p",
      before: null,
      after: `{"name": "${word} ${index + 1}"}`,
      requestId: "r",
      remoteAddress: "::1",
    };
    previous = sha256(previous + canonicalEvent(event));
    return { ...event, sequence: index + 1, hash: previous };
  });
}

function verify(events: readonly ChainedEvent[], anchors: readonly Anchor[] = [], pieces = 3) {
  const verifier = makeChainVerifier(sha256, anchors);
  for (let from = 0; from < events.length; from += pieces) {
    if (!verifier.add(events.slice(from, from + pieces))) break;
  }
  return verifier.verdict();
}

const anchorOf = (chain: readonly ChainedEvent[], sequence: number): Anchor => ({
  sequence,
  hash: chain[sequence - 1]?.hash ?? "",
  at: `anchored at ${sequence}`,
});
const chain = makeChain(12);
const replaced = (sequence: number, change: Partial<ChainedEvent>) =>
  chain.map((event) => (event.sequence === sequence ? { ...event, ...change } : event));

describe("a chain", () => {
  test("that nobody touched is proven to its end, with its anchors", () => {
    expect(verify(chain, [anchorOf(chain, 5), anchorOf(chain, 12)])).toEqual({
      events: 12,
      head: { sequence: 12, hash: chain[11]?.hash },
      fault: null,
    });
    expect(verify([])).toEqual({ events: 0, head: { sequence: 0, hash: GENESIS_HASH }, fault: null });
  });

  test.each([
    ["at", "2026-11-24T09:00:07"],
    ["actorName", "Alex"],
    ["actorId", "somebody"],
    ["before", "{}"],
    ["before", "null"],
    ["after", '{"name":  "Loop 5"}'],
    ["remoteAddress", null],
    ["hash", "f".repeat(64)],
    ["organizationId", "another"],
  ])("with another %s (%s) names that event", (field, value) => {
    expect(verify(replaced(5, { [field]: value })).fault).toEqual({
      kind: "changed",
      sequence: 5,
      id: "id-5",
    });
  });

  test("without one of its events names the gap", () => {
    const gap = chain.filter(({ sequence }) => sequence !== 4);
    expect(verify(gap).fault).toEqual({ kind: "missing", sequence: 4, id: null, nextId: "id-5" });
    expect(verify(gap).head.sequence).toBe(3);
  });

  test("with two events in each other's place names the first place and who belongs there", () => {
    const swapped = chain
      .map((event) => ({
        ...event,
        sequence: event.sequence === 4 ? 9 : event.sequence === 9 ? 4 : event.sequence,
      }))
      .sort((one, other) => one.sequence - other.sequence);
    expect(verify(swapped).fault).toEqual({
      kind: "outOfOrder",
      sequence: 4,
      id: "id-9",
      belongsHereId: "id-4",
    });
  });

  test("with an event moved behind its end names where it belongs", () => {
    const moved = [...chain.filter(({ sequence }) => sequence !== 2), { ...chain[1], sequence: 13 }];
    expect(verify(moved as ChainedEvent[]).fault).toMatchObject({
      kind: "outOfOrder",
      sequence: 2,
      belongsHereId: "id-2",
    });
  });

  test("closed over a removed event by new numbers is found at that place", () => {
    const closed = chain
      .filter(({ sequence }) => sequence !== 4)
      .map((event, index) => ({ ...event, sequence: index + 1 }));
    expect(verify(closed).fault).toEqual({ kind: "changed", sequence: 4, id: "id-5" });
  });

  test("without its first events is missing them", () => {
    expect(verify(chain.slice(2)).fault).toMatchObject({ kind: "missing", sequence: 1 });
  });

  test("cut off is found by the first anchor beyond its end, and not without one", () => {
    const cut = chain.slice(0, 7);
    expect(verify(cut, [anchorOf(chain, 3)]).fault).toBeNull();
    expect(verify(cut, [anchorOf(chain, 3), anchorOf(chain, 9), anchorOf(chain, 12)]).fault).toEqual({
      kind: "cutOff",
      sequence: 8,
      id: null,
      anchoredAt: "anchored at 9",
      anchoredSequence: 9,
      provenSequence: 3,
    });
  });

  test("made anew from some place on fits itself and not its anchors", () => {
    const anew = makeChain(12, "Forged");
    expect(verify(anew).fault).toBeNull();
    expect(verify(anew, [anchorOf(chain, 6)]).fault).toEqual({
      kind: "rewritten",
      sequence: 1,
      id: "id-6",
      anchoredAt: "anchored at 6",
      anchoredSequence: 6,
    });
  });

  test("reads no further than it must", () => {
    const verifier = makeChainVerifier(sha256, [{ ...anchorOf(chain, 2), hash: "0" }]);
    expect(verifier.add(chain.slice(0, 1))).toBe(true);
    expect(verifier.add(chain.slice(1))).toBe(false);
    expect(verifier.verdict().events).toBe(2);
  });
});
