import { defineBatch } from "@vitrine/db/batch";
import type { BatchHandle, Database } from "@vitrine/db/database";
import { deviceCredentials, devices, organizations } from "@vitrine/db/schema";
import { type OrganizationScope, organizationScope } from "@vitrine/db/scope";
import { and, desc, eq, sql } from "drizzle-orm";
import { SESSION_LENGTH, type StoredTickets } from "./device-tickets.ts";
import type { DeviceBinding } from "./device-tokens.ts";

/** One key of a screen, and where it stands now. */
export type DeviceKey = {
  publicKey: string;
  /** The key or the whole screen was taken back, for good. */
  isRevoked: boolean;
  isOrganizationActive: boolean;
  copiedAt: Date | null;
} & StoredTickets;

/** A screen changes its key rarely; older ones than these are of no more use. */
const KEYS = 5;

const keysBatch = defineBatch<{ deviceId: string }>()((q) => [selectDeviceKeys(q)]);

function selectDeviceKeys(q: BatchHandle) {
  const { organizationId, deviceId } = deviceCredentials;
  return q
    .select({
      publicKey: deviceCredentials.publicKey,
      isRevoked: sql<boolean>`(${deviceCredentials.revokedAt} is not null or not ${devices.isActive})`,
      isOrganizationActive: organizations.isActive,
      copiedAt: deviceCredentials.copiedAt,
      ticketSha256: deviceCredentials.ticketSha256,
      formerTicketSha256: deviceCredentials.formerTicketSha256,
      ticketIssuedAt: deviceCredentials.ticketIssuedAt,
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

/** A screen's keys, revoked ones too, newest first; none for a screen that this organization does not have. */
export async function listDeviceKeys(
  database: Database,
  scope: OrganizationScope,
  deviceId: string,
): Promise<DeviceKey[]> {
  const [rows] = await database.run(scope, keysBatch, { deviceId });
  return rows;
}

/**
 * Notes that the session of this key was used, so that what was shown to open it opens nothing any more. Nothing
 * happens when a newer one was opened meanwhile.
 */
export async function endFormerTicket(database: Database, binding: DeviceBinding): Promise<void> {
  const { organizationId, deviceId, publicKey, session } = binding;
  await database.run(organizationScope(organizationId), usedBatch, { deviceId, publicKey, session });
}

const usedBatch = defineBatch<{ deviceId: string; publicKey: string; session: string }>()((q) => [
  q
    .update(deviceCredentials)
    .set({ formerTicketSha256: null })
    .where(
      and(
        ofKey(),
        sql`left(${deviceCredentials.ticketSha256}, ${sql.raw(`${SESSION_LENGTH}`)}) = ${sql.placeholder("session")}`,
      ),
    ),
]);

/** The row of one key, for batches that run with `deviceId` and `publicKey`. */
function ofKey() {
  return and(
    eq(deviceCredentials.organizationId, sql.placeholder("organizationId")),
    eq(deviceCredentials.deviceId, sql.placeholder("deviceId")),
    eq(deviceCredentials.publicKey, sql.placeholder("publicKey")),
  );
}
