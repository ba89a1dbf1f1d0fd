import type { CommandKind, sendCommandInput } from "@vitrine/core/model/device";
import { deviceCommands, deviceEvents } from "@vitrine/db/schema";
import { scopedKey } from "@vitrine/db/scope";
import type * as z from "zod";
import { eventRow } from "../../device/history/event-row.ts";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { type CommandView, toCommandView } from "./command-view.ts";
import { lockDevice } from "./lock-device.ts";

const MINUTE_MS = 60_000;
/**
 * A command that is not done in this time is given up. Most are asked for by somebody who looks on; what takes its
 * time on the machine, or is wanted whenever the screen is back, is waited for.
 */
const LIVES_MS: Readonly<Record<CommandKind, number>> = {
  identify: MINUTE_MS,
  screenshot: MINUTE_MS,
  next: MINUTE_MS,
  previous: MINUTE_MS,
  reload: 2 * MINUTE_MS,
  display_on: 2 * MINUTE_MS,
  display_off: 2 * MINUTE_MS,
  send_logs: 5 * MINUTE_MS,
  restart: 5 * MINUTE_MS,
  clear_cache: 10 * MINUTE_MS,
  reboot: 10 * MINUTE_MS,
  update: 30 * MINUTE_MS,
};
const PER_DEVICE = { limit: 20, windowMs: 60_000 };

/** Tells a screen to do something, within the time of its kind or not at all. Errors: NOT_FOUND, TOO_MANY_REQUESTS. */
export async function sendCommand(
  ctx: CommandContext,
  { deviceId, kind }: z.infer<typeof sendCommandInput>,
): Promise<CommandView> {
  const { services, scope, actor } = ctx;
  services.rateLimits.take("devices.sendCommand", scopedKey(scope, "device", deviceId), PER_DEVICE);
  return runCommand(ctx, async (tx, record) => {
    const device = await lockDevice(tx, deviceId);
    const id = services.newId();
    const createdAt = services.clock.now();
    const expiresAt = new Date(createdAt.getTime() + LIVES_MS[kind]);
    const createdBy = actor.kind === "user" ? actor.id : null;
    const { organizationId } = scope;
    await tx
      .insert(deviceCommands)
      .values({ organizationId, id, deviceId, kind, state: "waiting", createdAt, expiresAt, createdBy });
    const data = { command: kind, state: "sent" };
    await tx
      .insert(deviceEvents)
      .values(eventRow(services, scope, { deviceId, kind: "command", at: createdAt, data }));
    record.audit({
      action: "devices.sendCommand",
      subject: "device",
      subjectId: deviceId,
      after: { kind, name: device.name },
    });
    record.changed("command", [id, deviceId], "sent");
    const row = {
      id,
      kind,
      state: "waiting" as const,
      createdAt,
      expiresAt,
      deliveredAt: null,
      finishedAt: null,
      failure: null,
      createdByName: actor.kind === "user" ? actor.name : null,
    };
    return toCommandView(row, createdAt);
  });
}
