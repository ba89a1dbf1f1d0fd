import type { BatchHandle } from "@vitrine/db/database";
import { deviceCommands } from "@vitrine/db/schema";
import { and, asc, eq, gt, or, sql } from "drizzle-orm";

/** The answer to a beat carries this many commands at most, oldest first. */
const PENDING = 20;

/** The statement of a screen's commands that are neither done nor expired, for batches with `deviceId` and `now`. */
export function selectPending(q: BatchHandle) {
  return q
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
    .limit(PENDING);
}
