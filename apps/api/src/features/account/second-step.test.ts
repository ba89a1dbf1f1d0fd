import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callProcedure } from "../../testing/alike-world.ts";
import { codeOf } from "../../testing/authenticator.ts";
import { openBrowser, refusalOf, signUp } from "../../testing/browser.ts";
import { readMails, tokenIn } from "../../testing/mailbox.ts";
import { listProcedures } from "../../testing/samples.ts";
import { atSecondStep, makeMeddler, PASSWORD, withFactor } from "../../testing/second-factor-person.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";

let server: TestServer;
let meddler: ReturnType<typeof makeMeddler>;
beforeAll(async () => {
  server = await startTestServer();
  meddler = makeMeddler(server);
});
afterAll(async () => {
  await meddler[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const guarded = listProcedures().filter(({ access }) => access?.kind !== "open");

test("a half session opens no procedure of the router, in whatever way its secret is shown", async () => {
  const { email } = await withFactor(server);
  const half = (await atSecondStep(server, email)).jar.get("vitrine_second_step") ?? "";
  const ways: Record<string, string>[] = [
    { cookie: `vitrine_second_step=${half}` },
    { cookie: `vitrine_session=${half}` },
    { cookie: `__Host-vitrine_session=${half}` },
    { authorization: `Bearer ${half}` },
  ];
  expect(guarded.length).toBeGreaterThan(60);
  for (const { path, type } of guarded) {
    for (const headers of ways) {
      const response = await fetch(`${server.url}/trpc/${path}`, {
        method: type === "mutation" ? "POST" : "GET",
        headers: { ...headers, "content-type": "application/json" },
        ...(type === "mutation" ? { body: "{}" } : {}),
      });
      expect(await response.text(), `${path} ${Object.keys(headers)}`).toMatch(
        headers.authorization === undefined ? /"NOT_SIGNED_IN"/ : /"API_KEY_INVALID"/,
      );
    }
  }
  const session = await callProcedure(server.url, "account.session", {
    type: "query",
    cookie: `vitrine_session=${half}`,
  });
  expect(session.body).toEqual({ result: { data: null } });
});

test("no secret from before is one afterwards: not the half session's, nor a session's that was planted", async () => {
  const attacker = new Map<string, string>();
  const stranger = openBrowser(server.url, attacker);
  const email = `${crypto.randomUUID()}@example.com`;
  await stranger.account.signUp.mutate({ name: "Eve", email, password: PASSWORD, organizationName: "Evil" });
  const planted = attacker.get("vitrine_session") ?? "";

  const victim = await withFactor(server);
  const jar = new Map([["vitrine_session", planted]]);
  const browser = openBrowser(server.url, jar);
  await browser.account.signIn.mutate({ email: victim.email, password: PASSWORD });
  const half = jar.get("vitrine_second_step") ?? "";
  await browser.account.completeSignIn.mutate({ code: codeOf(victim.key, 1) });
  const token = jar.get("vitrine_session") ?? "";
  expect(new Set([planted, half, token, ""]).size).toBe(4);
  expect((await stranger.account.session.query())?.user.email).toBe(email);
  const again = openBrowser(server.url, new Map([["vitrine_second_step", half]]));
  await meddler.forgetSteps(victim.userId);
  expect(await refusalOf(again.account.completeSignIn.mutate({ code: codeOf(victim.key, 1) }))).toBe(
    "SECOND_STEP_EXPIRED",
  );
});

test("a half session ends after five minutes, and with the password that it was given for", async () => {
  const { api, email, key, userId } = await withFactor(server);
  const late = await atSecondStep(server, email);
  const rows = await meddler.sql`select extract(epoch from expires_at - now()) as seconds
    from system.second_steps where user_id = ${userId}`;
  expect(Number(rows[0]?.seconds)).toBeGreaterThan(280);
  expect(Number(rows[0]?.seconds)).toBeLessThanOrEqual(300);
  await meddler.sql`update system.second_steps set expires_at = now() where user_id = ${userId}`;
  const code = codeOf(key, 1);
  expect(await refusalOf(late.api.account.completeSignIn.mutate({ code }))).toBe("SECOND_STEP_EXPIRED");

  const before = await atSecondStep(server, email);
  await api.account.changePassword.mutate({ currentPassword: PASSWORD, newPassword: "another long one" });
  expect(await refusalOf(before.api.account.completeSignIn.mutate({ code }))).toBe("SECOND_STEP_EXPIRED");
  const nobody = openBrowser(server.url);
  expect(await refusalOf(nobody.account.completeSignIn.mutate({ code }))).toBe("SECOND_STEP_EXPIRED");
});

test("a code of another person's app, or their recovery code, lets nobody in", async () => {
  const [one, other] = [await withFactor(server), await withFactor(server)];
  const half = await atSecondStep(server, one.email);
  const isSame = [-1, 0, 1, 2].some((ahead) => codeOf(one.key, ahead) === codeOf(other.key, 1));
  if (!isSame)
    expect(await refusalOf(half.api.account.completeSignIn.mutate({ code: codeOf(other.key, 1) }))).toBe(
      "WRONG_CODE",
    );
  const code = other.recoveryCodes[0] ?? "";
  expect(await refusalOf(half.api.account.completeSignIn.mutate({ code }))).toBe("WRONG_CODE");
  expect((await other.api.secondFactor.get.query()).recoveryCodesLeft).toBe(10);
});

test("what the database holds of a second factor opens nothing", async () => {
  const { email, key, recoveryCodes } = await withFactor(server);
  const half = await atSecondStep(server, email);
  const secrets = [key, half.jar.get("vitrine_second_step") ?? "", ...recoveryCodes];
  const dump = await dumpAll();
  expect(dump).toContain(email);
  for (const secret of secrets) {
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain(Buffer.from(secret).toString("hex"));
  }
  const strings = dump.match(/[\w-]{30,}/g) ?? [];
  expect(strings.length).toBeGreaterThan(10);
  for (const stolen of new Set(strings)) {
    const thief = openBrowser(server.url, new Map([["vitrine_second_step", stolen]]));
    const code = recoveryCodes[0] ?? "";
    expect(await refusalOf(thief.account.completeSignIn.mutate({ code }))).toMatch(
      /SECOND_STEP_EXPIRED|TOO_MANY_REQUESTS/,
    );
  }
  await half.api.account.signIn.mutate({ email, password: PASSWORD });
});

test("a password that was set by a link still leaves the second factor to be shown", async () => {
  const { email, key } = await withFactor(server);
  const guest = openBrowser(server.url);
  await guest.account.requestPasswordReset.mutate({ email });
  const dataDir = join(server.folder, "data");
  const findLink = async () =>
    (await readMails(dataDir, email)).find(({ text }) => text?.includes("/reset-password#"));
  await until("the link came", async () => (await findLink()) !== undefined);
  const token = tokenIn((await findLink()) ?? {}, "reset-password");
  await guest.account.resetPassword.mutate({ token, password: "another long one" });
  expect(await guest.account.session.query()).toBeNull();
  const outcome = await guest.account.signIn.mutate({ email, password: "another long one" });
  expect(outcome.kind).toBe("secondStep");
  await guest.account.completeSignIn.mutate({ code: codeOf(key, 1) });
});

test("nobody without a second factor is asked for one", async () => {
  const { email } = await signUp(server.url, "Ann", "Shop");
  const api = openBrowser(server.url);
  expect(await api.account.signIn.mutate({ email, password: PASSWORD })).toMatchObject({
    kind: "signedIn",
    session: { user: { email }, hasSecondFactor: false },
  });
});

/** Every row of every table of ours, as text. */
async function dumpAll(): Promise<string> {
  const tables = await meddler.sql<
    { name: string }[]
  >`select format('%I.%I', table_schema, table_name) as name
    from information_schema.tables where table_schema in ('tenant', 'system', 'pgboss') and table_type = 'BASE TABLE'`;
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await meddler.sql.unsafe(`select t::text as line from ${name} t`);
    texts.push(...rows.map(({ line }) => String(line)));
  }
  return texts.join("\n");
}
