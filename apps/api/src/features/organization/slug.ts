/** Sub-domains that people would take for those of whoever runs the server. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  "account",
  "accounts",
  "admin",
  "api",
  "app",
  "assets",
  "auth",
  "autoconfig",
  "autodiscover",
  "blog",
  "cdn",
  "content",
  "dashboard",
  "docs",
  "ftp",
  "help",
  "imap",
  "login",
  "mail",
  "ns1",
  "ns2",
  "pop",
  "postmaster",
  "security",
  "sign-in",
  "smtp",
  "sso",
  "static",
  "status",
  "support",
  "system",
  "vitrine",
  "webmail",
  "www",
]);

/**
 * Candidates for an organization's slug, best first: the name in lower-case ASCII with hyphens, then with a
 * number, then with a random ending that is practically free.
 */
export function slugCandidates(name: string, random: () => string): string[] {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 30)
    .replace(/-+$/, "");
  const base = plain.length >= 2 ? plain : "organization";
  return [base, ...[2, 3, 4, 5].map((number) => `${base}-${number}`), `${base}-${random()}`];
}
