import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { ChangePlace } from "./change-position.ts";
import type { ChangeStep, CommittedChange } from "./change-step.ts";
import type { Snapshot } from "./snapshot.ts";

/** Reads committed changes of all organizations; each call has a timeout of its own. */
export type OutboxReader = {
  currentSnapshot(): Promise<Snapshot>;
  /**
   * At most `limit` changes that `after` does not see, ordered by (xid, id), of those that `upTo` sees (without it:
   * the newest snapshot, which is given back) and that come behind `behind`.
   */
  read(range: {
    after: Snapshot;
    upTo?: Snapshot;
    behind?: ChangePlace;
    limit: number;
  }): Promise<{ upTo: Snapshot; changes: CommittedChange[] }>;
};

export type Notifier = AsyncDisposable & {
  /** Something may have been committed: look now. */
  wake(): void;
  /** All changes committed before this instant (epoch ms, this process' clock) have been published. */
  settledAtMs(): number;
};

export type NotifierOptions = {
  outbox: OutboxReader;
  publish(step: ChangeStep): void;
  clock: Clock;
  log: Log;
  /** Looks this often even when nothing wakes it. */
  pollEveryMs?: number;
  /** Looks at most this often, so that many commits share one look. */
  restMs?: number;
};

const PAGE = 1_000;
const RETRY_MS = 250;
const MAX_RETRY_MS = 4_000;

/**
 * Publishes every committed change once and in order, beginning with those committed after the start. It goes from
 * snapshot to snapshot: what the newer sees and the older did not. So nothing is missed, whatever order commits
 * come in, and an open transaction holds back nothing but its own changes.
 */
export async function startNotifier(options: NotifierOptions): Promise<Notifier> {
  const { outbox, publish, clock, log, pollEveryMs = 3_000, restMs = 16 } = options;
  const stop = new AbortController();
  let settledAtMs = clock.nowMs();
  let last = await outbox.currentSnapshot();
  let wake = Promise.withResolvers<void>();

  // Kept over a failed read, so that no piece of a step is published twice.
  let beganAtMs = settledAtMs;
  let step: { upTo: Snapshot; behind: ChangePlace } | undefined;

  const look = async () => {
    if (!step) beganAtMs = clock.nowMs();
    for (let isLast = false; !isLast; ) {
      const range = { after: last, limit: PAGE, ...step };
      const page = await outbox.read(range);
      const { upTo } = page;
      isLast = page.changes.length < PAGE;
      if (page.changes.length > 0 || step) publish({ after: last, upTo, changes: page.changes, isLast });
      const behind = page.changes.at(-1);
      step = isLast || !behind ? undefined : { upTo, behind };
      if (isLast) last = upTo;
    }
    settledAtMs = beganAtMs;
  };

  let retryMs = RETRY_MS;
  const run = async () => {
    while (!stop.signal.aborted) {
      try {
        wake = Promise.withResolvers<void>();
        await look();
        retryMs = RETRY_MS;
        await pause(restMs, stop.signal);
        const timer = setTimeout(() => wake.resolve(), pollEveryMs);
        await wake.promise;
        clearTimeout(timer);
      } catch (error) {
        if (stop.signal.aborted) return;
        log.warn({ err: error }, "reading committed changes failed; trying again");
        await pause(retryMs, stop.signal);
        retryMs = Math.min(MAX_RETRY_MS, retryMs * 2);
      }
    }
  };
  const running = run();
  return {
    wake: () => wake.resolve(),
    settledAtMs: () => settledAtMs,
    async [Symbol.asyncDispose]() {
      stop.abort();
      wake.resolve();
      await running;
    },
  };
}

function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return sleep(durationMs, undefined, { signal }).catch(() => {});
}
