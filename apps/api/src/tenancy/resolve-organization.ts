/** What a request says of the organization that it is for, from what counts most to what counts least. */
export const HINT_SOURCES = ["domain", "subdomain", "header", "query"] as const;

/**
 * One such word: an id or a slug as it came, or, of a host, the id that it was found to lead to; null for a host of ours
 * that leads nowhere.
 */
export type Hint = { source: (typeof HINT_SOURCES)[number]; names: string | null };

/** An organization that the caller belongs to. */
export type Candidate = { organizationId: string; slug: string };

/** The organization that the caller acts in: one of theirs, none because they have none, or not to be had. */
export type Resolved<Own extends Candidate> = Own | null | "unavailable";

/**
 * Which of the caller's own organizations a request is for. The first hint names it, and every other must agree: nobody
 * acts in another organization than the one they name. No hint lets anybody in: an organization that is unknown, that was
 * removed and that the caller does not belong to are one answer, `unavailable`. Without hints it is the one that the
 * session has chosen, or the key's own. A header chooses for no session, since it is for programs; it must agree all the same.
 */
export function resolveOrganization<Own extends Candidate>(
  hints: readonly Hint[],
  own: { candidates: readonly Own[]; chosen: Own | null; isProgram: boolean },
): Resolved<Own> {
  const [first] = HINT_SOURCES.filter((source) => own.isProgram || source !== "header")
    .map((source) => hints.find((hint) => hint.source === source))
    .filter((hint) => hint !== undefined);
  const resolved =
    first === undefined ? own.chosen : own.candidates.find((candidate) => isNamed(candidate, first));
  if (resolved === undefined) return "unavailable";
  if (resolved === null) return hints.length === 0 ? null : "unavailable";
  return hints.every((hint) => isNamed(resolved, hint)) ? resolved : "unavailable";
}

function isNamed({ organizationId, slug }: Candidate, { names }: Hint): boolean {
  return names !== null && (names.toLowerCase() === organizationId || (slug !== "" && names === slug));
}
