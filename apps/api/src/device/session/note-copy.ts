import { appError } from "@vitrine/core/model/errors";
import { deviceCredentials, deviceEvents, devices } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { and, eq, sql } from "drizzle-orm";
import type { TicketOwner } from "../../auth/device-tickets.ts";
import { runCommand } from "../../trpc/command.ts";
import type { DeviceContext } from "../device-context.ts";
import { eventRow } from "../history/event-row.ts";

/** A copy that goes on is noted again after this long: two holders of one key end each other's sessions at every beat. */
const AGAIN_MS = 3_600_000;

/**
 * Notes that two places hold the identity of a screen: in its history with the addresses known, in the audit trail,
 * and on open dashboards. Revoking the screen and pairing it anew ends it.
 */
export async function noteCopy(
  { services, requestId, remoteAddress }: DeviceContext,
  { organizationId, deviceId, publicKey }: TicketOwner,
  otherAddress: string | undefined,
): Promise<void> {
  const now = services.clock.now();
  const notedBefore = new Date(now.getTime() - AGAIN_MS);
  const scope = organizationScope(organizationId);
  const actor = { kind: "system" as const, id: null, name: "Vitrine" };
  await runCommand({ services, scope, actor, requestId, remoteAddress }, async (tx, record) => {
    const noted = await tx
      .update(deviceCredentials)
      .set({ copiedAt: now })
      .where(
        and(
          eq(deviceCredentials.organizationId, organizationId),
          eq(deviceCredentials.deviceId, deviceId),
          eq(deviceCredentials.publicKey, publicKey),
          sql`coalesce(${deviceCredentials.copiedAt} < ${notedBefore}::timestamptz, true)`,
        ),
      )
      .returning({ deviceId: deviceCredentials.deviceId });
    if (noted.length === 0) return;
    const [device] = await tx
      .select({ name: devices.name })
      .from(devices)
      .where(and(eq(devices.organizationId, organizationId), eq(devices.id, deviceId)));
    if (!device) throw appError("DEVICE_SESSION_EXPIRED");
    const addresses = [...new Set([otherAddress ?? "unknown", remoteAddress])].join(", ");
    const event = { deviceId, kind: "identity_copied" as const, at: now, data: { addresses } };
    await tx.insert(deviceEvents).values(eventRow(services, scope, event));
    record.audit({
      action: "devices.identityCopied",
      subject: "device",
      subjectId: deviceId,
      after: { name: device.name, addresses },
    });
    record.changed("device", [deviceId], "identity_copied");
  });
}
