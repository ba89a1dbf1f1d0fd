import type { CommandKind } from "@vitrine/core/model/device";
import { appError } from "@vitrine/core/model/errors";
import { deviceCommands } from "@vitrine/db/schema";
import { and, eq, gt, or } from "drizzle-orm";
import type { Services } from "../../services.ts";
import type { DeviceIdentity } from "../authorize-device.ts";

/** What was asked for in time may arrive this long after its command expired. */
const GRACE_MS = 30_000;

/** Makes sure that this command of this kind is the screen's and under way. NOT_FOUND. */
export async function requireOwnCommand(
  { services, binding, scope }: DeviceIdentity & { services: Services },
  id: string,
  kind: CommandKind,
): Promise<void> {
  const { database, clock } = services;
  const [commands] = await database.batch(scope, (q) => [
    q
      .select({ id: deviceCommands.id })
      .from(deviceCommands)
      .where(
        and(
          eq(deviceCommands.organizationId, scope.organizationId),
          eq(deviceCommands.id, id),
          eq(deviceCommands.deviceId, binding.deviceId),
          eq(deviceCommands.kind, kind),
          or(eq(deviceCommands.state, "waiting"), eq(deviceCommands.state, "delivered")),
          gt(deviceCommands.expiresAt, new Date(clock.nowMs() - GRACE_MS)),
        ),
      ),
  ]);
  if (commands.length === 0) throw appError("NOT_FOUND");
}
