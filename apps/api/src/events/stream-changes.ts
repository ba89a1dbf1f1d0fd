import type { StreamEvent } from "@vitrine/core/model/event";
import { type OrganizationScope, scopeWord, wholeOf } from "@vitrine/db/scope";
import type { Clock } from "../platform/clock.ts";
import type { ChangeBus } from "./change-bus.ts";
import type { ChangePosition, PositionSeal } from "./change-position.ts";
import { type ChangeSink, makeChangeSink } from "./change-sink.ts";
import { type ChangeStep, comparePlaces } from "./change-step.ts";
import type { Replay, ReplayedChange } from "./replay-changes.ts";
import { covers, type Snapshot, sees } from "./snapshot.ts";

/** `id` names the place from which a stream can be resumed after this message. */
export type StreamMessage = { id: string; event: StreamEvent };

export type StreamDeps = {
  bus: ChangeBus;
  seal: PositionSeal;
  clock: Clock;
  replay(scope: OrganizationScope, from: ChangePosition | undefined, limit: number): Promise<Replay>;
};

/** At most this many changes wait for one slow reader, or are replayed to one that was away. */
export const STREAM_LIMIT = 1_000;
/** Rows of the outbox live a day; a reader that was away for nearly as long starts anew. */
export const REPLAY_KEPT_MS = 23 * 3_600_000;

/**
 * The changes of one organization from a message's id on, without gap or repetition; from now on without an id.
 * Begins with an empty `status`, which carries the first id, or with `reset` where the id is unknown, too old or
 * too far behind, or of other businesses. Ends when `signal` aborts or the bus closes. Holds at most 2 x STREAM_LIMIT changes.
 */
export async function* streamChanges(
  deps: StreamDeps,
  scope: OrganizationScope,
  afterId: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<StreamMessage, void, undefined> {
  const { bus, seal, clock } = deps;
  const sink: ChangeSink = makeChangeSink(STREAM_LIMIT);
  const message = (position: Omit<ChangePosition, "reachedAtMs">, event: StreamEvent) => ({
    id: seal.seal(scopeWord(scope), { ...position, reachedAtMs: clock.nowMs() }),
    event,
  });
  // Attached before the replay is read: what commits in between is in one of the two, or dropped as a repetition.
  const detach = bus.attach(scope.organizationId, sink);
  try {
    const from = openPosition(deps, scope, afterId);
    const replay = await deps.replay(wholeOf(scope), from, STREAM_LIMIT);
    let base: Snapshot = replay.upTo;
    if (afterId === undefined) {
      yield message({ after: base }, { kind: "status", deviceIds: [] });
    } else if (!from || !replay.isComplete) {
      yield message({ after: base }, { kind: "reset" });
    } else {
      for (const { position, change } of replayInOrder(from, replay)) {
        yield message(position, { kind: "change", change: change.event });
      }
    }

    for (;;) {
      const taken = await sink.take(signal);
      if (!taken) return;
      if (taken.missedUpTo && !covers(base, taken.missedUpTo)) {
        base = taken.missedUpTo;
        yield message({ after: base }, { kind: "reset" });
      }
      for (const step of taken.steps) {
        if (covers(base, step.upTo)) continue;
        for (const { position, change } of stepInOrder(base, step)) {
          yield message(position, { kind: "change", change: change.event });
        }
        if (step.isLast) base = step.upTo;
      }
      if (taken.deviceIds.length > 0) {
        yield message({ after: base }, { kind: "status", deviceIds: [...taken.deviceIds] });
      }
    }
  } finally {
    detach();
  }
}

function openPosition({ seal, clock }: StreamDeps, scope: OrganizationScope, id: string | undefined) {
  const position = id === undefined ? undefined : seal.open(scopeWord(scope), id);
  return position && position.reachedAtMs > clock.nowMs() - REPLAY_KEPT_MS ? position : undefined;
}

type Placed<Change> = { position: Omit<ChangePosition, "reachedAtMs">; change: Change };

/** First the rest of the step in which the reader was cut off, then everything after it: one open step at a time. */
function* replayInOrder(from: ChangePosition, { upTo, changes }: Replay): Generator<Placed<ReplayedChange>> {
  const { within, after } = from;
  const isOfStep = (change: ReplayedChange) => within !== undefined && sees(within.upTo, change.xid);
  const sorted = changes.toSorted(comparePlaces);
  if (within) yield* placed(after, within.upTo, sorted.filter(isOfStep), true);
  yield* placed(
    within?.upTo ?? after,
    upTo,
    sorted.filter((change) => !isOfStep(change)),
    true,
  );
}

function stepInOrder(base: Snapshot, step: ChangeStep) {
  return placed(
    base,
    step.upTo,
    step.changes.filter(({ xid }) => !sees(base, xid)),
    step.isLast,
  );
}

function* placed<Change extends ReplayedChange>(
  after: Snapshot,
  upTo: Snapshot,
  changes: readonly Change[],
  isWhole: boolean,
): Generator<Placed<Change>> {
  for (const [index, change] of changes.entries()) {
    const isEnd = isWhole && index === changes.length - 1;
    const place = { xid: change.xid, id: change.id };
    yield { change, position: isEnd ? { after: upTo } : { after, within: { upTo, place } } };
  }
}
