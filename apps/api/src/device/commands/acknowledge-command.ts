import type { acknowledgeCommandInput } from "@vitrine/core/model/device-protocol";
import { appError } from "@vitrine/core/model/errors";
import { deviceCommands, deviceEvents, outbox } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import type { Services } from "../../services.ts";
import type { DeviceIdentity } from "../authorize-device.ts";
import { eventRow } from "../history/event-row.ts";
import { cleanText } from "../hostile-input.ts";

/**
 * Notes how a command of this screen ended, once: a second word about it changes nothing. Done or failed counts also
 * after the expiry, as long as nobody was told that it expired. NOT_FOUND for a command of another screen.
 */
export async function acknowledgeCommand(
  { services, binding, scope }: DeviceIdentity & { services: Services },
  { id, isDone, failure }: z.infer<typeof acknowledgeCommandInput>,
): Promise<Record<never, never>> {
  const { deviceId } = binding;
  const { organizationId } = scope;
  const isOwn = and(
    eq(deviceCommands.organizationId, organizationId),
    eq(deviceCommands.id, id),
    eq(deviceCommands.deviceId, deviceId),
  );
  return services.database.inOrganization(scope, async (tx) => {
    const [command] = await tx
      .select({ state: deviceCommands.state, kind: deviceCommands.kind })
      .from(deviceCommands)
      .where(isOwn)
      .for("no key update");
    if (!command) throw appError("NOT_FOUND");
    if (command.state !== "waiting" && command.state !== "delivered") return {};
    await tx
      .update(deviceCommands)
      .set({
        state: isDone ? "done" : "failed",
        finishedAt: services.clock.now(),
        failure: isDone || failure === null ? null : cleanText(failure),
      })
      .where(isOwn);
    const action = isDone ? "done" : "failed";
    const at = services.clock.now();
    const data = { command: command.kind, state: action };
    await tx.insert(deviceEvents).values(eventRow(services, scope, { deviceId, kind: "command", at, data }));
    await tx
      .insert(outbox)
      .values({ organizationId, event: { subject: "command", ids: [id, deviceId], action } });
    return {};
  });
}
