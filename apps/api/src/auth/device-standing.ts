import { defineBatch } from "@vitrine/db/batch";
import type { BatchHandle, Database } from "@vitrine/db/database";
import { deviceCredentials, devices, organizations } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, desc, eq, sql } from "drizzle-orm";

/** One key of a screen, and where it stands now. */
export type DeviceKey = {
  publicKey: string;
  /** The key or the whole screen was taken back, for good. */
  isRevoked: boolean;
  isOrganizationActive: boolean;
  contentRevision: number;
};

/** A screen changes its key rarely; older ones than these are of no more use. */
const KEYS = 5;

/** The statement of a screen's keys, revoked ones too, newest first, for batches that run with `deviceId`. */
export function selectDeviceKeys(q: BatchHandle) {
  const { organizationId, deviceId } = deviceCredentials;
  return q
    .select({
      publicKey: deviceCredentials.publicKey,
      isRevoked: sql<boolean>`(${deviceCredentials.revokedAt} is not null or not ${devices.isActive})`,
      isOrganizationActive: organizations.isActive,
      contentRevision: organizations.contentRevision,
    })
    .from(deviceCredentials)
    .innerJoin(devices, and(eq(devices.organizationId, organizationId), eq(devices.id, deviceId)))
    .innerJoin(organizations, eq(organizations.organizationId, organizationId))
    .where(
      and(eq(organizationId, sql.placeholder("organizationId")), eq(deviceId, sql.placeholder("deviceId"))),
    )
    .orderBy(desc(deviceCredentials.createdAt))
    .limit(KEYS);
}

const keysBatch = defineBatch<{ deviceId: string }>()((q) => [selectDeviceKeys(q)]);

/** A screen's keys, revoked ones too, newest first; none for a screen that this organization does not have. */
export async function listDeviceKeys(
  database: Database,
  scope: OrganizationScope,
  deviceId: string,
): Promise<DeviceKey[]> {
  const [rows] = await database.run(scope, keysBatch, { deviceId });
  return rows;
}
