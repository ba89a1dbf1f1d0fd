import type { Mac } from "../platform/mac.ts";

/**
 * What a link's secret is derived from: what it is for, the ids of the row that it opens, and what of that row it is
 * bound to. It is made anew when it is written and when it comes back, so nothing that is stored opens anything.
 */
export type Linked = { purpose: string; ids: readonly string[]; bound: string };

const UUID_BYTES = 16;

/** The token of a link: its ids and its secret, in base64url. It belongs in a fragment, which browsers send to nobody. */
export function linkToken(mac: Mac, linked: Linked): string {
  const ids = linked.ids.map((id) => Buffer.from(id.replaceAll("-", ""), "hex"));
  const secret = Buffer.from(mac.sign(linked.purpose, macText(linked)), "base64url");
  return Buffer.concat([...ids, secret]).toString("base64url");
}

/** The first `count` ids of a token, which say what to look for; undefined when it has not so many. Nothing is checked. */
export function readTokenIds(token: string, count: number): string[] | undefined {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length < count * UUID_BYTES) return undefined;
  return Array.from({ length: count }, (_, at) =>
    toUuid(bytes.subarray(at * UUID_BYTES, (at + 1) * UUID_BYTES)),
  );
}

/** Whether a token is the one that would be made for this. */
export function isTokenOf(mac: Mac, token: string, linked: Linked): boolean {
  const secret = Buffer.from(token, "base64url").subarray(linked.ids.length * UUID_BYTES);
  return mac.verify(linked.purpose, macText(linked), secret.toString("base64url"));
}

function macText({ ids, bound }: Linked): string {
  return [...ids, bound].join("\0");
}

function toUuid(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
