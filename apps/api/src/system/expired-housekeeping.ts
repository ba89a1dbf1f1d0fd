import type { JobsDatabase } from "@vitrine/db/jobs";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import { repeat } from "../platform/repeat.ts";

export type ExpiredHousekeepingDeps = {
  jobsDatabase: Pick<JobsDatabase, "deleteExpired">;
  clock: Clock;
  log: Log;
};

const EVERY_MS = 3_600_000;

/**
 * Forgets what has expired of sessions, pairing requests and people's accounts, now and then every hour. Doing it in
 * several processes does no harm.
 */
export function startExpiredHousekeeping(deps: ExpiredHousekeepingDeps): AsyncDisposable {
  return repeat(() => forgetExpired(deps), { everyMs: EVERY_MS });
}

/** Deletes what can no longer be used; a failure is logged and made up for the next time. */
export async function forgetExpired({ jobsDatabase, clock, log }: ExpiredHousekeepingDeps): Promise<void> {
  try {
    const counts = await jobsDatabase.deleteExpired(clock.now());
    if (Object.values(counts).some((number) => number > 0))
      log.debug(counts, "what has expired was forgotten");
  } catch (error) {
    log.warn({ err: error }, "forgetting what has expired failed; trying again in an hour");
  }
}
