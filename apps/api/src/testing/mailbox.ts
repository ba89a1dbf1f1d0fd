import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import PostalMime, { type Email } from "postal-mime";
import { until } from "./until.ts";

/** The newest message to an address, of those that a server without an SMTP server wrote; waits until there are `count`. */
export async function receiveMail(dataDir: string, to: string, count = 1): Promise<Email> {
  let found: Email[] = [];
  await until(`${count} messages to ${to}`, async () => {
    found = await readMails(dataDir, to);
    return found.length >= count;
  });
  const newest = found.at(-1);
  if (!newest) throw new Error("There is no message");
  return newest;
}

/** The secret of the link in a message's text, to a page of the dashboard. */
export function tokenIn({ text }: Pick<Email, "text">, page = "invitation"): string {
  const token = new RegExp(`/${page}#([\\w-]+)`).exec(text ?? "")?.[1];
  if (token === undefined) throw new Error(`No link to ${page} in: ${text}`);
  return token;
}

/** Messages to an address, oldest first. */
export async function readMails(dataDir: string, to: string): Promise<Email[]> {
  const folder = join(dataDir, "mail");
  const names = await readdir(folder).catch(() => []);
  const messages = names.filter((name) => name.endsWith(".eml")).sort();
  const mails = await Promise.all(
    messages.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))),
  );
  return mails.filter((mail) => mail.to?.some(({ address }) => address === to));
}
