import { createServer, type Socket } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { pino } from "pino";
import type { Header } from "postal-mime";
import { describe, expect, test, vi } from "vitest";
import { readConfig } from "../platform/config.ts";
import { makeLog } from "../platform/log.ts";
import { until } from "../testing/until.ts";
import { MailFault } from "./mail-fault.ts";
import { type Mail, openMailer } from "./mailer.ts";
import { OWN_CERTIFICATE } from "./testing/own-certificate.ts";
import { replyOf, startTestSmtpServer } from "./testing/test-smtp-server.ts";

const LINK = `https://signage.example.com/invitation/${"a1".repeat(60)}`;
const MAIL: Mail = {
  to: "ada@example.org",
  subject: "Grüße aus dem Café",
  text: `Kommen Sie zu uns – hier geht es lang:\n${LINK}\n`,
  html: `<p>Kommen Sie zu uns – <a href="${LINK}">hier geht es lang</a></p>`,
};
const LIMITS = { connectMs: 1000, greetingMs: 1000, silenceMs: 1000, wholeMs: 2000 };
const USER = "sam:hunter2";
const NOT_SECURE = {
  message: "There is no encrypted line to the mail server that can be trusted.",
  isPermanent: false,
};

test("a mail server receives sender, recipient, subject and both parts as they were", async () => {
  await using server = await startTestSmtpServer();
  await using mailer = await open(server.port);
  const id = "0195a3c2-7b1e-7c3d-9a4b-0000000000a1";
  await mailer.send({ ...MAIL, id });
  const [{ from, to, mail } = fail()] = server.deliveries;
  expect([from, to]).toEqual(["signage@example.com", ["ada@example.org"]]);
  expect(mail).toMatchObject({
    from: { name: "Vitrine", address: "signage@example.com" },
    to: [{ name: "", address: "ada@example.org" }],
    subject: MAIL.subject,
    messageId: `<${id}@example.com>`,
    date: "2026-11-21T18:30:05.000Z",
  });
  expect(mail.text?.trim()).toBe(MAIL.text.trim());
  expect(mail.html?.trim()).toBe(MAIL.html);
  expect(mail.headers.find(({ key }) => key === "auto-submitted")?.value).toBe("auto-generated");
  expect(server.signIns).toEqual([]);
});

test("several messages share a line", async () => {
  await using server = await startTestSmtpServer();
  await using mailer = await open(server.port);
  for (let count = 0; count < 5; count++) await mailer.send(MAIL);
  expect(server.deliveries).toHaveLength(5);
  expect(new Set(server.deliveries.map(({ mail }) => mail.messageId)).size).toBe(5);
  expect(server.lineCount).toBe(1);
});

test.each([
  ["recipient", 550, true, "The mail server refused the recipient: 550 No such user here"],
  ["recipient", 450, false, "The mail server does not take the message now: 450 No such user here"],
  ["message", 554, true, "The mail server refused the message: 554 No such user here"],
  ["message", 451, false, "The mail server does not take the message now: 451 No such user here"],
  ["message", 503, false, "The mail server does not take the message now: 503 No such user here"],
] as const)(
  "a %s answered by %i is a fault that is permanent: %s",
  async (step, reply, isPermanent, message) => {
    const refuse = (at: string) => (at === step ? replyOf(reply, "No such\r\n user here") : undefined);
    await using server = await startTestSmtpServer({ refuse });
    await using mailer = await open(server.port);
    const fault = await faultOf(mailer.send(MAIL));
    expect(fault.message).toBe(message);
    expect(fault).toMatchObject({ message, isPermanent, reply });
    expect(server.deliveries).toEqual([]);
  },
);

test("a refused sign-in says neither user nor password, and is not logged with them", async () => {
  const refuse = () => replyOf(535, "sam with hunter2 is nobody");
  await using server = await startTestSmtpServer({ refuse });
  const { log, lines } = listeningLog();
  await using mailer = await open(server.port, { user: USER, log });
  const fault = await faultOf(mailer.send(MAIL));
  expect(fault).toMatchObject({ isPermanent: true, reply: 535 });
  expect(fault.message).toBe("The mail server did not accept the user and password that it was given.");
  expect(fault.cause).toBeUndefined();
  expect(lines).toHaveLength(1);
  expect(lines.join()).toContain("535");
  expect(lines.join()).not.toMatch(/hunter2|sam|ada@|Kommen|invitation/);
});

