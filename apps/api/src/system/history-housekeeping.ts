import type { Database } from "@vitrine/db/database";
import type { JobsDatabase } from "@vitrine/db/jobs";
import { deviceEvents } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { and, eq, lt } from "drizzle-orm";
import { HISTORY_DAYS } from "../device/history/limits.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import { repeat } from "../platform/repeat.ts";

export type HistoryHousekeepingDeps = {
  jobsDatabase: Pick<JobsDatabase, "listOrganizations">;
  database: Database;
  clock: Clock;
  log: Log;
};

const EVERY_MS = 6 * 3_600_000;
const KEPT_MS = HISTORY_DAYS * 86_400_000;

/** Forgets what happened to screens more than 90 days ago, every 6 hours. Doing it in several processes does no harm. */
export function startHistoryHousekeeping(deps: HistoryHousekeepingDeps): AsyncDisposable {
  return repeat(() => forgetOldHistory(deps), { everyMs: EVERY_MS, isAtOnce: false });
}

/** Deletes the events past their time, one organization after the other; a failure is logged and made up for later. */
export async function forgetOldHistory(deps: HistoryHousekeepingDeps): Promise<void> {
  const { jobsDatabase, database, clock, log } = deps;
  const before = new Date(clock.nowMs() - KEPT_MS);
  try {
    for (const { organizationId } of await jobsDatabase.listOrganizations()) {
      await database.batch(organizationScope(organizationId), (q) => [
        q
          .delete(deviceEvents)
          .where(and(eq(deviceEvents.organizationId, organizationId), lt(deviceEvents.at, before))),
      ]);
    }
  } catch (error) {
    log.warn({ err: error }, "forgetting old events of screens failed; trying again in 6 hours");
  }
}
