import { join } from "node:path";
import { MAX_SESSIONS } from "@vitrine/core/model/account";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeSessions } from "../../auth/sessions.ts";
import { openBrowser, refusalOf, signUp } from "../../testing/browser.ts";
import { readMails, receiveMail } from "../../testing/mailbox.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";

const PASSWORD = "correct horse battery";
const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";
let server: TestServer;
let superuser: postgres.Sql;
beforeAll(async () => {
  server = await startTestServer();
  superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await superuser.end();
  await server[Symbol.asyncDispose]();
});

async function signInOn(email: string, { jar = new Map<string, string>(), userAgent = PHONE } = {}) {
  const api = openBrowser(server.url, jar, { "user-agent": userAgent });
  await api.account.signIn.mutate({ email, password: PASSWORD });
  return { api, jar };
}
const eventsOf = async (api: Awaited<ReturnType<typeof signInOn>>["api"]) =>
  (await api.account.events.query({})).rows.map(({ kind }) => kind);

test("one's sessions are listed with browser and place; one is ended, at once, and by nobody else", async () => {
  const person = await signUp(server.url, "Pia", "Shop");
  const stranger = await signUp(server.url, "Sven", "Shop");
  const phone = await signInOn(person.email);
  const { rows } = await person.api.account.sessions.query();
  expect(rows).toHaveLength(2);
  const listed = rows.find(({ isThis }) => !isThis);
  expect(listed).toMatchObject({
    browser: "Safari 18",
    system: "iOS",
    form: "phone",
    remoteAddress: "127.0.0.1",
  });
  const id = listed?.id ?? "";
  expect(JSON.stringify(rows)).not.toContain([...phone.jar.values()][0]);
  expect(await refusalOf(stranger.api.account.revokeSession.mutate({ id }))).toBe("NOT_FOUND");
  expect(await phone.api.account.session.query()).not.toBeNull();
  await person.api.account.revokeSession.mutate({ id });
  expect(await phone.api.account.session.query()).toBeNull();
  expect(await refusalOf(person.api.account.revokeSession.mutate({ id }))).toBe("NOT_FOUND");
});

test("all others are ended at once, and it is counted", async () => {
  const person = await signUp(server.url, "Olga", "Shop");
  const others = [await signInOn(person.email), await signInOn(person.email)];
  expect(await person.api.account.revokeOtherSessions.mutate()).toEqual({ count: 2 });
  for (const { api } of others) expect(await api.account.session.query()).toBeNull();
  expect(await person.api.account.session.query()).not.toBeNull();
  expect(await person.api.account.revokeOtherSessions.mutate()).toEqual({ count: 0 });
});

test("a session that was ended in another process is over here within seconds", async () => {
  const person = await signUp(server.url, "Rita", "Shop");
  const phone = await signInOn(person.email);
  expect(await phone.api.account.session.query()).not.toBeNull();
  const elsewhere = makeSessions({ ...server.services, asksForVerification: false });
  await elsewhere.close(phone.jar.get("vitrine_session") ?? "");
  await until("the session is over", async () => (await phone.api.account.session.query()) === null);
});

test("a session of which the cookie was stolen is over after signing out, renewing and changing the password", async () => {
  const { email } = await signUp(server.url, "Mia", "Shop");
  const { api, jar } = await signInOn(email);
  const stolen = openBrowser(server.url, new Map(jar));
  expect(await stolen.account.session.query()).not.toBeNull();
  await api.account.changePassword.mutate({ currentPassword: PASSWORD, newPassword: `${PASSWORD} staple` });
  expect(await stolen.account.session.query()).toBeNull();
  expect(await api.account.session.query()).not.toBeNull();
  const again = openBrowser(server.url, new Map(jar));
  await api.account.signOut.mutate();
  expect(await again.account.session.query()).toBeNull();
});

test("a session cookie that was set beforehand is not taken over: signing in always makes a new one", async () => {
  const { email } = await signUp(server.url, "Finn", "Shop");
  const planted = "planted-by-somebody-else";
  const jar = new Map([["vitrine_session", planted]]);
  await signInOn(email, { jar });
  expect(jar.get("vitrine_session")).not.toBe(planted);
  const thief = openBrowser(server.url, new Map([["vitrine_session", planted]]));
  expect(await thief.account.session.query()).toBeNull();
});

