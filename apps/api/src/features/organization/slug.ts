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
