import type { ChangeStep, CommittedChange } from "./change-step.ts";
import type { Snapshot } from "./snapshot.ts";

/** All that waited for a reader. `missedUpTo`: everything up to that snapshot was dropped, before `steps`. */
export type Taken = {
  missedUpTo: Snapshot | undefined;
  steps: readonly ChangeStep[];
  deviceIds: readonly string[];
};

/** What one stream has not yet been given. Bounded: a reader that is too slow loses changes, and is told so. */
export type ChangeSink = {
  push(step: ChangeStep): void;
  pushStatus(deviceIds: readonly string[]): void;
  /** Ends the stream: what waits is still taken, then `take` gives undefined. */
  close(): void;
  /** Waits for something and takes all of it; undefined once closed or aborted. For one reader at a time. */
  take(signal: AbortSignal): Promise<Taken | undefined>;
};

/** Makes a sink that holds at most `limit` changes. */
export function makeChangeSink(limit: number): ChangeSink {
  let steps: ChangeStep<CommittedChange>[] = [];
  let heldCount = 0;
  let missedUpTo: Snapshot | undefined;
  let deviceIds = new Set<string>();
  let isClosed = false;
  let wake = Promise.withResolvers<void>();

  const hasSomething = () => steps.length > 0 || missedUpTo !== undefined || deviceIds.size > 0;

  return {
    push(step) {
      if (isClosed) return;
      heldCount += step.changes.length;
      if (heldCount > limit) {
        steps = [];
        heldCount = 0;
        missedUpTo = step.upTo;
      } else {
        steps.push(step);
      }
      wake.resolve();
    },
    pushStatus(ids) {
      if (isClosed) return;
      for (const id of ids) deviceIds.add(id);
      wake.resolve();
    },
    close() {
      isClosed = true;
      wake.resolve();
    },
    async take(signal) {
      const onAbort = () => wake.resolve();
      signal.addEventListener("abort", onAbort, { once: true });
      try {
        while (!hasSomething() && !isClosed && !signal.aborted) {
          await wake.promise;
          wake = Promise.withResolvers<void>();
        }
      } finally {
        signal.removeEventListener("abort", onAbort);
      }
      if (signal.aborted || !hasSomething()) return undefined;
      const taken = { missedUpTo, steps, deviceIds: [...deviceIds] };
      steps = [];
      heldCount = 0;
      missedUpTo = undefined;
      deviceIds = new Set();
      return taken;
    },
  };
}
