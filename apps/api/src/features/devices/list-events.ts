import type { deviceEventPage, listDeviceEventsInput } from "@vitrine/core/model/device-health";
import { appError } from "@vitrine/core/model/errors";
import { deviceEvents, devices } from "@vitrine/db/schema";
import { and, desc, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import type { DeviceReader } from "./queries.ts";

const byTime = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()]);

/** What happened to a screen, newest first, a page at a time. NOT_FOUND. */
export async function listEvents(
  { database, scope }: Pick<DeviceReader, "database" | "scope">,
  { deviceId, cursor, limit }: z.infer<typeof listDeviceEventsInput>,
): Promise<z.infer<typeof deviceEventPage>> {
  const { organizationId } = scope;
  const before = decodeCursor(cursor, byTime);
  const [found, rows] = await database.batch(scope, (q) => [
    q
      .select({ id: devices.id })
      .from(devices)
      .where(and(eq(devices.organizationId, organizationId), eq(devices.id, deviceId))),
    q
      .select({ id: deviceEvents.id, at: deviceEvents.at, kind: deviceEvents.kind, data: deviceEvents.data })
      .from(deviceEvents)
      .where(
        and(
          eq(deviceEvents.organizationId, organizationId),
          eq(deviceEvents.deviceId, deviceId),
          before &&
            sql`(${deviceEvents.at}, ${deviceEvents.id}) < (${before[0]}::timestamptz, ${before[1]}::uuid)`,
        ),
      )
      .orderBy(desc(deviceEvents.at), desc(deviceEvents.id))
      .limit(limit + 1),
  ]);
  if (found.length === 0) throw appError("NOT_FOUND");
  const shown = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { events: shown, nextCursor: last ? encodeCursor([last.at, last.id]) : null };
}
