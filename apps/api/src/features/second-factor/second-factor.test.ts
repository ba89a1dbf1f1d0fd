import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf } from "../../testing/authenticator.ts";
import { openBrowser, refusalOf, signUp } from "../../testing/browser.ts";
import { readMails } from "../../testing/mailbox.ts";
import {
  atSecondStep,
  makeMeddler,
  PASSWORD,
  turnOn,
  withFactor,
} from "../../testing/second-factor-person.ts";
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

/** Six digits that are no code of about now. */
function wrongCode(key: string): string {
  const near = [-2, -1, 0, 1, 2].map((ahead) => codeOf(key, ahead));
  return (
    ["000000", "111111", "222222", "333333", "444444", "555555"].find((one) => !near.includes(one)) ?? ""
  );
}
const waitOf = async (userId: string) => {
  const rows = await meddler.sql`select extract(epoch from retry_at - now()) as seconds
    from system.second_factors where user_id = ${userId}`;
  return Math.round(Number(rows[0]?.seconds ?? 0));
};

test("is asked for at sign-in once a code confirmed it, and not before", async () => {
  const jar = new Map<string, string>();
  const api = openBrowser(server.url, jar);
  const email = `${crypto.randomUUID()}@example.com`;
  await api.account.signUp.mutate({ name: "Fay", email, password: PASSWORD, organizationName: "Shop" });
  const elsewhere = openBrowser(server.url);
  await elsewhere.account.signIn.mutate({ email, password: PASSWORD });
  const before = jar.get("vitrine_session");

  const { key, uri } = await api.secondFactor.begin.mutate();
  expect(key).toMatch(/^[A-Z2-7]{32}$/);
  expect(new URL(uri).searchParams.get("secret")).toBe(key);
  expect(decodeURIComponent(uri)).toContain(`otpauth://totp/Vitrine:${email}`);
  expect(await api.secondFactor.get.query()).toEqual({ since: null, recoveryCodesLeft: 0 });
  expect(await openBrowser(server.url).account.signIn.mutate({ email, password: PASSWORD })).toMatchObject({
    kind: "signedIn",
  });
  expect(await refusalOf(api.secondFactor.confirm.mutate({ code: wrongCode(key) }))).toBe("WRONG_CODE");

  const confirmed = await api.secondFactor.confirm.mutate({ code: codeOf(key) });
  expect(new Set(confirmed.recoveryCodes).size).toBe(10);
  for (const code of confirmed.recoveryCodes)
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(confirmed.session.hasSecondFactor).toBe(true);
  expect(jar.get("vitrine_session")).not.toBe(before);
  expect(await elsewhere.account.session.query()).toBeNull();
  expect(await api.secondFactor.get.query()).toMatchObject({
    since: expect.any(String),
    recoveryCodesLeft: 10,
  });
  expect(await refusalOf(api.secondFactor.begin.mutate())).toBe("SECOND_FACTOR_ON");

  const half = await atSecondStep(server, email);
  expect(half.jar.has("vitrine_session")).toBe(false);
  expect(await half.api.account.session.query()).toBeNull();
  const session = await half.api.account.completeSignIn.mutate({ code: codeOf(key, 1) });
  expect(session.user.email).toBe(email);
  expect(half.jar.has("vitrine_session")).toBe(true);
  expect(half.jar.has("vitrine_second_step")).toBe(false);
});

test("a code is good once, in whatever browser it is shown again", async () => {
  const { key, email, usedCode } = await withFactor(server);
  const one = await atSecondStep(server, email);
  expect(await refusalOf(one.api.account.completeSignIn.mutate({ code: usedCode }))).toBe("WRONG_CODE");
  const code = codeOf(key, 1);
  await one.api.account.completeSignIn.mutate({ code: ` ${code.replace(/^.../, "$& ")} ` });
  const other = await atSecondStep(server, email);
  expect(await refusalOf(other.api.account.completeSignIn.mutate({ code }))).toBe("WRONG_CODE");
  expect(await other.api.account.session.query()).toBeNull();
});

