import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { devices } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";

/** Takes a present screen for the rest of the transaction. NOT_FOUND for any other, taken-back ones too. */
export async function lockDevice(tx: OrganizationTransaction, id: string) {
  const [device] = await tx
    .select({
      id: devices.id,
      businessId: devices.businessId,
      name: devices.name,
      timeZone: devices.timeZone,
      rotation: devices.rotation,
      volumePercent: devices.volumePercent,
      privateHosts: devices.privateHosts,
    })
    .from(devices)
    .where(and(ofDevice(tx, id), eq(devices.isActive, true)))
    .for("no key update");
  if (!device) throw appError("NOT_FOUND");
  return device;
}

/** The row of one screen. */
export function ofDevice(tx: OrganizationTransaction, id: string) {
  return and(eq(devices.organizationId, tx.scope.organizationId), eq(devices.id, id));
}
