import * as z from "zod";

/** The server that takes messages over (RFC 5321). */
export type MailServer = {
  host: string;
  port: number;
  /** Whether the line is encrypted from its first byte, instead of by STARTTLS. */
  isTls: boolean;
  credentials: { user: string; password: string } | undefined;
};

/** `name` is as people read it and may be empty; neither part holds a control character. */
export type MailAddress = { name: string; address: string };

const PORTS = new Map([
  ["smtp:", 587],
  ["smtps:", 465],
]);
/** The local part in plain ASCII and unquoted, as every server takes it. */
const ADDRESS = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9]([a-z0-9.-]{0,253}[a-z0-9])?$/i;

/** `smtp://` or `smtps://` with user and password in it, percent-encoded; no message says what was given. */
export const mailServer = z.string().transform((text, context): MailServer => {
  try {
    return parseServer(new URL(text));
  } catch {
    context.addIssue({
      code: "custom",
      input: undefined,
      message:
        "must be smtp://user:password@host:port or smtps://… with both user and password or neither, special characters in them percent-encoded, and nothing behind the port",
    });
    return z.NEVER;
  }
});

/** A sender, `Name <address>` or the address alone. */
export const mailAddress = z.string().transform((text, context): MailAddress => {
  const [, name, inBrackets, alone] = /^(?:([^<>]*)<([^<>]*)>|([^<>]*))$/.exec(text.trim()) ?? [];
  const parsed = {
    name: (name ?? "").trim().replace(/^"(.*)"$/, "$1"),
    address: (inBrackets ?? alone ?? "").trim(),
  };
  if (ADDRESS.test(parsed.address) && /^\P{Cc}*$/u.test(parsed.name)) return parsed;
  context.addIssue({
    code: "custom",
    input: text,
    message: "must be an address such as Vitrine <signage@example.com>",
  });
  return z.NEVER;
});

/** Throws on what is not the address of a mail server alone. */
function parseServer(url: URL): MailServer {
  const port = PORTS.get(url.protocol);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const isBare = /^\/?$/.test(url.pathname) && url.search === "" && url.hash === "";
  if (port === undefined || host === "" || !isBare || (user === "") !== (password === "")) {
    throw new TypeError("Not a mail server");
  }
  return {
    host,
    port: url.port === "" ? port : Number(url.port),
    isTls: url.protocol === "smtps:",
    credentials: user === "" ? undefined : { user, password },
  };
}
