import type { DeviceStatus } from "@vitrine/core/model/device";
import { deviceStatus, devices } from "@vitrine/db/schema";
import { type SQL, sql } from "drizzle-orm";
import { OFFLINE_AFTER_MS } from "./status.ts";

/**
 * `deriveStatus` of `status.ts`, said to the database, for filters and counts over `devices` left-joined with
 * `deviceStatus`. A test holds the two against each other.
 */
export function statusSql(now: Date): SQL<DeviceStatus> {
  const silentSince = new Date(now.getTime() - OFFLINE_AFTER_MS);
  return sql<DeviceStatus>`case
    when not ${devices.isActive} then 'revoked'
    when ${deviceStatus.lastHeardAt} is null then 'never'
    when ${deviceStatus.isStopping} or ${deviceStatus.lastHeardAt} < ${silentSince}::timestamptz then 'offline'
    else coalesce(${deviceStatus.condition}, 'syncing') end`;
}
