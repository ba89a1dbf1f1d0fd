/** The name of a host, in lower case, without port and without the dot of the root. */
export function nameOfHost(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, "").replace(/\.$/, "");
}

/** What stands before the base domain in a name below it; null for every other name. */
export function labelBelow(baseDomain: string | undefined, name: string): string | null {
  if (baseDomain === undefined || !name.endsWith(`.${baseDomain}`)) return null;
  return name.slice(0, -baseDomain.length - 1);
}

/** An origin at another host, by the same scheme and port. */
export function originAt(origin: string, host: string): string {
  const url = new URL(origin);
  url.hostname = host;
  return url.origin;
}
