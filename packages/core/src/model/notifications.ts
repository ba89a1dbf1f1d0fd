import * as z from "zod";
import type { Role } from "./permissions.ts";

/** What members are told of by mail. */
export const NOTIFICATION_KINDS = [
  "invitationAccepted",
  "memberLeft",
  "planNearLimit",
  "domainRecord",
] as const;
export const notificationKind = z.enum(NOTIFICATION_KINDS);
export type NotificationKind = z.infer<typeof notificationKind>;

/** Those who run the organization. */
const RUNNING = ["owner", "admin"] as const satisfies readonly Role[];

/** Who is told of a kind: members of these roles, or the one who invited, whatever they are by now. */
export const NOTIFIED: Record<NotificationKind, readonly Role[] | "inviter"> = {
  invitationAccepted: "inviter",
  memberLeft: RUNNING,
  planNearLimit: RUNNING,
  domainRecord: RUNNING,
};

/** Whether a member of a role may be told of a kind. */
export function mayBeNotified(kind: NotificationKind, role: Role): boolean {
  const notified = NOTIFIED[kind];
  return notified === "inviter" || notified.includes(role);
}

/** Kinds that are switched off, each once, in the order of `NOTIFICATION_KINDS`. */
export const mutedNotifications = z
  .array(notificationKind)
  .transform((muted) => NOTIFICATION_KINDS.filter((kind) => muted.includes(kind)));

/** What is switched off: for everybody by the organization, and beside that for oneself. */
export const notificationChoices = z.strictObject({
  organization: z.array(notificationKind),
  own: z.array(notificationKind),
});
export type NotificationChoices = z.infer<typeof notificationChoices>;
export const muteNotificationsInput = z.strictObject({ muted: mutedNotifications });
