import { afterAll, beforeAll, expect, test } from "vitest";
import { newEmail, signUp } from "../testing/browser.ts";
import { listProcedures } from "../testing/samples.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

const NEWCOMER = { name: "Ann", password: "correct horse battery", organizationName: "Shop" };

/**
 * Every procedure that anybody may call, with what a stranger would ask it about an address; undefined for one that
 * takes none, nor anything that belongs to one but a secret that was sent there.
 */
const ABOUT: Record<string, ((email: string) => unknown) | undefined> = {
  "account.completeSignIn": undefined,
  "account.confirmEmail": undefined,
  "account.openEmailLink": undefined,
  "account.openPasswordReset": undefined,
  "account.openSignUp": undefined,
  "account.requestPasswordReset": (email) => ({ email }),
  "account.requestSignUp": (email) => ({ email }),
  "account.resetPassword": undefined,
  "account.session": undefined,
  "account.signIn": (email) => ({ email, password: "not the password" }),
  "account.signOut": undefined,
  "account.signUp": (email) => ({ ...NEWCOMER, email }),
  "account.signUpWay": undefined,
  "invitations.acceptAsNew": undefined,
  "invitations.open": undefined,
  "organization.atAddress": undefined,
};

let server: TestServer;
let known: string;
beforeAll(async () => {
  server = await startTestServer({ VITRINE_TRUSTED_PROXIES: "1" });
  known = (await signUp(server.url, "Ann", "Shop")).email;
});
afterAll(() => server[Symbol.asyncDispose]());

/** What a stranger gets to see of an answer; each comes from a network of its own. */
let strangers = 0;
async function ask(path: string, input: unknown) {
  strangers += 1;
  const response = await fetch(`${server.url}/trpc/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": `203.0.113.${strangers}` },
    body: JSON.stringify(input),
  });
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => !["date", "x-request-id"].includes(name)),
    body: (await response.text()).replace(/"requestId":"[^"]*"/, ""),
  };
}

test("every procedure that anybody may call is one of the list", () => {
  const open = listProcedures().filter(({ access }) => access?.kind === "open");
  expect(open.map(({ path }) => path).sort()).toEqual(Object.keys(ABOUT).sort());
});

const asking = Object.entries(ABOUT).flatMap(([path, about]) => (about ? [{ path, about }] : []));
test.each(asking)(
  "$path answers alike for an address that somebody has and for one of nobody",
  async ({ path, about }) => {
    const ofKnown = await ask(path, about(known));
    const ofUnknown = await ask(path, about(newEmail()));
    expect(ofKnown.status).toBeLessThan(500);
    expect(ofKnown).toEqual(ofUnknown);
    const shouted = await ask(path, about(known.toUpperCase()));
    expect(shouted).toEqual(ofUnknown);
  },
);
