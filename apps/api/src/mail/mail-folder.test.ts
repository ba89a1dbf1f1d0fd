import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "../platform/config.ts";
import { makeLog } from "../platform/log.ts";
import { openMailer } from "./mailer.ts";

const MAIL = {
  to: "ada@example.org",
  subject: "Grüße",
  text: "Hier lang → https://example.com",
  html: "<p>→</p>",
};
const ID = "0195a3c2-7b1e-7c3d-9a4b-0000000000a1";
let folder: string;
let mailFolder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-mail-"));
  mailFolder = join(folder, "mail");
});
afterEach(() => rm(folder, { recursive: true }));

test("without a mail server a message is a file that mail programs read and nobody else may", async () => {
  await using mailer = await open();
  await mailer.send(MAIL);
  const name = `2026-11-21T18-30-05.250Z-${ID}.eml`;
  expect(await readdir(mailFolder)).toEqual([name]);
  expect(await modeOf(mailFolder)).toBe(0o700);
  expect(await modeOf(join(mailFolder, name))).toBe(0o600);
  const bytes = await readFile(join(mailFolder, name));
  expect(bytes.toString("latin1")).toMatch(/^[\x20-\x7e\r\n]*$/);
  expect(bytes.toString("latin1").replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  const mail = await PostalMime.parse(bytes);
  expect(mail).toMatchObject({
    from: { name: "Vitrine", address: "vitrine@localhost" },
    to: [{ address: MAIL.to }],
    subject: MAIL.subject,
    messageId: `<${ID}@localhost>`,
    date: "2026-11-21T18:30:05.000Z",
  });
  expect([mail.text?.trim(), mail.html?.trim()]).toEqual([MAIL.text, MAIL.html]);
});

test("what a crash left unfinished is gone after the next start, and finished messages stay", async () => {
  await mkdir(mailFolder, { mode: 0o755 });
  await writeFile(join(mailFolder, "half.eml.new"), "half");
  await writeFile(join(mailFolder, "whole.eml"), "whole");
  await using _mailer = await open();
  expect(await readdir(mailFolder)).toEqual(["whole.eml"]);
  expect(await modeOf(mailFolder)).toBe(0o700);
});

test("what is older than 30 days goes with the next message", async () => {
  await using mailer = await open();
  const [old, young] = [`2026-10-22T18-30-05.249Z-${ID}.eml`, `2026-10-22T18-30-05.251Z-${ID}.eml`];
  for (const name of [old, young]) await writeFile(join(mailFolder, name), "");
  await mailer.send(MAIL);
  expect((await readdir(mailFolder)).sort()).toEqual([young, `2026-11-21T18-30-05.250Z-${ID}.eml`]);
});

test("a disk that takes nothing is a temporary fault and leaves nothing behind", async () => {
  await using mailer = await open();
  await rm(mailFolder, { recursive: true });
  await expect(mailer.send(MAIL)).rejects.toMatchObject({
    name: "MailFault",
    message: "The message could not be written to the disk.",
    isPermanent: false,
  });
  await mkdir(mailFolder);
  await mailer.send(MAIL);
  expect(await readdir(mailFolder)).toHaveLength(1);
});

test("a message that was given up is not written", async () => {
  await using mailer = await open();
  await expect(mailer.send(MAIL, AbortSignal.abort())).rejects.toMatchObject({ isPermanent: false });
  expect(await readdir(mailFolder)).toEqual([]);
});

function open() {
  const now = new Date("2026-11-21T18:30:05.250Z");
  const clock = { now: () => now, nowMs: () => now.getTime() };
  const config = readConfig({ VITRINE_DATA: folder }, "/");
  return openMailer({ config, log: makeLog("silent"), clock, makeId: () => ID });
}

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}
