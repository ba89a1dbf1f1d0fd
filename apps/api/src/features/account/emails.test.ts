import type { Email } from "postal-mime";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestSmtpServer, type TestSmtpServer } from "../../mail/testing/test-smtp-server.ts";
import { newEmail, openBrowser, refusalOf, signUp, type Visiting } from "../../testing/browser.ts";
import { findSecret, formsOf } from "../../testing/find-secret.ts";
import { tokenIn } from "../../testing/mailbox.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";

const PASSWORD = "correct horse battery";
let mails: TestSmtpServer;
let server: TestServer;
let superuser: postgres.Sql;
beforeAll(async () => {
  mails = await startTestSmtpServer();
  server = await startTestServer({
    VITRINE_SMTP_URL: `smtp://127.0.0.1:${mails.port}`,
    VITRINE_MAIL_FROM: "Vitrine <signage@example.com>",
  });
  superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await superuser.end();
  await server[Symbol.asyncDispose]();
  await mails[Symbol.asyncDispose]();
});

const mailsTo = (email: string) =>
  mails.deliveries.filter(({ to }) => to.includes(email)).map(({ mail }) => mail);
/** The newest message to an address with this in its subject, once there are `count` of them. */
async function mailTo(email: string, subject: string, count = 1): Promise<Email> {
  const found = () => mailsTo(email).filter((mail) => mail.subject?.includes(subject));
  await until(`${count} messages "${subject}" to ${email}`, async () => found().length >= count);
  const newest = found().at(-1);
  if (!newest) throw new Error("There is no message");
  return newest;
}
const linkIn = (mail: Email) => tokenIn(mail, "confirm-email");
const guest = () => openBrowser(server.url);
const mustVerify = async ({ api }: Visiting) => (await api.account.session.query())?.mustVerifyEmail;

async function verified(name: string): Promise<Visiting> {
  const person = await signUp(server.url, name, "Shop");
  await guest().account.confirmEmail.mutate({ token: linkIn(await mailTo(person.email, "Confirm")) });
  return person;
}

describe("an address", () => {
  test("is shown to be theirs by a link, once; until then nobody is invited and no key is made", async () => {
    const person = await signUp(server.url, "Ada", "Shop");
    expect(await mustVerify(person)).toBe(true);
    const inviting = () => person.api.invitations.create.mutate({ emails: [newEmail()], role: "viewer" });
    const making = () => person.api.apiKeys.create.mutate({ name: "Key", grants: ["assets.view"] });
    for (const act of [inviting, making]) expect(await refusalOf(act())).toBe("EMAIL_UNVERIFIED");
    const mail = await mailTo(person.email, "Confirm");
    expect(mail.text).toContain(`http://localhost:${server.port}/confirm-email#`);
    const token = linkIn(mail);
    expect(await guest().account.openEmailLink.mutate({ token })).toMatchObject({ email: person.email });
    expect(await guest().account.confirmEmail.mutate({ token })).toEqual({ email: person.email });
    expect(await refusalOf(guest().account.confirmEmail.mutate({ token }))).toBe("LINK_INVALID");
    expect(await mustVerify(person)).toBe(false);
    await inviting();
    const { key } = await making();
    await superuser`update system.users set email_verified_at = null where id = ${person.userId}`;
    server.services.sessions.forget(person.userId);
    const { apiKeys } = person.api;
    for (const act of [
      apiKeys.rotate.mutate({ id: key.id, overlapHours: 1 }),
      apiKeys.update.mutate({ id: key.id, grants: ["assets.*"] }),
    ])
      expect(await refusalOf(act)).toBe("EMAIL_UNVERIFIED");
    expect((await apiKeys.update.mutate({ id: key.id, name: "Renamed" })).name).toBe("Renamed");
  });

  test("has its link sent again, which ends the former, five times an hour", async () => {
    const person = await signUp(server.url, "Bea", "Shop");
    const first = linkIn(await mailTo(person.email, "Confirm"));
    await person.api.account.sendVerification.mutate();
    const second = linkIn(await mailTo(person.email, "Confirm", 2));
    expect(await refusalOf(guest().account.confirmEmail.mutate({ token: first }))).toBe("LINK_INVALID");
    expect(await findSecret(superuser, formsOf(second, 1))).toEqual([]);
    for (let time = 0; time < 4; time += 1) await person.api.account.sendVerification.mutate();
    expect(await refusalOf(person.api.account.sendVerification.mutate())).toBe("TOO_MANY_REQUESTS");
  });

  test("confirmed in the browser that is signed in gives the session a new secret", async () => {
    const jar = new Map<string, string>();
    const api = openBrowser(server.url, jar);
    const email = newEmail();
    await api.account.signUp.mutate({ name: "Cleo", email, password: PASSWORD, organizationName: "Shop" });
    const before = jar.get("vitrine_session") ?? "";
    await api.account.confirmEmail.mutate({ token: linkIn(await mailTo(email, "Confirm")) });
    expect(jar.get("vitrine_session")).not.toBe(before);
    expect(await api.account.session.query()).toMatchObject({ mustVerifyEmail: false });
    const former = openBrowser(server.url, new Map([["vitrine_session", before]]));
    expect(await former.account.session.query()).toBeNull();
  });

  test("is shown to be theirs by taking up a mailed invitation, and by setting a password by a link", async () => {
    const owner = await verified("Dora");
    const invited = newEmail();
    await owner.api.invitations.create.mutate({ emails: [invited], role: "admin" });
    const token = tokenIn(await mailTo(invited, "invites"));
    const newcomer = guest();
    const joined = await newcomer.invitations.acceptAsNew.mutate({ token, name: "Nina", password: PASSWORD });
    expect(joined.mustVerifyEmail).toBe(false);

    const person = await signUp(server.url, "Emil", "Shop");
    await guest().account.requestPasswordReset.mutate({ email: person.email });
    const reset = tokenIn(await mailTo(person.email, "new password"), "reset-password");
    await guest().account.resetPassword.mutate({ token: reset, password: `${PASSWORD} staple` });
    const again = guest();
    const signedIn = { email: person.email, password: `${PASSWORD} staple` };
    await again.account.signIn.mutate(signedIn);
    expect((await again.account.session.query())?.mustVerifyEmail).toBe(false);
  });
});

