import { chmod, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import type { Log } from "../platform/log.ts";
import { syncFolder } from "../platform/sync-folder.ts";
import { MailFault } from "./mail-fault.ts";
import type { ComposedMail, MailRoute } from "./mail-route.ts";
import { messages } from "./messages.ts";

const UNFINISHED = ".new";
/** No invitation is good for longer. */
const KEPT_MS = 30 * 86_400_000;

/**
 * Writes messages as files under `<dataDir>/mail`, which only this user can read: they hold the secrets that were
 * sent. A file that has its name is whole. What a crash left unfinished is removed here, and what is older than 30 days
 * by whatever is written next.
 */
export async function openMailFolder({ dataDir, log }: { dataDir: string; log: Log }): Promise<MailRoute> {
  const folder = join(dataDir, "mail");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const unfinished = (await readdir(folder)).filter((name) => name.endsWith(UNFINISHED));
  for (const name of unfinished) await rm(join(folder, name), { force: true });
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });

  return {
    async deliver(mail, signal) {
      if (signal?.aborted) throw new MailFault(messages.en.fault.stopped, { isPermanent: false });
      const path = join(folder, nameOf(mail));
      try {
        const { message } = await transport.sendMail(mail);
        await writeWhole(folder, path, message);
        await removeOld(folder, new Date(mail.date.getTime() - KEPT_MS));
      } catch (error) {
        log.warn({ err: error, path }, "a message could not be written");
        throw new MailFault(messages.en.fault.notWritten, { isPermanent: false });
      }
      log.info({ path }, "a message was written, as no mail server is configured");
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

/** Sorts by time, and holds no character that a file system refuses. */
function nameOf({ date, id }: ComposedMail): string {
  return `${date.toISOString().replaceAll(":", "-")}-${id}.eml`;
}

/** Names begin with the instant, so those before it sort before it. */
async function removeOld(folder: string, before: Date): Promise<void> {
  const limit = before.toISOString().replaceAll(":", "-");
  const old = (await readdir(folder)).filter((name) => name.endsWith(".eml") && name < limit);
  for (const name of old) await rm(join(folder, name), { force: true });
}

async function writeWhole(
  folder: string,
  path: string,
  content: NodeJS.ReadableStream | Buffer,
): Promise<void> {
  const beside = `${path}${UNFINISHED}`;
  try {
    {
      await using file = await open(beside, "w", 0o600);
      await file.writeFile(content);
      await file.sync();
    }
    await rename(beside, path);
    await syncFolder(folder);
  } finally {
    await rm(beside, { force: true });
  }
}
