import type { DeviceStatus } from "@vitrine/core/model/device";
import { OVERVIEW_DEVICES, type OverviewView } from "@vitrine/core/model/overview";
import { assets, blobs, deviceStatus, devices, playlists } from "@vitrine/db/schema";
import { and, count, desc, eq, sql } from "drizzle-orm";
import { selectDevices, statusOfDevice, toDeviceView } from "../devices/device-view.ts";
import type { DeviceReader } from "../devices/queries.ts";
import { statusSql } from "../devices/status-sql.ts";

/** The organization at a glance, in one burst. */
export async function getOverview(reader: DeviceReader): Promise<OverviewView> {
  const { database, scope, clock } = reader;
  const { organizationId } = scope;
  const now = clock.now();
  const status = statusSql(now);
  const [statuses, ofAssets, ofPlaylists, sizes, newest] = await database.batch(scope, (q) => [
    q
      .select({ status, total: count() })
      .from(devices)
      .leftJoin(deviceStatus, statusOfDevice(organizationId))
      .where(eq(devices.organizationId, organizationId))
      .groupBy(sql`1`),
    q
      .select({ total: count() })
      .from(assets)
      .where(and(eq(assets.organizationId, organizationId), eq(assets.isActive, true))),
    q
      .select({ total: count() })
      .from(playlists)
      .where(and(eq(playlists.organizationId, organizationId), eq(playlists.isActive, true))),
    q
      .select({ bytes: sql<number>`coalesce(sum(${blobs.sizeBytes}), 0)::float8` })
      .from(blobs)
      .where(eq(blobs.organizationId, organizationId)),
    selectDevices(q, scope)
      .where(and(eq(devices.organizationId, organizationId), eq(devices.isActive, true)))
      .orderBy(desc(devices.isActive), desc(devices.createdAt), desc(devices.id))
      .limit(OVERVIEW_DEVICES),
  ]);
  const counts = toCounts(statuses);
  const assetCount = ofAssets[0]?.total ?? 0;
  const playlistCount = ofPlaylists[0]?.total ?? 0;
  return {
    firstSteps: {
      hasContent: assetCount > 0,
      hasPlaylist: playlistCount > 0,
      hasScreen: newest.length > 0,
      isPlaying: counts.playing > 0,
    },
    counts,
    assetCount,
    playlistCount,
    storageBytes: sizes[0]?.bytes ?? 0,
    recentDevices: newest.map((row) => toDeviceView(row, { ...reader, nowMs: now.getTime() })),
  };
}

function toCounts(rows: readonly { status: DeviceStatus; total: number }[]): Record<DeviceStatus, number> {
  const of = (status: DeviceStatus) => rows.find((row) => row.status === status)?.total ?? 0;
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
