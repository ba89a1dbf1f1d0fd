import { type Clock, type NewId, newId, systemClock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import type { Log } from "../platform/log.ts";
import { compose } from "./compose.ts";
import { openMailFolder } from "./mail-folder.ts";
import { openMailServer, type SmtpLimits } from "./mail-server.ts";

/** A picture that comes with a message. */
export type MailPicture = { id: string; mediaType: "image/png" | "image/jpeg"; bytes: Uint8Array };

/** A message to one person. */
export type Mail = {
  /** One address, without a name. */
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Pictures that the HTML shows by `cid:<id>`. */
  pictures?: readonly MailPicture[];
  /** UUID: mail programs take what is sent again with the same one for the same message. Absent: a new one. */
  id?: string;
};

/** Sends messages. */
export type Mailer = AsyncDisposable & {
  /** What becomes of a message here: it goes to a mail server, or into a file. */
  readonly outcome: "sent" | "written";
  /**
   * Resolves when the message was taken over: by the mail server, which may still return it, or by the disk. Rejects
   * with MailFault; after a temporary one the message may have gone out all the same. `signal` gives it up.
   */
  send(message: Mail, signal?: AbortSignal): Promise<void>;
};

/**
 * A mailer by the configured server, or, without one, into files `<dataDir>/mail/<time>-<id>.eml` (RFC 5322). A server
 * that cannot be reached is found out by the first message. Disposed, it gives up what is under way.
 */
export async function openMailer({
  config,
  log,
  clock = systemClock,
  makeId = newId,
  limits,
}: {
  config: Pick<Config, "dataDir" | "mailFrom" | "mailServer">;
  log: Log;
  clock?: Clock;
  makeId?: NewId;
  limits?: SmtpLimits;
}): Promise<Mailer> {
  const { mailServer: server, mailFrom: from, dataDir } = config;
  const route = server ? openMailServer({ server, log, limits }) : await openMailFolder({ dataDir, log });
  return {
    outcome: server ? "sent" : "written",
    async send(message, signal) {
      const id = message.id ?? makeId();
      await route.deliver(compose(message, { from, id, date: clock.now() }), signal);
    },
    [Symbol.asyncDispose]: () => route[Symbol.asyncDispose](),
  };
}