test("what a server repeats of the credentials is cut out of its words", async () => {
  const refuse = (step: string) =>
    step === "recipient" ? replyOf(553, "not owned by sam (hunter2)") : undefined;
  await using server = await startTestSmtpServer({ refuse });
  await using mailer = await open(server.port, { user: USER });
  const fault = await faultOf(mailer.send(MAIL));
  expect(fault.message).toBe("The mail server refused the recipient: 553 not owned by … (…)");
  expect(server.signIns).toEqual([{ user: "sam", password: "hunter2", isSecure: false }]);
});

test("a port where nobody listens is a temporary fault, told at once", async () => {
  const server = await startTestSmtpServer();
  await server[Symbol.asyncDispose]();
  await using mailer = await open(server.port);
  const startMs = performance.now();
  expect(await faultOf(mailer.send(MAIL))).toMatchObject({
    message: "The mail server cannot be reached.",
    isPermanent: false,
    code: "ECONNREFUSED",
  });
  expect(performance.now() - startMs).toBeLessThan(LIMITS.connectMs);
});

test("a server that takes nobody at the moment is a temporary fault in its own words", async () => {
  const onConnect = (_session: unknown, done: (error: Error) => void) =>
    done(replyOf(554, "Come back later"));
  await using server = await startTestSmtpServer({ onConnect });
  await using mailer = await open(server.port);
  expect(await faultOf(mailer.send(MAIL))).toMatchObject({
    message: "The mail server does not take the message now: 554 Come back later",
    isPermanent: false,
    reply: 554,
  });
});

test.each([
  ["says nothing", "greetingMs", (): void => {}],
  [
    "greets byte by byte without end",
    "greetingMs",
    (socket: Socket): void => dripping(socket, "220-welcome"),
  ],
  [
    "falls silent after its greeting",
    "silenceMs",
    (socket: Socket): void => void socket.write("220 welcome\r\n"),
  ],
  ["answers with endless lines", "wholeMs", thinking],
] as const)("a server that %s is given up after %s", async (_what, limit, behave) => {
  await using server = await startRawServer(behave);
  const limits = { connectMs: 9000, greetingMs: 9000, silenceMs: 9000, wholeMs: 9000, [limit]: 200 };
  await using mailer = await open(server.port, { limits });
  const startMs = performance.now();
  expect(await faultOf(mailer.send(MAIL))).toMatchObject({
    message: "The mail server did not answer in time.",
    isPermanent: false,
  });
  expect(performance.now() - startMs).toBeLessThan(2000);
});

test("who asked for a message can give it up, and the mailer when it is disposed", async () => {
  await using server = await startRawServer(() => {});
  const mailer = await open(server.port, { limits: { ...LIMITS, greetingMs: 9000, wholeMs: 9000 } });
  const giveUp = new AbortController();
  const given = faultOf(mailer.send(MAIL, giveUp.signal));
  giveUp.abort();
  expect(await given).toMatchObject({ message: "Sending was stopped.", isPermanent: false });
  const left = faultOf(mailer.send(MAIL));
  await until("a line is open", () => server.sockets.size > 0);
  const startMs = performance.now();
  await mailer[Symbol.asyncDispose]();
  expect(await left).toMatchObject({ isPermanent: false });
  expect(performance.now() - startMs).toBeLessThan(900);
});

describe.each([
  ["smtps", { secure: true }],
  ["smtp", { disabledCommands: [] }],
])("with a server that encrypts, by %s://,", (scheme, options) => {
  test("a certificate that is trusted lets sign-in and message through", async () => {
    const before = getCACertificates("default");
    setDefaultCACertificates([OWN_CERTIFICATE.cert]);
    try {
      await using server = await startTestSmtpServer(options);
      await using mailer = await open(server.port, { scheme, user: USER });
      await mailer.send(MAIL);
      expect(server.signIns).toEqual([{ user: "sam", password: "hunter2", isSecure: true }]);
      expect(server.deliveries).toHaveLength(1);
    } finally {
      setDefaultCACertificates(before);
    }
  });

  test("a certificate that nobody trusts is given nothing, even if the process is told to trust all", async () => {
    await using server = await startTestSmtpServer(options);
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    await using mailer = await open(server.port, { scheme, user: USER });
    expect(await faultOf(mailer.send(MAIL))).toMatchObject(NOT_SECURE);
    vi.unstubAllEnvs();
    expect([server.deliveries, server.signIns]).toEqual([[], []]);
  });
});

test("on this machine, where nobody can listen, a server's own certificate does not matter", async () => {
  await using server = await startTestSmtpServer({ disabledCommands: [] });
  await using mailer = await open(server.port);
  await mailer.send(MAIL);
  expect(server.deliveries).toHaveLength(1);
});

