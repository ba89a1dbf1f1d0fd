import type { DeviceStatus, DeviceView, listDevicesInput } from "@vitrine/core/model/device";
import { appError } from "@vitrine/core/model/errors";
import type { Page } from "@vitrine/core/model/paging";
import type { Database } from "@vitrine/db/database";
import { deviceStatus, devices, deviceTags, groupDevices } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import * as z from "zod";
import type { Clock } from "../../platform/clock.ts";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import { isOfBusiness } from "../businesses/belonging.ts";
import { type FileUrl, selectDevices, statusOfDevice, toDeviceView } from "./device-view.ts";
import { statusSql } from "./status-sql.ts";

/** What reading screens needs: whose they are, and how the one who asks reaches files. */
export type DeviceReader = {
  database: Database;
  scope: OrganizationScope;
  clock: Clock;
  fileUrl: FileUrl;
  /** Whether a screen that is heard is known to be behind what the database says of it. */
  isBehind(deviceId: string): boolean;
  /** The content revision up to which all changes are known here. */
  seenRevision: number;
};

const byName = z.tuple([z.literal("name"), z.string().max(200), z.uuid()]);
const byTime = z.tuple([z.literal("newest"), z.iso.datetime({ precision: 3 }), z.uuid()]);

/**
 * Screens by name or by the time they were paired (newest first): present ones, or with `removed`, or when asked for
 * the status `revoked`, those that were taken back. `search` finds a part of a name or tag, whatever its case.
 */
export async function listDevices(
  reader: DeviceReader,
  {
    cursor,
    limit,
    search,
    status,
    playlistId,
    groupId,
    businessId,
    removed,
    sort,
  }: z.infer<typeof listDevicesInput>,
): Promise<Page<DeviceView>> {
  const { database, scope } = reader;
  const { organizationId } = scope;
  const now = reader.clock.now();
  const found = and(
    eq(devices.organizationId, organizationId),
    eq(devices.isActive, !removed && status !== "revoked"),
    playlistId === undefined ? undefined : eq(devices.playlistId, playlistId),
    isOfBusiness(devices, businessId),
    groupId === undefined
      ? undefined
      : sql`${devices.id} in (select ${groupDevices.deviceId} from ${groupDevices}
          where ${groupDevices.organizationId} = ${organizationId} and ${groupDevices.groupId} = ${groupId})`,
    search === undefined ? undefined : sql`${devices.id} in (select app.search_devices(${search}))`,
    status === undefined ? undefined : sql`${statusSql(now)} = ${status}`,
  );
  const order =
    sort === "name"
      ? [asc(devices.isActive), asc(devices.name), asc(devices.id)]
      : [desc(devices.isActive), desc(devices.createdAt), desc(devices.id)];
  const hasStatus = statusOfDevice(organizationId);
  const [rows, counted] = await database.batch(scope, (q) => {
    // The page is chosen before anything is joined to it, whatever the planner knows of the tables.
    const keys = q.select({ id: devices.id }).from(devices).$dynamic();
    const page = (status === undefined ? keys : keys.leftJoin(deviceStatus, hasStatus))
      .where(and(found, behindCursor(sort, cursor)))
      .orderBy(...order)
      .limit(limit + 1);
    const totals = q.select({ total: count() }).from(devices).$dynamic();
    return [
      selectDevices(q, scope)
        .where(and(eq(devices.organizationId, organizationId), inArray(devices.id, page)))
        .orderBy(...order),
      (status === undefined ? totals : totals.leftJoin(deviceStatus, hasStatus)).where(found),
    ];
  });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const key = last && [sort, sort === "name" ? last.name : last.createdAt.toISOString(), last.id];
  const context = { ...reader, nowMs: now.getTime() };
  return {
    rows: shown.map((row) => toDeviceView(row, context)),
    nextCursor: key ? encodeCursor(key) : null,
    total: counted[0]?.total ?? 0,
  };
}

/** One screen, taken back or not. NOT_FOUND. */
export async function getDevice(reader: DeviceReader, id: string): Promise<DeviceView> {
  const { database, scope } = reader;
  const [rows] = await database.batch(scope, (q) => [
    selectDevices(q, scope).where(and(eq(devices.organizationId, scope.organizationId), eq(devices.id, id))),
  ]);
  const row = rows[0];
  if (!row) throw appError("NOT_FOUND");
  return toDeviceView(row, { ...reader, nowMs: reader.clock.nowMs() });
}

/** How many screens are in each state, over the whole organization. */
export async function countDevices({
  database,
  scope,
  clock,
}: Pick<DeviceReader, "database" | "scope" | "clock">): Promise<Record<DeviceStatus, number>> {
  const status = statusSql(clock.now());
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({ status, total: count() })
      .from(devices)
      .leftJoin(deviceStatus, statusOfDevice(scope.organizationId))
      .where(eq(devices.organizationId, scope.organizationId))
      .groupBy(sql`1`),
  ]);
  const counts = new Map(rows.map(({ status: one, total }) => [one, total]));
  const of = (one: DeviceStatus) => counts.get(one) ?? 0;
  return {
    playing: of("playing"),
    syncing: of("syncing"),
    idle: of("idle"),
    trouble: of("trouble"),
    offline: of("offline"),
    never: of("never"),
    revoked: of("revoked"),
  };
}

/** Tags of present screens with how many carry each, most used first; at most 500. */
export async function listDeviceTags({
  database,
  scope,
}: Pick<DeviceReader, "database" | "scope">): Promise<{ tag: string; count: number }[]> {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({ tag: deviceTags.tag, count: sql<number>`count(*)` })
      .from(deviceTags)
      .innerJoin(
        devices,
        and(eq(devices.organizationId, deviceTags.organizationId), eq(devices.id, deviceTags.deviceId)),
      )
      .where(and(eq(deviceTags.organizationId, scope.organizationId), eq(devices.isActive, true)))
      .groupBy(deviceTags.tag)
      .orderBy(sql`count(*) desc`, asc(deviceTags.tag))
      .limit(500),
  ]);
  return rows;
}

function behindCursor(sort: "newest" | "name", cursor: string | undefined) {
  if (sort === "name") {
    const after = decodeCursor(cursor, byName);
    return after && sql`(${devices.name}, ${devices.id}) > (${after[1]}, ${after[2]}::uuid)`;
  }
  const after = decodeCursor(cursor, byTime);
  return after && sql`(${devices.createdAt}, ${devices.id}) < (${after[1]}::timestamptz, ${after[2]}::uuid)`;
}
