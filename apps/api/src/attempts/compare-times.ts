import { newEmail, openBrowser } from "../testing/browser.ts";
import type { TestServer } from "../testing/test-server.ts";

/** How long answers took in pairs of one about an address that somebody has and one about an address of nobody. */
export type TimedPairs = { path: string; known: number[]; unknown: number[] };

/** What a stranger asks about an address. */
const ASKING: Record<string, (email: string) => unknown> = {
  "account.signIn": (email) => ({ email, password: "not the password" }),
  "account.requestPasswordReset": (email) => ({ email }),
  "account.requestSignUp": (email) => ({ email }),
  "account.signUp": (email) => ({
    name: "Eve",
    email,
    password: "correct horse battery",
    organizationName: "Shop",
  }),
};

/**
 * Asks about both, one after the other and either first as often, each from a network of its own, which takes a server
 * that trusts one proxy. The first ones warm up. Milliseconds.
 */
export async function timePairs(
  server: TestServer,
  { pairs, warmUps }: { pairs: number; warmUps: number },
): Promise<TimedPairs[]> {
  const people = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const person = {
        name: "Ann",
        email: newEmail(),
        password: "correct horse battery",
        organizationName: "Shop",
      };
      await openBrowser(server.url).account.signUp.mutate(person);
      return person.email;
    }),
  );
  const strangers = people.map(() => newEmail());
  let networks = 0;
  const time = async (path: string, email: string): Promise<number> => {
    networks += 1;
    const from = `203.${networks >> 16}.${(networks >> 8) & 255}.${networks & 255}`;
    const body = JSON.stringify(ASKING[path]?.(email));
    const startedMs = performance.now();
    const response = await fetch(`${server.url}/trpc/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": from },
      body,
    });
    await response.arrayBuffer();
    if (response.status >= 500 || response.status === 429) throw new Error(`${path} gave ${response.status}`);
    return performance.now() - startedMs;
  };
  const all = Object.keys(ASKING).map((path): TimedPairs => ({ path, known: [], unknown: [] }));
  for (let at = 0; at < warmUps + pairs; at += 1) {
    for (const timed of all) {
      // Either is asked about as often: only the first messages to an address are sent.
      const email = { known: people[at % people.length] ?? "", unknown: strangers[at % people.length] ?? "" };
      const order = at % 2 === 0 ? (["known", "unknown"] as const) : (["unknown", "known"] as const);
      for (const kind of order) {
        const ms = await time(timed.path, email[kind]);
        if (at >= warmUps) timed[kind].push(ms);
      }
    }
  }
  return all;
}

export type TimesVerdict = {
  /** At 10, 50, 90 and 99 %, milliseconds. */
  known: number[];
  unknown: number[];
  /** How far the pairs are from either being slower as often, in standard deviations of chance. */
  signs: number;
  /** Of the medians. */
  difference: number;
  isTold: boolean;
};

/** Times tell the two apart where one is slower more often than by chance (one in a thousand). */
export function judgeTimes({ known, unknown }: TimedPairs): TimesVerdict {
  const slower = known.filter((ms, at) => ms > (unknown[at] ?? 0)).length;
  const signs = (slower - known.length / 2) / Math.sqrt(known.length / 4);
  const shares = [0.1, 0.5, 0.9, 0.99];
  const [ofKnown, ofUnknown] = [known, unknown].map((times) => shares.map((share) => at(times, share)));
  const difference = at(known, 0.5) / at(unknown, 0.5) - 1;
  return {
    known: ofKnown ?? [],
    unknown: ofUnknown ?? [],
    signs,
    difference,
    isTold: Math.abs(signs) > 3.29,
  };
}

function at(times: readonly number[], share: number): number {
  return times.toSorted((one, other) => one - other)[Math.floor(share * (times.length - 1))] ?? 0;
}
