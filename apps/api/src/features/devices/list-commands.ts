import { appError } from "@vitrine/core/model/errors";
import { deviceCommands, devices } from "@vitrine/db/schema";
import { and, desc, eq, getTableColumns, sql } from "drizzle-orm";
import { type CommandView, toCommandView } from "./command-view.ts";
import type { DeviceReader } from "./queries.ts";

const NEWEST = 50;

/** A screen's latest commands, newest first, at most 50. NOT_FOUND. */
export async function listCommands(
  { database, scope, clock }: Pick<DeviceReader, "database" | "scope" | "clock">,
  deviceId: string,
): Promise<CommandView[]> {
  const { organizationId } = scope;
  const [found, rows] = await database.batch(scope, (q) => [
    q
      .select({ id: devices.id })
      .from(devices)
      .where(and(eq(devices.organizationId, organizationId), eq(devices.id, deviceId))),
    q
      .select({ ...getTableColumns(deviceCommands), createdByName: sql<string | null>`people.name` })
      .from(deviceCommands)
      .leftJoin(sql`app.list_people() people`, sql`people.user_id = ${deviceCommands.createdBy}`)
      .where(and(eq(deviceCommands.organizationId, organizationId), eq(deviceCommands.deviceId, deviceId)))
      .orderBy(desc(deviceCommands.createdAt), desc(deviceCommands.id))
      .limit(NEWEST),
  ]);
  if (found.length === 0) throw appError("NOT_FOUND");
  const now = clock.now();
  return rows.map((row) => toCommandView(row, now));
}
