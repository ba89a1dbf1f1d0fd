import { expect, test } from "vitest";
import { type Candidate, type Hint, resolveOrganization } from "./resolve-organization.ts";

const organization = (number: number, slug: string): Candidate => ({
  organizationId: `0195a3c2-7b1e-7c3d-9a4b-00000000000${number}`,
  slug,
});
const A = organization(1, "alpha");
const B = organization(2, "beta");
/** One that the caller does not belong to; of theirs, those that were removed are no candidates either. */
const FOREIGN = organization(3, "gamma");

const NAMES = {
  none: undefined,
  "A by id": A.organizationId,
  "A by id in capitals": A.organizationId.toUpperCase(),
  "A by slug": A.slug,
  "B by id": B.organizationId,
  "B by slug": B.slug,
  foreign: FOREIGN.organizationId,
  "foreign by slug": FOREIGN.slug,
  unknown: "nobody",
  empty: "",
  unreadable: null,
} as const;
type Name = keyof typeof NAMES;
const HOSTS: Record<string, Hint | undefined> = {
  none: undefined,
  "A's domain": { source: "domain", names: A.organizationId },
  "B's domain": { source: "domain", names: B.organizationId },
  "a foreign domain": { source: "domain", names: FOREIGN.organizationId },
  "a removed one's domain": { source: "domain", names: null },
  "A's sub-domain": { source: "subdomain", names: A.organizationId },
  "B's sub-domain": { source: "subdomain", names: B.organizationId },
  "an unknown sub-domain": { source: "subdomain", names: null },
};
const CALLERS = {
  "a member of A and B in A": { candidates: [A, B], chosen: A, isProgram: false },
  "a member of A and B in B": { candidates: [A, B], chosen: B, isProgram: false },
  "a member of A": { candidates: [A], chosen: A, isProgram: false },
  "a member of nothing": { candidates: [], chosen: null, isProgram: false },
  "a key of A": { candidates: [A], chosen: A, isProgram: true },
  "a key of B": { candidates: [B], chosen: B, isProgram: true },
};

test("over every host, header, query and caller: one's own alone, as the first word says and none contradicts", () => {
  const reached = new Map<string, number>();
  for (const [host, byHost] of Object.entries(HOSTS)) {
    for (const header of Object.keys(NAMES) as Name[]) {
      for (const query of Object.keys(NAMES) as Name[]) {
        for (const [callerName, caller] of Object.entries(CALLERS)) {
          const hints = [byHost, hintOf("header", header), hintOf("query", query)].filter(
            (one) => one !== undefined,
          );
          const found = resolveOrganization<Candidate>(hints, caller);
          const told = found === null || found === "unavailable" ? String(found) : found.slug;
          const cell = `${host} × ${header} × ${query} × ${callerName}`;
          expect(told, cell).toBe(expected(host, header, query, callerName));
          reached.set(told, (reached.get(told) ?? 0) + 1);
        }
      }
    }
  }
  expect([...reached.keys()].sort()).toEqual(["alpha", "beta", "null", "unavailable"]);
  expect([...reached.values()].reduce((sum, count) => sum + count, 0)).toBe(8 * 11 * 11 * 6);
});

/** What a plain reading of the rules gives, from the words of the table alone. */
function expected(host: string, header: Name, query: Name, caller: string): string {
  const meant = (words: string) => (/^[AB]\b/.test(words) ? words.charAt(0) : "nobody");
  const asked = [host, header, query].map((words) => (words === "none" ? undefined : meant(words)));
  const said = asked.filter((word) => word !== undefined);
  const own = caller.includes("nothing") ? "" : caller.includes("A and B") ? "AB" : caller.slice(-1);
  const present = caller.endsWith("in B") ? "B" : own.charAt(0);
  const choosing = caller.startsWith("a key")
    ? said
    : [asked[0], asked[2]].filter((word) => word !== undefined);
  const wanted = choosing[0] ?? present;
  if (said.length === 0 && wanted === "") return "null";
  if (wanted === "" || !own.includes(wanted) || said.some((word) => word !== wanted)) return "unavailable";
  return wanted === "A" ? "alpha" : "beta";
}

test("an organization without a slug is not named by nothing", () => {
  const bare = { ...A, slug: "" };
  const own = { candidates: [bare], chosen: bare, isProgram: true };
  expect(resolveOrganization([{ source: "header", names: "" }], own)).toBe("unavailable");
});

function hintOf(source: Hint["source"], name: Name): Hint | undefined {
  const names = NAMES[name];
  return names === undefined ? undefined : { source, names };
}
