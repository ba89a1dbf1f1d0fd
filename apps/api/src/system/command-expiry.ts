import type { Database } from "@vitrine/db/database";
import type { JobsDatabase } from "@vitrine/db/jobs";
import { deviceEvents, outbox } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { eventRow } from "../device/history/event-row.ts";
import type { Clock, NewId } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import { repeat } from "../platform/repeat.ts";

export type CommandExpiryDeps = {
  jobsDatabase: Pick<JobsDatabase, "expireCommands">;
  database: Database;
  clock: Clock;
  newId: NewId;
  log: Log;
};

const EVERY_MS = 5_000;
/** A change names at most a thousand things. */
const IDS = 500;

/** Gives up commands past their time, every 5 s. Doing it in several processes does no harm. */
export function startCommandExpiry(deps: CommandExpiryDeps): AsyncDisposable {
  const expire = () =>
    expireCommands(deps).catch((error: unknown) =>
      deps.log.warn({ err: error }, "commands were not expired; trying again"),
    );
  return repeat(expire, { everyMs: EVERY_MS, isAtOnce: false });
}

/** Marks commands past their time as expired and tells open dashboards. */
export async function expireCommands(deps: Omit<CommandExpiryDeps, "log">): Promise<void> {
  const { jobsDatabase, database, clock } = deps;
  const now = clock.now();
  const expired = await jobsDatabase.expireCommands(now);
  for (const [organizationId, commands] of Map.groupBy(expired, (command) => command.organizationId)) {
    for (let from = 0; from < commands.length; from += IDS) {
      const some = commands.slice(from, from + IDS);
      const ids = [...new Set(some.flatMap(({ id, deviceId }) => [id, deviceId]))];
      const scope = organizationScope(organizationId);
      const happened = some.map(({ deviceId, kind }) =>
        eventRow(deps, scope, {
          deviceId,
          kind: "command",
          at: now,
          data: { command: kind, state: "expired" },
        }),
      );
      await database.batch(scope, (q) => [
        q.insert(deviceEvents).values(happened),
        q.insert(outbox).values({ organizationId, event: { subject: "command", ids, action: "expired" } }),
      ]);
    }
  }
}
