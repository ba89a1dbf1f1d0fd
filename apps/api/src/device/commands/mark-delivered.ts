import { deviceCommands, outbox } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { isAnyOf } from "@vitrine/db/values";
import { and, eq } from "drizzle-orm";
import type { Services } from "../../services.ts";

/** Notes that a screen is being told of these commands, and tells open dashboards; writes only if one was waiting. */
export async function markDelivered(
  { database, clock }: Pick<Services, "database" | "clock">,
  scope: OrganizationScope,
  deviceId: string,
  pending: readonly { id: string; state: string }[],
): Promise<void> {
  const ids = pending.filter(({ state }) => state === "waiting").map(({ id }) => id);
  if (ids.length === 0) return;
  const { organizationId } = scope;
  await database.batch(scope, (q) => [
    q
      .update(deviceCommands)
      .set({ state: "delivered", deliveredAt: clock.now() })
      .where(
        and(
          eq(deviceCommands.organizationId, organizationId),
          eq(deviceCommands.deviceId, deviceId),
          isAnyOf(deviceCommands.id, "uuid", ids),
          eq(deviceCommands.state, "waiting"),
        ),
      ),
    q.insert(outbox).values({
      organizationId,
      event: { subject: "command", ids: [...ids, deviceId], action: "delivered" },
    }),
  ]);
}
