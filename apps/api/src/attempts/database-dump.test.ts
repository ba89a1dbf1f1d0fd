import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireAccountLink } from "../auth/account-links.ts";
import { findApiKey } from "../auth/api-keys.ts";
import { requireInvitation } from "../auth/invitation-tokens.ts";
import { deviceCodeHash, userCodeHash } from "../auth/pairing-codes.ts";
import { hashRecoveryCode } from "../auth/second-factor.ts";
import { readSignUpToken } from "../auth/sign-up-tokens.ts";
import { hashToken } from "../auth/token-hash.ts";
import { authorizeDevice } from "../device/authorize-device.ts";
import { makeKeys, pairScreen, startPairing } from "../device/testing/test-screen.ts";
import { callProcedure, makeAlikeWorld } from "../testing/alike-world.ts";
import { newEmail, openBrowser } from "../testing/browser.ts";
import { receiveMail, tokenIn } from "../testing/mailbox.ts";
import { atSecondStep, makeMeddler, withFactor } from "../testing/second-factor-person.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { inTurns } from "./in-turns.ts";

let server: TestServer;
let sql: postgres.Sql;
let live: Awaited<ReturnType<typeof makeLiveCredentials>>;
beforeAll(async () => {
  server = await startTestServer();
  sql = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  live = await makeLiveCredentials();
});
afterAll(async () => {
  await sql.end();
  await server[Symbol.asyncDispose]();
});

/** One of everything that lets somebody in, all of them good. */
async function makeLiveCredentials() {
  const world = await makeAlikeWorld(server.url);
  const mutate = (path: string, input: unknown) =>
    callProcedure(server.url, path, { type: "mutation", input, cookie: world.cookie });
  const made = await mutate("apiKeys.create", { name: "All", grants: ["*"] });
  const person = await withFactor(server);
  const { jar } = await atSecondStep(server, person.email);
  const screen = await pairScreen(server.url, world.cookie);
  const waiting = await startPairing(server.url, makeKeys());
  const guest = openBrowser(server.url);
  const data = join(server.folder, "data");
  await guest.account.requestPasswordReset.mutate({ email: person.email });
  const fresh = newEmail();
  await guest.account.requestSignUp.mutate({ email: fresh });
  const invited = newEmail();
  await mutate("invitations.create", { emails: [invited], role: "owner" });
  const reset = await receiveMail(data, person.email, 2);
  return {
    session: world.cookie.split("=")[1] ?? "",
    halfSession: jar.get("vitrine_second_step") ?? "",
    apiKey: String(JSON.stringify(made.body).match(/vtr_\w{38}/)?.[0]),
    deviceToken: screen.token,
    userCode: waiting.userCode,
    deviceCode: waiting.deviceCode,
    recoveryCode: person.recoveryCodes[0] ?? "",
    accountLink: tokenIn(reset, "reset-password"),
    signUpLink: tokenIn(await receiveMail(data, fresh), "sign-up"),
    invitation: tokenIn(await receiveMail(data, invited)),
  };
}

/** Whether a door lets in: it answers with somebody, in place of nobody or a refusal. */
async function opens(knock: () => unknown): Promise<boolean> {
  try {
    return Boolean(await knock());
  } catch {
    return false;
  }
}

/** Every door that a secret opens, tried by what the server itself asks of one. */
const DOORS: Record<string, (secret: string) => Promise<boolean>> = {
  session: (secret) => opens(() => server.services.sessions.find(secret)),
  halfSession: (secret) =>
    opens(() => server.services.authDatabase.secondFactors.findStep(hashToken(secret))),
  apiKey: (secret) => opens(() => findApiKey(server.services, `Bearer ${secret}`)),
  deviceToken: (secret) => opens(() => authorizeDevice(server.services, `Bearer ${secret}`)),
  userCode: async (secret) => {
    const hash = userCodeHash(server.services.mac, secret);
    return (await sql`select from system.pairing_requests where user_code_hash = ${hash}`).length > 0;
  },
  deviceCode: (secret) => opens(() => server.services.authDatabase.findPairing(deviceCodeHash(secret))),
  recoveryCode: async (secret) => {
    const hash = hashRecoveryCode(secret);
    return (await sql`select from system.recovery_codes where code_hash = ${hash}`).length > 0;
  },
  accountLink: (secret) =>
    opens(() => requireAccountLink(server.services, secret, ["resetPassword", "verifyEmail", "changeEmail"])),
  signUpLink: (secret) => opens(() => readSignUpToken(server.services, secret)),
  invitation: (secret) => opens(() => requireInvitation(server.services, secret)),
};

/** Every text of every row of every table, its parts, and what is stored as bytes in the forms that secrets have. */
async function dump(): Promise<Set<string>> {
  const tables = await sql<{ name: string }[]>`select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')`;
  const texts = new Set<string>();
  const add = (text: string) => {
    texts.add(text);
    for (const part of text.split(/[^\w.~+/=-]+/)) texts.add(part);
    for (const part of text.split(/[^\w-]+/)) texts.add(part);
    for (const hex of text.match(/[0-9a-f]{16,}/gi) ?? []) {
      const bytes = Buffer.from(hex, "hex");
      for (const form of ["base64url", "base64", "latin1"] as const) texts.add(bytes.toString(form));
    }
  };
  const walk = (value: unknown): void => {
    if (typeof value === "string") add(value);
    else if (typeof value === "number") add(String(value));
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(walk);
  };
  for (const { name } of tables) {
    const rows = await sql.unsafe<{ row: unknown }[]>(`select to_jsonb(t) as row from ${name} t limit 5000`);
    for (const { row } of rows) walk(row);
  }
  return new Set(
    [...texts].filter((text) => text.length >= 6 && text.length <= 2000 && !text.includes("\0")),
  );
}

test("what is live opens its own door, and no other", async () => {
  for (const [name, door] of Object.entries(DOORS)) {
    const secret = String(Reflect.get(live, name));
    expect(await door(secret), name).toBe(true);
    for (const [other, another] of Object.entries(DOORS))
      if (other !== name) expect(await another(secret), `${name} at the door of ${other}`).toBe(false);
  }
});

test("no text of the whole database opens any door", async () => {
  const texts = await dump();
  expect(texts.size).toBeGreaterThan(500);
  const opened: string[] = [];
  await inTurns([...texts], 6, async (text) => {
    for (const [name, door] of Object.entries(DOORS)) if (await door(text)) opened.push(`${name}: ${text}`);
  });
  expect(opened).toEqual([]);
  const doors = Object.keys(DOORS).length;
  process.stdout.write(`database dump: ${texts.size} texts at ${doors} doors, ${opened.length} opened\n`);
}, 240_000);

test("a secret that was stored would be found, so that the attempt above was real", async () => {
  await sql`create table public.leak (held text)`;
  await sql`insert into public.leak values (${`cookie=${live.session}; x`}), (${live.apiKey})`;
  const texts = await dump();
  expect([live.session, live.apiKey].filter((secret) => !texts.has(secret))).toEqual([]);
  await sql`drop table public.leak`;
  await using meddler = makeMeddler(server);
  expect(await meddler.sql`select to_regclass('public.leak') as held`).toEqual([{ held: null }]);
});
