import postgres from "postgres";
import { codeOf } from "./authenticator.ts";
import { openBrowser, signUp, type Visiting } from "./browser.ts";
import type { TestServer } from "./test-server.ts";

export const PASSWORD = "correct horse battery";

/** Somebody with a second factor, and what their app and their drawer hold. */
export type Factored = Visiting & Awaited<ReturnType<typeof turnOn>>;

/** Signs somebody up who turns the second factor on. */
export async function withFactor(server: TestServer, name = "Fay", organization = "Shop"): Promise<Factored> {
  const person = await signUp(server.url, name, organization);
  return { ...person, ...(await turnOn(person)) };
}

/** Turns the second factor on for somebody who is signed in; `usedCode` is used up by that, the next is not. */
export async function turnOn({ api }: Visiting) {
  const { key } = await api.secondFactor.begin.mutate();
  const usedCode = codeOf(key);
  const { recoveryCodes } = await api.secondFactor.confirm.mutate({ code: usedCode });
  return { key, recoveryCodes, usedCode };
}

/** A browser in which the right password was given, and its cookies. */
export async function atSecondStep(server: TestServer, email: string) {
  const jar = new Map<string, string>();
  const api = openBrowser(server.url, jar);
  const outcome = await api.account.signIn.mutate({ email, password: PASSWORD });
  if (outcome.kind !== "secondStep") throw new Error("No second step was asked for");
  return { api, jar };
}

/** What a database administrator can do to a test's world. */
export function makeMeddler(server: TestServer) {
  const sql = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  return {
    sql,
    /** Codes of this half minute are good once more. */
    forgetSteps: async (userId: string) => {
      await sql`update system.second_factors set last_step = 0 where user_id = ${userId}`;
    },
    /** All sessions of a person gave password and factor this long ago. */
    age: async (userId: string, seconds: number) => {
      await sql`update system.sessions set stepped_up_at = now() - ${seconds} * interval '1s' where user_id = ${userId}`;
      server.services.sessions.forget(userId);
    },
    [Symbol.asyncDispose]: () => sql.end(),
  };
}
