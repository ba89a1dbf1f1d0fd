import type { Mac } from "../platform/mac.ts";
import { makeToken } from "./token-hash.ts";

const PURPOSE = "browser";

/**
 * A new secret for a browser to be known by, with a MAC, so that one that somebody made up is seen to be so without
 * the database.
 */
export function makeBrowserToken(mac: Mac): string {
  const secret = makeToken();
  return `${secret}.${mac.sign(PURPOSE, secret)}`;
}

/** Whether this server made it. */
export function isBrowserToken(mac: Mac, token: string): boolean {
  const [secret = "", signature = "", ...rest] = token.split(".");
  return rest.length === 0 && mac.verify(PURPOSE, secret, signature);
}
