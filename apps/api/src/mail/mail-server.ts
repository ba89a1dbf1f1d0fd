import { createTransport } from "nodemailer";
import type { Log } from "../platform/log.ts";
import { MailFault, readSmtpFault } from "./mail-fault.ts";
import type { MailRoute } from "./mail-route.ts";
import { messages } from "./messages.ts";
import type { MailServer } from "./settings.ts";

/** How long a mail server may take, in milliseconds. */
export type SmtpLimits = {
  /** Until there is a line: name, connection and encryption. */
  connectMs: number;
  /** Until it says who it is, once connected. */
  greetingMs: number;
  /** Without a byte from it. Servers look for viruses before they answer; who gives up then sends twice. */
  silenceMs: number;
  /** For a message as a whole, the wait for a free line included. */
  wholeMs: number;
};

const LIMITS: SmtpLimits = { connectMs: 20_000, greetingMs: 15_000, silenceMs: 60_000, wholeMs: 120_000 };
const CONNECTIONS = 2;
const IDLE_MS = 30_000;

/** Sends messages by a mail server, over up to two lines that are kept for half a minute. */
export function openMailServer({
  server,
  log,
  limits = LIMITS,
}: {
  server: MailServer;
  log: Log;
  limits?: SmtpLimits | undefined;
}): MailRoute {
  const { credentials } = server;
  const transport = createTransport({
    pool: true,
    host: server.host,
    port: server.port,
    ...encryptionOf(server),
    ...(credentials === undefined ? {} : { auth: { user: credentials.user, pass: credentials.password } }),
    maxConnections: CONNECTIONS,
    idleTimeout: IDLE_MS,
    dnsTimeout: limits.connectMs,
    connectionTimeout: limits.connectMs,
    greetingTimeout: limits.greetingMs,
    socketTimeout: limits.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  // Each failure also rejects the message that it belongs to; unheard, this event would end the process.
  transport.on("error", () => {});

  return {
    async deliver(mail, signal) {
      const tooLong = AbortSignal.timeout(limits.wholeMs);
      const ends = signal === undefined ? tooLong : AbortSignal.any([signal, tooLong]);
      try {
        await transport.sendMail({ ...mail, signal: ends });
      } catch (error) {
        const fault = gaveUp(signal, tooLong) ?? readSmtpFault(error, credentials);
        const { code, reply, isPermanent } = fault;
        log.warn({ mail: mail.id, code, reply, isPermanent }, "a message could not be sent");
        throw fault;
      }
      log.info({ mail: mail.id }, "a message was sent");
    },
    async [Symbol.asyncDispose]() {
      transport.close({ force: true });
    },
  };
}

/**
 * Certificates are verified, whatever the process was started with. A password goes over an encrypted line only;
 * STARTTLS that somebody cut out of the greeting is then missed. On this machine there is nobody in between.
 */
function encryptionOf({ host, isTls, credentials }: MailServer) {
  const isHere = /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);
  return {
    secure: isTls,
    requireTLS: !isTls && credentials !== undefined && !isHere,
    ignoreTLS: credentials === undefined && isHere,
    tls: { rejectUnauthorized: true, minVersion: "TLSv1.2" as const },
  };
}

function gaveUp(signal: AbortSignal | undefined, tooLong: AbortSignal): MailFault | undefined {
  if (signal?.aborted)
    return new MailFault(messages.en.fault.stopped, { isPermanent: false, code: "EABORT" });
  if (tooLong.aborted)
    return new MailFault(messages.en.fault.tooSlow, { isPermanent: false, code: "ETIMEDOUT" });
}