test.each(["a code of the app", "a recovery code"])(
  "of fifty who show %s at once, one is let in",
  async (kind) => {
    const { key, email, recoveryCodes } = await withFactor(server);
    const halves: Awaited<ReturnType<typeof atSecondStep>>[] = [];
    for (let count = 0; count < 10; count += 1) halves.push(await atSecondStep(server, email));
    const code = kind === "a recovery code" ? (recoveryCodes[3] ?? "") : codeOf(key, 1);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        halves[index % 10]?.api.account.completeSignIn.mutate({ code }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  },
);

test("a recovery code is good once, however it is written; a new set ends the former one", async () => {
  const { api, email, recoveryCodes } = await withFactor(server);
  const [first = "", second = "", third = ""] = recoveryCodes;
  const enter = async (code: string) => {
    const half = await atSecondStep(server, email);
    return half.api.account.completeSignIn.mutate({ code });
  };
  await enter(` ${first.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l")} `);
  expect(await refusalOf(enter(first))).toBe("WRONG_CODE");
  expect(await refusalOf(enter(`${second.slice(0, -1)}${second.endsWith("7") ? "8" : "7"}`))).toBe(
    "WRONG_CODE",
  );
  expect((await api.secondFactor.get.query()).recoveryCodesLeft).toBe(9);
  const renewed = await api.secondFactor.renewRecoveryCodes.mutate();
  expect((await api.secondFactor.get.query()).recoveryCodesLeft).toBe(10);
  expect(await refusalOf(enter(third))).toBe("WRONG_CODE");
  await enter(renewed.recoveryCodes[0] ?? "");
});

test("five wrong codes are free, then each waits longer; who has a recovery code is never locked out", async () => {
  const { key, email, userId, recoveryCodes } = await withFactor(server);
  const other = await withFactor(server);
  const half = await atSecondStep(server, email);
  const guess = () => refusalOf(half.api.account.completeSignIn.mutate({ code: wrongCode(key) }));
  for (let count = 0; count < 5; count += 1) expect(await guess()).toBe("WRONG_CODE");
  const waits: number[] = [];
  for (let count = 0; count < 7; count += 1) {
    expect(await guess()).toBe("TOO_MANY_REQUESTS");
    waits.push(await waitOf(userId));
    await meddler.sql`update system.second_factors set retry_at = now() where user_id = ${userId}`;
    expect(await guess()).toBe("WRONG_CODE");
  }
  for (const [index, wanted] of [30, 60, 120, 240, 480, 900, 900].entries())
    expect(Math.abs((waits[index] ?? 0) - wanted)).toBeLessThanOrEqual(5);

  const right = half.api.account.completeSignIn.mutate({ code: codeOf(key, 1) });
  expect(await refusalOf(right)).toBe("TOO_MANY_REQUESTS");
  const another = await atSecondStep(server, other.email);
  await another.api.account.completeSignIn.mutate({ code: codeOf(other.key, 1) });
  await half.api.account.completeSignIn.mutate({ code: recoveryCodes[0] ?? "" });
  expect(await waitOf(userId)).toBe(0);
});

test("fifty guesses at the same time are five", async () => {
  const { key, email } = await withFactor(server);
  const half = await atSecondStep(server, email);
  const codes = await Promise.all(
    Array.from({ length: 50 }, () =>
      refusalOf(half.api.account.completeSignIn.mutate({ code: wrongCode(key) })),
    ),
  );
  expect(codes.filter((code) => code === "WRONG_CODE")).toHaveLength(5);
  expect(new Set(codes)).toEqual(new Set(["WRONG_CODE", "TOO_MANY_REQUESTS"]));
});

test("is turned off by whom it belongs to, and its recovery codes with it", async () => {
  const person = await withFactor(server);
  const { api, email, key } = person;
  expect((await api.secondFactor.turnOff.mutate()).hasSecondFactor).toBe(false);
  expect(await openBrowser(server.url).account.signIn.mutate({ email, password: PASSWORD })).toMatchObject({
    kind: "signedIn",
  });
  expect(await refusalOf(api.secondFactor.turnOff.mutate())).toBe("NOT_FOUND");
  expect(await refusalOf(api.secondFactor.renewRecoveryCodes.mutate())).toBe("NOT_FOUND");
  expect(await refusalOf(api.secondFactor.confirm.mutate({ code: codeOf(key, 1) }))).toBe("WRONG_CODE");
  const again = await turnOn(person);
  expect(again.key).not.toBe(key);
});

test("a seed that was begun anew is not confirmed by the former one's code", async () => {
  const { api } = await signUp(server.url, "Fay", "Shop");
  const former = await api.secondFactor.begin.mutate();
  const { key } = await api.secondFactor.begin.mutate();
  const sameByChance = [-1, 0, 1].some((ahead) => codeOf(key, ahead) === codeOf(former.key));
  if (!sameByChance)
    expect(await refusalOf(api.secondFactor.confirm.mutate({ code: codeOf(former.key) }))).toBe("WRONG_CODE");
  await api.secondFactor.confirm.mutate({ code: codeOf(key) });
});

test("what happens to it is on the person's record, and told them by mail", async () => {
  const { api, email, key, recoveryCodes } = await withFactor(server);
  const half = await atSecondStep(server, email);
  expect(await refusalOf(half.api.account.completeSignIn.mutate({ code: wrongCode(key) }))).toBe(
    "WRONG_CODE",
  );
  await half.api.account.completeSignIn.mutate({ code: recoveryCodes[0] ?? "" });
  await api.secondFactor.renewRecoveryCodes.mutate();
  await api.secondFactor.turnOff.mutate();
  const { rows } = await api.account.events.query({});
  expect(rows.map(({ kind }) => kind)).toEqual([
    "secondFactorOff",
    "recoveryCodesRenewed",
    "signedIn",
    "recoveryCodeUsed",
    "signInFailed",
    "secondFactorOn",
    "signedIn",
  ]);
  const dataDir = join(server.folder, "data");
  const subjects = async () => (await readMails(dataDir, email)).map(({ subject }) => subject ?? "");
  for (const subject of [
    "Two-step sign-in is on for Vitrine",
    "A recovery code was used for Vitrine",
    "You have new recovery codes for Vitrine",
    "Two-step sign-in is off for Vitrine",
  ])
    await until(subject, async () => (await subjects()).includes(subject));
  const mails = JSON.stringify(await readMails(dataDir, email));
  for (const secret of [key, ...recoveryCodes]) expect(mails).not.toContain(secret);
});
