import * as z from "zod";
import type { QueuedJob } from "../platform/queue.ts";
import type { Services } from "../services.ts";
import { sendAccountMail } from "./account/account-mail.ts";
import { sendInvitation } from "./invitations/send-invitation.ts";
import { sendNotification } from "./notifications/send-notification.ts";

const job = z.object({ kind: z.string() });

/** Sends the message of one job of the queue `send-mail`, by its kind. */
export function sendMail(services: Services, queued: QueuedJob): Promise<void> {
  const { kind } = job.parse(queued.data);
  if (kind === "notification") return sendNotification(services, queued);
  return kind === "invitation" ? sendInvitation(services, queued) : sendAccountMail(services, queued);
}
