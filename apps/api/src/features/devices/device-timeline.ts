import {
  type DeviceTimeline,
  type deviceTimelineInput,
  TIMELINE_DAYS,
} from "@vitrine/core/model/device-health";
import { appError, invalidInput } from "@vitrine/core/model/errors";
import { deviceEvents, deviceStatus, devices } from "@vitrine/db/schema";
import { and, desc, eq, gte, lt } from "drizzle-orm";
import type * as z from "zod";
import { HISTORY_EVENTS } from "../../device/history/limits.ts";
import { deriveTimeline } from "./derive-timeline.ts";
import { statusOfDevice } from "./device-view.ts";
import type { DeviceReader } from "./queries.ts";
import { deriveStatus } from "./status.ts";

const DAY_MS = 86_400_000;
/** So many events before a range say what the screen was when it began. */
const EARLIER_EVENTS = 300;

/** What a screen was in a range of at most 31 days. Errors: NOT_FOUND, INVALID_INPUT for a range that is none. */
export async function deviceTimelineOf(
  { database, scope, clock }: Pick<DeviceReader, "database" | "scope" | "clock">,
  { deviceId, from, until }: z.infer<typeof deviceTimelineInput>,
): Promise<DeviceTimeline> {
  const { organizationId } = scope;
  const nowMs = clock.nowMs();
  const fromMs = Date.parse(from);
  const untilMs = Math.min(Date.parse(until), nowMs);
  if (Date.parse(until) <= fromMs) throw invalidInput("until", "The end is after the beginning");
  if (Date.parse(until) - fromMs > TIMELINE_DAYS * DAY_MS) {
    throw invalidInput("until", `A timeline is of at most ${TIMELINE_DAYS} days`);
  }
  const isOwn = and(eq(deviceEvents.organizationId, organizationId), eq(deviceEvents.deviceId, deviceId));
  const columns = { at: deviceEvents.at, kind: deviceEvents.kind, data: deviceEvents.data };
  const newestFirst = [desc(deviceEvents.at), desc(deviceEvents.id)];
  const [found, earlier, within] = await database.batch(scope, (q) => [
    q
      .select({
        isActive: devices.isActive,
        lastHeardAt: deviceStatus.lastHeardAt,
        isStopping: deviceStatus.isStopping,
        condition: deviceStatus.condition,
      })
      .from(devices)
      .leftJoin(deviceStatus, statusOfDevice(organizationId))
      .where(and(eq(devices.organizationId, organizationId), eq(devices.id, deviceId))),
    q
      .select(columns)
      .from(deviceEvents)
      .where(and(isOwn, lt(deviceEvents.at, new Date(fromMs))))
      .orderBy(...newestFirst)
      .limit(EARLIER_EVENTS),
    q
      .select(columns)
      .from(deviceEvents)
      .where(and(isOwn, gte(deviceEvents.at, new Date(fromMs)), lt(deviceEvents.at, new Date(untilMs))))
      .orderBy(...newestFirst)
      .limit(HISTORY_EVENTS),
  ]);
  const device = found[0];
  if (!device) throw appError("NOT_FOUND");
  if (untilMs <= fromMs) return { stretches: [], playingShare: null };
  const lastHeardAtMs = device.lastHeardAt?.getTime() ?? null;
  const { status } = deriveStatus(
    { ...device, lastHeardAtMs, isStopping: device.isStopping ?? false },
    nowMs,
  );
  return deriveTimeline({
    events: [...within, ...earlier].reverse().map(({ at, ...event }) => ({ ...event, atMs: at.getTime() })),
    fromMs,
    untilMs,
    now: untilMs === nowMs ? { status, lastHeardAtMs } : null,
  });
}
