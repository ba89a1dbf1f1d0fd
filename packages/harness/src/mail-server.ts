import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { eventually } from "./processes.ts";

export type MailServer = AsyncDisposable & {
  /** For `VITRINE_SMTP_URL`. */
  url: string;
  /** The newest message to an address, with this in its subject; waits for the first. */
  receive(address: string, subject?: string): Promise<Email>;
};

/** A real SMTP server on this machine that keeps what it is given. */
export async function startMailServer(): Promise<MailServer> {
  const mails: Email[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      buffer(stream)
        .then((bytes) => PostalMime.parse(bytes))
        .then((mail) => mails.push(mail))
        .then(() => done(), done);
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const address = server.server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const isIt = (to: string, subject: string) => (mail: Email) =>
    mail.to?.some((one) => one.address === to) === true && mail.subject?.includes(subject) === true;
  return {
    url: `smtp://127.0.0.1:${port}`,
    receive: (to, subject = "") =>
      eventually(`a message to ${to}`, async () => mails.findLast(isIt(to, subject)), 30_000),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
