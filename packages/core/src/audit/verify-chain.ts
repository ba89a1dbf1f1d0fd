import { canonicalEvent, GENESIS_HASH, type HashedEvent } from "./canonical.ts";

/** An event with its place: `sequence` counts from 1 in each organization, `hash` is lower-case hexadecimal. */
export type ChainedEvent = HashedEvent & { sequence: number; hash: string };

/** A head of a chain as it was kept outside the table: at `at` (ISO 8601), event `sequence` had this hash. */
export type Anchor = { sequence: number; hash: string; at: string };

/**
 * The first thing that is wrong with a chain. `sequence` is the place of the first bad event, `id` the event that was
 * found there or, of a missing one, null.
 *
 * - `changed`: the event is not what was hashed, or does not follow the one before it.
 * - `missing`: there is no event with this number, and there are later ones.
 * - `outOfOrder`: another event (`belongsHereId`) belongs here, and stands elsewhere.
 * - `cutOff`: the chain ends before this event, which was there at the anchor of `anchoredAt`. What is left fits itself;
 *   up to `provenSequence` an anchor says so too.
 * - `rewritten`: the chain fits itself, but event `anchoredSequence` is another one than at the anchor of `anchoredAt`;
 *   the first bad one is at `sequence` or later.
 */
export type ChainFault =
  | { kind: "changed"; sequence: number; id: string }
  | { kind: "missing"; sequence: number; id: null; nextId: string }
  | { kind: "outOfOrder"; sequence: number; id: string | null; belongsHereId: string }
  | {
      kind: "cutOff";
      sequence: number;
      id: null;
      anchoredAt: string;
      anchoredSequence: number;
      provenSequence: number;
    }
  | { kind: "rewritten"; sequence: number; id: string; anchoredAt: string; anchoredSequence: number };

export type ChainVerdict = {
  /** Events that were read. */
  events: number;
  /** The last event that is proven, with all before it; 0: none. */
  head: { sequence: number; hash: string };
  fault: ChainFault | null;
};

/** SHA-256 of a text in UTF-8, in lower-case hexadecimal. */
export type Sha256 = (text: string) => string;

/** Takes a chain's events in the order of their numbers, in pieces of any size. */
export type ChainVerifier = {
  /** Takes the next events. Gives false once nothing that follows can change the verdict: reading may end. */
  add(events: readonly ChainedEvent[]): boolean;
  /** What was found, once all were added. */
  verdict(): ChainVerdict;
};

/**
 * Verifies one organization's chain against itself and against its anchors (ordered by `sequence`), in memory that does
 * not grow with the events. Finds any change, gap, change of order, and what was cut off or replaced since an anchor.
 */
export function makeChainVerifier(sha256: Sha256, anchors: readonly Anchor[] = []): ChainVerifier {
  let events = 0;
  let head = { sequence: 0, hash: GENESIS_HASH };
  let proven = 0;
  let nextAnchor = 0;
  let fault: ChainFault | null = null;
  let isSettled = false;

  const linked = (previous: string, event: ChainedEvent) =>
    sha256(previous + canonicalEvent(event)) === event.hash;

  const checkAnchors = (event: ChainedEvent) => {
    for (
      let anchor = anchors[nextAnchor];
      anchor?.sequence === event.sequence;
      anchor = anchors[nextAnchor]
    ) {
      if (anchor.hash !== event.hash) {
        fault = {
          kind: "rewritten",
          sequence: proven + 1,
          id: event.id,
          anchoredAt: anchor.at,
          anchoredSequence: anchor.sequence,
        };
        isSettled = true;
        return;
      }
      proven = anchor.sequence;
      nextAnchor += 1;
    }
  };

  const take = (event: ChainedEvent) => {
    events += 1;
    if (fault !== null) {
      // After the first bad place, one question is left: whether the event that belongs there stands elsewhere.
      if (linked(head.hash, event)) {
        fault = { kind: "outOfOrder", sequence: fault.sequence, id: fault.id, belongsHereId: event.id };
        isSettled = true;
      }
      return;
    }
    const expected = head.sequence + 1;
    const follows = linked(head.hash, event);
    if (event.sequence === expected && follows) {
      head = { sequence: expected, hash: event.hash };
      checkAnchors(event);
    } else if (follows) {
      fault = { kind: "outOfOrder", sequence: expected, id: null, belongsHereId: event.id };
      isSettled = true;
    } else if (event.sequence > expected) {
      fault = { kind: "missing", sequence: expected, id: null, nextId: event.id };
    } else {
      fault = { kind: "changed", sequence: Math.min(event.sequence, expected), id: event.id };
    }
  };

  const cutOff = (): ChainFault | null => {
    const anchor = anchors[nextAnchor];
    if (anchor === undefined) return null;
    return {
      kind: "cutOff",
      sequence: head.sequence + 1,
      id: null,
      anchoredAt: anchor.at,
      anchoredSequence: anchor.sequence,
      provenSequence: proven,
    };
  };

  return {
    add(added) {
      for (const event of added) {
        take(event);
        if (isSettled) return false;
      }
      return true;
    },
    verdict: () => ({ events, head, fault: fault ?? cutOff() }),
  };
}
