import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newEmail, openBrowser, refusalOf } from "../testing/browser.ts";
import { findSecret } from "../testing/find-secret.ts";
import { readMails, receiveMail, tokenIn } from "../testing/mailbox.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { until } from "../testing/until.ts";

const ORIGIN = "https://signage.example.com";
const NEWCOMER = { name: "Ann", password: "correct horse battery", organizationName: "Shop" };
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ VITRINE_TRUSTED_PROXIES: "1" });
});
afterAll(() => server[Symbol.asyncDispose]());

/** Somebody at another machine. */
let strangers = 0;
function stranger(url = server.url) {
  strangers += 1;
  return openBrowser(url, new Map(), { "x-forwarded-for": `203.0.113.${strangers}` });
}
const dataDir = () => join(server.folder, "data");
const mailTo = (email: string, count?: number) => receiveMail(dataDir(), email, count);

test("who sets a server up is in at once, from wherever; who comes next from elsewhere is not", async () => {
  await using fresh = await startTestServer({ VITRINE_PUBLIC_ORIGIN: ORIGIN });
  const first = openBrowser(fresh.url);
  expect(await first.account.signUpWay.query()).toEqual({ way: "atOnce" });
  await first.account.signUp.mutate({ ...NEWCOMER, email: newEmail() });
  expect(await first.account.session.query()).not.toBeNull();
  const next = openBrowser(fresh.url);
  expect(await next.account.signUpWay.query()).toEqual({ way: "byLink" });
  expect(await refusalOf(next.account.signUp.mutate({ ...NEWCOMER, email: newEmail() }))).toBe(
    "SIGN_UP_BY_LINK",
  );
  const email = newEmail();
  await next.account.requestSignUp.mutate({ email });
  const mail = await receiveMail(join(fresh.folder, "data"), email);
  expect(mail.text).toContain(`${ORIGIN}/sign-up#`);
});

describe("from elsewhere", () => {
  let taken: string;
  beforeAll(async () => {
    taken = newEmail();
    await openBrowser(server.url).account.signUp.mutate({ ...NEWCOMER, email: taken });
  });

  test("an address that somebody has and one that nobody has are answered alike, by every procedure of signing up", async () => {
    const free = newEmail();
    const codes = [];
    for (const email of [taken, free]) {
      const guest = stranger();
      codes.push([
        await guest.account.requestSignUp.mutate({ email }),
        await refusalOf(guest.account.signUp.mutate({ ...NEWCOMER, email })),
        await refusalOf(guest.account.signIn.mutate({ email, password: "another password" })),
      ]);
    }
    expect(codes[0]).toEqual(codes[1]);
    expect((await mailTo(taken)).text).toContain("/sign-in");
    expect((await mailTo(taken)).text).not.toContain("#");
    expect((await mailTo(free)).text).toContain("/sign-up#");
  });

  test("the link makes an account for its own address alone, which is shown to be theirs, and once", async () => {
    const email = newEmail();
    await stranger().account.requestSignUp.mutate({ email });
    const token = tokenIn(await mailTo(email), "sign-up");
    const guest = stranger();
    expect(await guest.account.openSignUp.mutate({ token })).toMatchObject({ email });
    expect(await refusalOf(guest.account.signUp.mutate({ ...NEWCOMER, email: newEmail(), token }))).toBe(
      "LINK_INVALID",
    );
    const session = await guest.account.signUp.mutate({ ...NEWCOMER, email, token });
    expect(session).toMatchObject({ user: { email }, mustVerifyEmail: false });
    const late = stranger();
    expect(await refusalOf(late.account.openSignUp.mutate({ token }))).toBe("LINK_INVALID");
    expect(await refusalOf(late.account.signUp.mutate({ ...NEWCOMER, email, token }))).toBe("EMAIL_TAKEN");
  });

  test("changed in any part, cut, or for another purpose, the link opens nothing, and nothing of it is stored", async () => {
    const email = newEmail();
    await stranger().account.requestSignUp.mutate({ email });
    const token = tokenIn(await mailTo(email), "sign-up");
    const bytes = Buffer.from(token, "base64url");
    const flipped = [0, 31, 32, 40, bytes.length - 1].map((at) => bytes.with(at, (bytes[at] ?? 0) ^ 1));
    for (const forged of [...flipped, bytes.subarray(0, 32), bytes.subarray(32), Buffer.alloc(40)]) {
      const held = { token: Buffer.from(forged).toString("base64url") };
      expect(await refusalOf(stranger().account.openSignUp.mutate(held))).toBe("LINK_INVALID");
    }
    expect(await refusalOf(stranger().account.confirmEmail.mutate({ token: token.slice(0, 200) }))).toBe(
      "LINK_INVALID",
    );
    const superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
    expect(await findSecret(superuser, [token])).toEqual([]);
    await superuser.end();
  });

  test("an address gets five links an hour, however many ask", async () => {
    const email = newEmail();
    for (let count = 0; count < 8; count += 1) await stranger().account.requestSignUp.mutate({ email });
    await until("all jobs are done", async () => {
      const superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
      const open =
        await superuser`select from pgboss.job where state <> 'completed' and data->>'email' = ${email}`;
      await superuser.end();
      return open.length === 0;
    });
    expect(await readMails(dataDir(), email)).toHaveLength(5);
  });
});
