import * as z from "zod";
import { messages } from "./messages.ts";
import type { MailServer } from "./settings.ts";

/**
 * Why a message was not sent. The message of the error is short, for people, and holds no credentials. There is no
 * cause: what a server says in full names addresses, and would be logged with it.
 */
export class MailFault extends Error {
  /** Whether sending the same message again is sure to end the same way. */
  readonly isPermanent: boolean;
  /** Nodemailer's or the system's, such as `EENVELOPE` or `ECONNREFUSED`. */
  readonly code: string | undefined;
  /** The mail server's reply code, such as 550 (RFC 5321, 4.2). */
  readonly reply: number | undefined;

  constructor(message: string, facts: { isPermanent: boolean; code?: string; reply?: number }) {
    super(message);
    this.name = "MailFault";
    this.isPermanent = facts.isPermanent;
    this.code = facts.code;
    this.reply = facts.reply;
  }
}

const said = z.object({
  code: z.string().catch(""),
  originalCode: z.string().catch(""),
  command: z.string().catch(""),
  response: z.string().catch(""),
  responseCode: z.int().optional().catch(undefined),
});
type Said = z.infer<typeof said>;
type Credentials = MailServer["credentials"];

const MAX_SAID = 200;
const texts = messages.en.fault;

/**
 * Reads what Nodemailer 10.6 rejected with. Permanent is what the server answered to the message or the sign-in by
 * 5yz; what happened to the line, and every other answer, is temporary. Its words are kept without the credentials.
 */
export function readSmtpFault(error: unknown, credentials: Credentials): MailFault {
  const parsed = said.safeParse(error);
  if (!parsed.success) return new MailFault(texts.unknown, { isPermanent: false });
  const { code, originalCode, responseCode } = parsed.data;
  const facts = {
    code: originalCode === "" ? code : originalCode,
    ...(responseCode === undefined ? {} : { reply: responseCode }),
  };
  const isPermanent = isAnswer(code) && isFinal(responseCode);
  return new MailFault(describe(parsed.data, isPermanent, credentials), { isPermanent, ...facts });
}

function describe(failure: Said, isPermanent: boolean, credentials: Credentials): string {
  const words = quote(failure.response, credentials);
  switch (failure.code) {
    case "EAUTH":
      return texts.signIn;
    case "EENVELOPE":
    case "EMESSAGE":
      if (!isPermanent) return texts.deferred(words);
      return failure.command === "RCPT TO" ? texts.recipientRefused(words) : texts.messageRefused(words);
    case "ETLS":
      return texts.notSecure;
    case "ESOCKET":
      return isAboutTrust(failure.originalCode) ? texts.notSecure : texts.unreachable;
    case "ECONNECTION":
    case "EPROTOCOL":
      return words === "" ? texts.unreachable : texts.deferred(words);
    case "EDNS":
      return texts.unreachable;
    case "ETIMEDOUT":
      return texts.tooSlow;
    default:
      return texts.unknown;
  }
}

function isAnswer(code: string): boolean {
  return code === "EENVELOPE" || code === "EMESSAGE" || code === "EAUTH";
}

/** 503 says that the session, not the message, was in a wrong state. No reply: refused before it was asked. */
function isFinal(reply: number | undefined): boolean {
  return reply === undefined || (reply >= 500 && reply < 600 && reply !== 503);
}

/** What OpenSSL and Node call a certificate that is not trusted, or a line that cannot be encrypted. */
function isAboutTrust(code: string): boolean {
  return /CERT|SSL|TLS|SIGNATURE|ISSUER/.test(code);
}

/** One line of at most 200 characters. */
function quote(response: string, credentials: Credentials): string {
  const secrets = credentials === undefined ? [] : [credentials.password, credentials.user];
  const shown = secrets.reduce((text, secret) => text.replaceAll(secret, "…"), response);
  const line = shown.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return line.length > MAX_SAID ? `${line.slice(0, MAX_SAID)}…` : line;
}
