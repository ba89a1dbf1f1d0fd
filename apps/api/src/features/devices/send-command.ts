import type { sendCommandInput } from "@vitrine/core/model/device";
import { deviceCommands } from "@vitrine/db/schema";
import { scopedKey } from "@vitrine/db/scope";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { type CommandView, toCommandView } from "./command-view.ts";
import { lockDevice } from "./lock-device.ts";

/** A command that is not done in this time is given up: whoever asked is not looking any more. */
const LIFE_MS = 60_000;
const PER_DEVICE = { limit: 20, windowMs: 60_000 };

/** Tells a screen to do something, within a minute or not at all. Errors: NOT_FOUND, TOO_MANY_REQUESTS. */
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
    const expiresAt = new Date(createdAt.getTime() + LIFE_MS);
    const createdBy = actor.kind === "user" ? actor.id : null;
    const { organizationId } = scope;
    await tx
      .insert(deviceCommands)
      .values({ organizationId, id, deviceId, kind, state: "waiting", createdAt, expiresAt, createdBy });
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
