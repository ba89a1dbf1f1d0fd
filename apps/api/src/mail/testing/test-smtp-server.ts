import { text } from "node:stream/consumers";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { OWN_CERTIFICATE } from "./own-certificate.ts";

export type Delivery = { from: string; to: string[]; mail: Email };
/** A sign-in that the server saw, and whether the line was encrypted. */
export type SignIn = { user: string; password: string; isSecure: boolean };

export type TestSmtpServer = AsyncDisposable & {
  port: number;
  deliveries: Delivery[];
  signIns: SignIn[];
  /** Lines that clients opened. */
  lineCount: number;
};

/**
 * A mail server on a free port of all IPv4 addresses of this machine. Its certificate is its own and so trusted by
 * nobody. `refuse` may answer a recipient or a message by a failure of its own.
 */
export async function startTestSmtpServer(
  options: SMTPServerOptions & {
    refuse?: (step: "recipient" | "message" | "sign-in") => Error | undefined;
  } = {},
): Promise<TestSmtpServer> {
  const { refuse = () => undefined, ...rest } = options;
  const facts: Omit<TestSmtpServer, typeof Symbol.asyncDispose> = {
    port: 0,
    deliveries: [],
    signIns: [],
    lineCount: 0,
  };
  const server = new SMTPServer({
    ...OWN_CERTIFICATE,
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 50,
    onConnect(_session, done) {
      facts.lineCount += 1;
      done();
    },
    onAuth({ username, password }, { secure }, done) {
      facts.signIns.push({ user: username ?? "", password: password ?? "", isSecure: secure });
      const fault = refuse("sign-in");
      if (fault === undefined) done(null, { user: username });
      else done(fault);
    },
    onRcptTo: (_address, _session, done) => done(refuse("recipient")),
    onData(stream, { envelope }, done) {
      const receive = async (): Promise<void> => {
        const mail = await PostalMime.parse(await text(stream));
        const fault = refuse("message");
        if (fault !== undefined) throw fault;
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        facts.deliveries.push({ from, to: envelope.rcptTo.map(({ address }) => address), mail });
      };
      receive().then(() => done(), done);
    },
    ...rest,
  });
  // Clients that hang up in the middle are what some tests are about.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("The mail server has no port");
  facts.port = address.port;
  return Object.assign(facts, {
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(resolve)),
  });
}

/** A failure that the server answers by its reply code. */
export function replyOf(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
