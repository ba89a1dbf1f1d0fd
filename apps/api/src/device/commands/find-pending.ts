import { defineBatch } from "@vitrine/db/batch";
import { deviceCommands } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, asc, eq, gt, or, sql } from "drizzle-orm";
import { TRUST_MS } from "../../auth/device-access.ts";
import type { Services } from "../../services.ts";
import type { Screen } from "../screens.ts";

/** The answer to a beat carries this many commands at most, oldest first. */
const PENDING = 20;

const pendingBatch = defineBatch<{ deviceId: string; now: Date }>()((q) => [
  q
    .select({
      id: deviceCommands.id,
      kind: deviceCommands.kind,
      state: deviceCommands.state,
      expiresAt: deviceCommands.expiresAt,
    })
    .from(deviceCommands)
    .where(
      and(
        eq(deviceCommands.organizationId, sql.placeholder("organizationId")),
        eq(deviceCommands.deviceId, sql.placeholder("deviceId")),
        or(eq(deviceCommands.state, "waiting"), eq(deviceCommands.state, "delivered")),
        gt(deviceCommands.expiresAt, sql.placeholder("now")),
      ),
    )
    .orderBy(asc(deviceCommands.createdAt), asc(deviceCommands.id))
    .limit(PENDING),
]);

/**
 * Commands of a screen that are neither done nor expired, oldest first, at most 20. The database is asked when one
 * may have been sent since it last said that there are none: memory hears of each, while the reader of changes keeps up.
 */
export async function findPending(
  { database, clock, events }: Pick<Services, "database" | "clock" | "events">,
  scope: OrganizationScope,
  screen: Screen,
) {
  const now = clock.now();
  if (!screen.mayHaveCommands && now.getTime() - events.settledAtMs() < TRUST_MS) return [];
  // Before it is asked: what is sent meanwhile says so again.
  screen.mayHaveCommands = false;
  try {
    const [pending] = await database.run(scope, pendingBatch, { deviceId: screen.deviceId, now });
    if (pending.length > 0) screen.mayHaveCommands = true;
    return pending;
  } catch (error) {
    screen.mayHaveCommands = true;
    throw error;
  }
}
