import type { OrganizationTransaction } from "@vitrine/db/database";
import { organizations } from "@vitrine/db/schema";
import { and, eq, sql } from "drizzle-orm";
import { enqueueJob } from "../../platform/queue.ts";
import type { Notification } from "./notification.ts";

type ToInviter = Extract<Notification, { kind: "invitationAccepted" }>;

/** Has whoever invited somebody told what came of it, if they belong here and want to know when it is sent. */
export function notifyInviter(
  tx: OrganizationTransaction,
  inviterId: string,
  notification: ToInviter,
): Promise<void> {
  return enqueue(tx, inviterId, notification);
}

/**
 * Has those told who run the organization and want to know, but for `doneBy`, in the transaction of what is told. Of very
 * many, those who joined last are not.
 */
export async function notifyRunning(
  tx: OrganizationTransaction,
  notification: Exclude<Notification, ToInviter>,
  doneBy: string | null = null,
): Promise<void> {
  const { kind } = notification;
  const people = await tx
    .select({ userId: sql<string>`app.list_running(${kind})` })
    .from(organizations)
    .where(
      and(
        eq(organizations.organizationId, tx.scope.organizationId),
        sql`not ${kind} = any(${organizations.mutedNotifications})`,
      ),
    );
  for (const { userId } of people) if (userId !== doneBy) await enqueue(tx, userId, notification);
}

function enqueue(tx: OrganizationTransaction, userId: string, notification: Notification): Promise<void> {
  return enqueueJob(tx, "send-mail", { kind: "notification", userId, notification });
}
