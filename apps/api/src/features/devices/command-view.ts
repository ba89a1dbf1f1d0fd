import type { commandView } from "@vitrine/core/model/device";
import type { deviceCommands } from "@vitrine/db/schema";
import type * as z from "zod";

export type CommandView = z.infer<typeof commandView>;
type Row = Pick<
  typeof deviceCommands.$inferSelect,
  "id" | "kind" | "state" | "createdAt" | "expiresAt" | "deliveredAt" | "finishedAt" | "failure"
> & { createdByName: string | null };

/** A command as people see it; past its time it is expired, whether or not that has been written yet. */
export function toCommandView(row: Row, now: Date): CommandView {
  const isOpen = row.state === "waiting" || row.state === "delivered";
  const isExpired = isOpen && row.expiresAt <= now;
  const finishedAt = isExpired ? row.expiresAt : row.finishedAt;
  return {
    id: row.id,
    kind: row.kind,
    state: isExpired ? "expired" : row.state,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    failure: row.failure,
    createdByName: row.createdByName,
  };
}
