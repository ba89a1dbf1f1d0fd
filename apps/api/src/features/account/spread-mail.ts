import { randomInt } from "node:crypto";
import type { Services } from "../../services.ts";
import type { AccountMail } from "./account-mail.ts";

/**
 * Has a message go out at a random moment of the next few seconds. What it takes to make one differs by whether somebody
 * has the address, and calls that are answered meanwhile wait for it: at once, the time of the asker's next call would
 * tell. Wake the queue by it once the job is in.
 */
export function spread({ config }: Services, mail: AccountMail): AccountMail & { delayMs: number } {
  return { ...mail, delayMs: randomInt(config.mailSpreadSeconds * 1000 + 1) };
}