describe("a new address", () => {
  test("takes the place of the former when it is confirmed; the former is told twice", async () => {
    const person = await verified("Finn");
    const email = newEmail();
    const asking = (currentPassword: string) =>
      person.api.account.requestEmailChange.mutate({ email, currentPassword });
    expect(await refusalOf(asking("not the password"))).toBe("WRONG_PASSWORD");
    await asking(PASSWORD);
    const told = await mailTo(person.email, "about to change");
    expect(told.text?.replaceAll("\u200b", "")).toContain(email);
    expect(told.text).not.toContain("confirm-email#");
    const token = linkIn(await mailTo(email, "new address"));
    expect((await person.api.account.session.query())?.user.email).toBe(person.email);
    expect(await person.api.account.confirmEmail.mutate({ token })).toEqual({ email });
    expect((await person.api.account.session.query())?.user.email).toBe(email);
    await mailTo(person.email, "was changed");
    expect(await refusalOf(guest().account.signIn.mutate({ email: person.email, password: PASSWORD }))).toBe(
      "WRONG_CREDENTIALS",
    );
    await guest().account.signIn.mutate({ email, password: PASSWORD });
    expect(await refusalOf(guest().account.confirmEmail.mutate({ token }))).toBe("LINK_INVALID");
  });

  test("that somebody has is answered alike, and told to its owner alone", async () => {
    const [person, other] = [await verified("Gero"), await verified("Hana")];
    const change = { email: other.email, currentPassword: PASSWORD };
    const free = { email: newEmail(), currentPassword: PASSWORD };
    const answers = [
      await person.api.account.requestEmailChange.mutate(change),
      await person.api.account.requestEmailChange.mutate(free),
    ];
    expect(answers[0]).toEqual(answers[1]);
    const told = await mailTo(other.email, "already has an account");
    expect(told.text).not.toMatch(/#|Gero/);
    for (const mail of mailsTo(other.email)) expect(mail.text).not.toContain("changeEmail");
  });

  test("that somebody took meanwhile is refused to the holder of its link", async () => {
    const person = await verified("Ines");
    const email = newEmail();
    await person.api.account.requestEmailChange.mutate({ email, currentPassword: PASSWORD });
    const token = linkIn(await mailTo(email, "new address"));
    const quicker = { name: "Jan", email, password: PASSWORD, organizationName: "Shop" };
    await guest().account.signUp.mutate(quicker);
    expect(await refusalOf(guest().account.confirmEmail.mutate({ token }))).toBe("EMAIL_TAKEN");
    expect((await person.api.account.session.query())?.user.email).toBe(person.email);
  });

  test("is not made theirs by a link from before a change of the password, and one's own is none", async () => {
    const person = await verified("Kurt");
    const email = newEmail();
    await person.api.account.requestEmailChange.mutate({ email, currentPassword: PASSWORD });
    const token = linkIn(await mailTo(email, "new address"));
    const newPassword = `${PASSWORD} staple`;
    await person.api.account.changePassword.mutate({ currentPassword: PASSWORD, newPassword });
    expect(await refusalOf(guest().account.confirmEmail.mutate({ token }))).toBe("LINK_INVALID");
    const own = { email: person.email, currentPassword: newPassword };
    expect(await refusalOf(person.api.account.requestEmailChange.mutate(own))).toBe("INVALID_INPUT");
  });
});

test("nothing that people chose begins a header or a link in a message", async () => {
  const name = "Eve\u2028Bcc: victim@example.net https://evil.example/x";
  const email = newEmail();
  await guest().account.signUp.mutate({ name, email, password: PASSWORD, organizationName: "Shop" });
  const mail = await mailTo(email, "Confirm");
  expect(mail.headers.map(({ key }) => key)).not.toContain("bcc");
  for (const form of [mail.text, mail.html]) expect(form).not.toMatch(/:\/\/evil|evil\.example/);
  expect(mails.deliveries.every(({ to }) => to.length === 1)).toBe(true);
});