test("a session slides by use, written once a minute, and ends after a day without or thirty days in all", async () => {
  const person = await signUp(server.url, "Ivo", "Shop");
  const row = async () => {
    const [found] = await superuser`select last_seen_at, expires_at, created_at, absolute_expires_at
      from system.sessions where user_id = ${person.userId}`;
    if (!found) throw new Error("There is no session");
    return found;
  };
  const hours = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 3_600_000;
  const first = await row();
  expect(hours(first.created_at, first.expires_at)).toBeCloseTo(24, 1);
  expect(hours(first.created_at, first.absolute_expires_at)).toBeCloseTo(30 * 24, 1);
  const look = async () => {
    server.services.sessions.forget(person.userId);
    return person.api.account.session.query();
  };
  await look();
  expect((await row()).last_seen_at).toEqual(first.last_seen_at);
  await superuser`update system.sessions set last_seen_at = now() - interval '61 seconds',
    expires_at = now() + interval '1 hour' where user_id = ${person.userId}`;
  await look();
  expect(hours(new Date(), (await row()).expires_at)).toBeCloseTo(24, 1);
  await superuser`update system.sessions set last_seen_at = now() - interval '61 seconds',
    absolute_expires_at = now() + interval '1 hour' where user_id = ${person.userId}`;
  await look();
  expect(hours(new Date(), (await row()).expires_at)).toBeCloseTo(1, 1);
  await superuser`update system.sessions set expires_at = now() where user_id = ${person.userId}`;
  expect(await look()).toBeNull();
});

test("a person has at most fifty sessions: the one not used for longest ends", async () => {
  const person = await signUp(server.url, "Nils", "Shop");
  const start = { userId: person.userId, organizationId: null, userAgent: "", remoteAddress: "" };
  for (let count = 0; count < MAX_SESSIONS; count += 1) await server.services.sessions.open(start);
  const [counted] =
    await superuser`select count(*)::int from system.sessions where user_id = ${person.userId}`;
  expect(counted?.count).toBe(MAX_SESSIONS);
  server.services.sessions.forget(person.userId);
  expect(await person.api.account.session.query()).toBeNull();
});

test("a browser that was not used before is told of by mail; one that was, and the first of all, are not", async () => {
  const jar = new Map<string, string>();
  const email = `${crypto.randomUUID()}@example.com`;
  const home = openBrowser(server.url, jar);
  await home.account.signUp.mutate({ name: "Ada", email, password: PASSWORD, organizationName: "Shop" });
  await home.account.signOut.mutate();
  await signInOn(email, { jar });
  const phone = await signInOn(email);
  const mail = await receiveMail(join(server.folder, "data"), email);
  expect(mail.subject).toBe("A new browser signed in to Vitrine");
  for (const form of [mail.text, mail.html]) {
    expect(form).toMatch(/Safari 18 on iOS/);
    expect(form?.replaceAll("\u200b", "")).toContain("127.0.0.1");
    expect(form).toContain("/settings/security");
  }
  await signInOn(email, { jar: phone.jar });
  const stranger = await signUp(server.url, "Eve", "Shop");
  await signInOn(stranger.email, { jar: phone.jar });
  await receiveMail(join(server.folder, "data"), stranger.email);
  expect(await readMails(join(server.folder, "data"), email)).toHaveLength(1);
  const [cookie] = [...jar].filter(([name]) => name === "vitrine_device").map(([, value]) => value);
  const stored = await superuser`select from system.known_devices where token_hash = ${cookie ?? ""}`;
  expect(stored).toEqual([]);
});

test("what happened to an account is told to its owner alone, newest first, by page", async () => {
  const person = await signUp(server.url, "Kim", "Shop");
  await refusalOf(
    openBrowser(server.url).account.signIn.mutate({ email: person.email, password: "wrong one" }),
  );
  await until("the failure is noted", async () => (await eventsOf(person.api)).includes("signInFailed"));
  await signInOn(person.email);
  await person.api.account.revokeOtherSessions.mutate();
  const newPassword = `${PASSWORD} staple`;
  await person.api.account.changePassword.mutate({ currentPassword: PASSWORD, newPassword });
  const kinds = ["passwordChanged", "sessionsRevoked", "signedIn", "signInFailed", "signedIn"];
  expect(await eventsOf(person.api)).toEqual(kinds);
  const first = await person.api.account.events.query({ limit: 2 });
  expect(first).toMatchObject({
    total: 5,
    rows: [{ kind: "passwordChanged", remoteAddress: "127.0.0.1" }, {}],
  });
  const rest = await person.api.account.events.query({ cursor: first.nextCursor ?? "", limit: 50 });
  expect([...first.rows, ...rest.rows].map(({ kind }) => kind)).toEqual(kinds);
  const stranger = await signUp(server.url, "Lea", "Shop");
  expect(await eventsOf(stranger.api)).toEqual(["signedIn"]);
  const audited = await superuser`select action from tenant.audit_events where actor_id = ${person.userId}`;
  expect(audited.filter(({ action }) => String(action).includes("password"))).toEqual([]);
});
