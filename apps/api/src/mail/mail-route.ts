import type { SendMailOptions } from "nodemailer";

/** A message in headers and parts, as Nodemailer takes it. */
export type ComposedMail = SendMailOptions & { id: string; date: Date };

/** What takes composed messages over; rejects with MailFault. */
export type MailRoute = AsyncDisposable & {
  deliver(mail: ComposedMail, signal: AbortSignal | undefined): Promise<void>;
};
