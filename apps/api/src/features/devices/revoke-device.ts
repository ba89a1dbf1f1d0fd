import { deviceCommands, deviceCredentials, deviceEvents, devices } from "@vitrine/db/schema";
import { and, eq, isNull, or } from "drizzle-orm";
import { eventRow } from "../../device/history/event-row.ts";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { editedBy } from "../edited-by.ts";
import { lockDevice, ofDevice } from "./lock-device.ts";

/**
 * Takes a screen and its keys back, for good: it is told at once where it is online, wipes its content and can be
 * paired anew as another screen. Its plays stay. NOT_FOUND.
 */
export async function revokeDevice(ctx: CommandContext, id: string): Promise<void> {
  const { services } = ctx;
  const { organizationId } = ctx.scope;
  await runCommand(ctx, async (tx, record) => {
    const device = await lockDevice(tx, id);
    const now = services.clock.now();
    await tx
      .update(devices)
      .set({ isActive: false, revokedAt: now, ...editedBy(ctx) })
      .where(ofDevice(tx, id));
    await tx
      .update(deviceCredentials)
      .set({ revokedAt: now })
      .where(
        and(
          eq(deviceCredentials.organizationId, organizationId),
          eq(deviceCredentials.deviceId, id),
          isNull(deviceCredentials.revokedAt),
        ),
      );
    await tx
      .update(deviceCommands)
      .set({ state: "expired", finishedAt: now })
      .where(
        and(
          eq(deviceCommands.organizationId, organizationId),
          eq(deviceCommands.deviceId, id),
          or(eq(deviceCommands.state, "waiting"), eq(deviceCommands.state, "delivered")),
        ),
      );
    await tx
      .insert(deviceEvents)
      .values(eventRow(services, ctx.scope, { deviceId: id, kind: "revoked", at: now }));
    record.audit({
      action: "devices.revoke",
      subject: "device",
      subjectId: id,
      before: { name: device.name },
    });
    record.changed("device", [id], "revoked");
  });
  services.devices.access.revoke(id);
}