test("a password is kept from another machine's server that offers no encryption", async () => {
  await using server = await startTestSmtpServer();
  // Linux takes 0.0.0.0 for this machine, which the mailer need not know.
  await using mailer = await open(server.port, { host: "0.0.0.0", user: USER });
  expect(await faultOf(mailer.send(MAIL))).toMatchObject(NOT_SECURE);
  expect([server.deliveries, server.signIns]).toEqual([[], []]);
});

test("a subject cannot begin a header", async () => {
  await using server = await startTestSmtpServer();
  await using mailer = await open(server.port);
  for (const end of ["\r\n", "\n", "\r", "\u2028", "\u0085", "\0"]) {
    await mailer.send({ ...MAIL, subject: `Hello${end}Bcc: eve@example.net${end}${end}<b>body</b>` });
  }
  expect(server.deliveries).toHaveLength(6);
  for (const { mail, to } of server.deliveries) {
    expect(mail.subject).toBe("Hello Bcc: eve@example.net <b>body</b>");
    expect(to).toEqual(["ada@example.org"]);
    expect(mail.headers.map(keyOf)).not.toContain("bcc");
    expect(mail.text).toContain(LINK);
  }
});

test.each([
  "ada@example.org\r\nBcc: eve@example.net",
  "ada@example.org, eve@example.net",
  "ada@example.org>\r\nRCPT TO:<eve@example.net",
  "Ada\r\nBcc: eve@example.net <ada@example.org>",
  '"eve@example.net"@example.org',
  "ada",
  "",
])("%j is no recipient, which is permanent", async (to) => {
  await using server = await startTestSmtpServer();
  await using mailer = await open(server.port);
  expect(await faultOf(mailer.send({ ...MAIL, to }))).toMatchObject({
    message: "This is not an e-mail address.",
    isPermanent: true,
  });
  expect(server.lineCount).toBe(0);
});

test("an id that is none is refused before it is in a header", async () => {
  await using server = await startTestSmtpServer();
  await using mailer = await open(server.port);
  await expect(mailer.send({ ...MAIL, id: "x>\r\nBcc: eve@example.net" })).rejects.toThrow(/uuid/i);
  expect(server.lineCount).toBe(0);
});

test("a body is never read from a file or an address", async () => {
  await using server = await startTestSmtpServer();
  await using mailer = await open(server.port);
  const html = '<img src="file:///etc/passwd"><img src="data:image/png;base64,AAAA">';
  await mailer.send({ ...MAIL, text: "/etc/passwd", html });
  const [{ mail } = fail()] = server.deliveries;
  expect(mail).toMatchObject({ attachments: [] });
  expect([mail.text?.trim(), mail.html?.trim()]).toEqual(["/etc/passwd", html]);
});

type Facts = Partial<{
  scheme: string;
  host: string;
  user: string;
  limits: typeof LIMITS;
  log: ReturnType<typeof makeLog>;
}>;

function open(
  port: number,
  { scheme = "smtp", host = "127.0.0.1", user = "", limits = LIMITS, log }: Facts = {},
) {
  const config = readConfig(
    {
      VITRINE_SMTP_URL: `${scheme}://${user === "" ? "" : `${user}@`}${host}:${port}`,
      VITRINE_MAIL_FROM: "Vitrine <signage@example.com>",
    },
    "/",
  );
  const now = new Date("2026-11-21T18:30:05.000Z");
  const clock = { now: () => now, nowMs: () => now.getTime() };
  return openMailer({ config, log: log ?? makeLog("silent"), clock, limits });
}

async function faultOf(sending: Promise<void>): Promise<MailFault> {
  try {
    await sending;
  } catch (error) {
    if (error instanceof MailFault) return error;
    throw error;
  }
  throw new Error("It was sent");
}

function listeningLog() {
  const lines: string[] = [];
  return { log: pino({ level: "trace" }, { write: (line: string) => lines.push(line) }), lines };
}

async function startRawServer(behave: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    behave(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return {
    port: address.port,
    sockets,
    [Symbol.asyncDispose]: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function thinking(socket: Socket): void {
  socket.write("220 welcome\r\n");
  dripping(socket, "250-still thinking\r\n");
}

function dripping(socket: Socket, words: string): void {
  const timer = setInterval(() => socket.write(words), 20);
  socket.once("close", () => clearInterval(timer));
}

function keyOf({ key }: Header): string {
  return key;
}

function fail(): never {
  throw new Error("Nothing was delivered");
}
