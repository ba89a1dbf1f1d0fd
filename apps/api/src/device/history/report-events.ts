import type { eventsReceipt, ScreenEvent } from "@vitrine/core/model/device-protocol";
import { deviceEvents } from "@vitrine/db/schema";
import { arrayOf } from "@vitrine/db/values";
import { sql } from "drizzle-orm";
import type * as z from "zod";
import type { Services } from "../../services.ts";
import type { DeviceIdentity } from "../authorize-device.ts";
import { cleanText } from "../hostile-input.ts";
import { HISTORY_DAYS, HISTORY_EVENTS } from "./limits.ts";

const PER_DEVICE = { limit: 60, windowMs: 60_000 };
const KEPT_MS = HISTORY_DAYS * 86_400_000;

/**
 * Adds to the history of this screen, each event once by (boot, sequence) however often it comes; of more than
 * 10,000 the oldest are forgotten. A screen without a clock tells wild times: what did not happen in the last 90 days
 * happened now. The receipt says how many were new; all may be forgotten by the screen. TOO_MANY_REQUESTS.
 */
export async function reportEvents(
  { services, binding, scope }: DeviceIdentity & { services: Services },
  { events: reported }: { events: readonly ScreenEvent[] },
): Promise<z.infer<typeof eventsReceipt>> {
  const { database, clock, newId, rateLimits, events } = services;
  const { deviceId } = binding;
  rateLimits.take("events.report", deviceId, PER_DEVICE);
  const nowMs = clock.nowMs();
  const column = <Value>(of: (event: ScreenEvent) => Value) => reported.map(of);
  const own = sql`organization_id = ${scope.organizationId}::uuid and device_id = ${deviceId}::uuid`;
  // Rows go in ordered by key, so that two batches of the same events at once wait for each other instead of deadlocking.
  const [added] = await database.batch(scope, (q) => [
    q.execute<{ id: string }>(sql`
      insert into ${deviceEvents} (organization_id, device_id, id, boot_id, sequence, at, kind, data)
      select ${scope.organizationId}::uuid, ${deviceId}::uuid, id, boot_id, sequence, at, kind, data
      from unnest(${arrayOf("uuid", column(newId))}, ${arrayOf(
        "uuid",
        column(({ bootId }) => bootId),
      )}, ${arrayOf(
        "integer",
        column(({ sequence }) => sequence),
      )}, ${arrayOf(
        "timestamptz",
        column(({ at }) => boundedInstant(at, nowMs)),
      )}, ${arrayOf(
        "text",
        column(({ kind }) => kind),
      )}, ${arrayOf(
        "jsonb",
        column(({ data }) => cleanData(data)),
      )}) as given (id, boot_id, sequence, at, kind, data)
      order by boot_id, sequence
      on conflict do nothing
      returning id`),
    q.execute(sql`
      delete from ${deviceEvents} where ${own} and (at, id) <= (
        select at, id from ${deviceEvents} where ${own} order by at desc, id desc
        offset ${sql.raw(`${HISTORY_EVENTS}`)} limit 1)`),
  ]);
  if (added.length > 0) events.publishStatus(scope.organizationId, [deviceId]);
  return { newCount: added.length, knownCount: reported.length - added.length };
}

function boundedInstant(at: string, nowMs: number): Date {
  const ms = Date.parse(at);
  return new Date(ms > nowMs - KEPT_MS && ms <= nowMs ? ms : nowMs);
}

function cleanData(data: ScreenEvent["data"]): ScreenEvent["data"] {
  return Object.fromEntries(
    Object.entries(data)
      .slice(0, DATA_FACTS)
      .map(([name, value]) => [cleanText(name), typeof value === "string" ? cleanText(value) : value]),
  );
}
/** No event has more facts. */
const DATA_FACTS = 10;
