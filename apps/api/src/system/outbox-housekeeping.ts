import type { JobsDatabase } from "@vitrine/db/jobs";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import { repeat } from "../platform/repeat.ts";

/** Changes are kept this long for dashboards that were away; an hour more than streams replay. */
export const OUTBOX_KEPT_MS = 24 * 3_600_000;
const EVERY_MS = 3_600_000;

export type OutboxHousekeepingDeps = {
  jobs: Pick<JobsDatabase, "deleteOutboxBefore">;
  clock: Clock;
  log: Log;
};

/** Forgets changes older than a day, now and then every hour. Doing it in several processes does no harm. */
export function startOutboxHousekeeping(deps: OutboxHousekeepingDeps): AsyncDisposable {
  return repeat(() => forgetOldChanges(deps), { everyMs: EVERY_MS });
}

/** Deletes what no stream can ask for any more; a failure is logged and made up for the next time. */
export async function forgetOldChanges({ jobs, clock, log }: OutboxHousekeepingDeps): Promise<void> {
  try {
    const count = await jobs.deleteOutboxBefore(new Date(clock.nowMs() - OUTBOX_KEPT_MS));
    if (count > 0) log.debug({ count }, "old changes forgotten");
  } catch (error) {
    log.warn({ err: error }, "forgetting old changes failed; trying again in an hour");
  }
}
