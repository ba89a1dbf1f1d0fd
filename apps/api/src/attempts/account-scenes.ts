import { randomUUID } from "node:crypto";
import type { LinkPurpose } from "@vitrine/core/model/account";
import type postgres from "postgres";
import { accountLinkUrl } from "../auth/account-links.ts";
import { signUpToken } from "../auth/sign-up-tokens.ts";
import { codeOf } from "../testing/authenticator.ts";
import { newEmail, openBrowser, type Visiting } from "../testing/browser.ts";
import { newcomer, type Scene } from "../testing/scenes.ts";
import { atSecondStep, PASSWORD, turnOn } from "../testing/second-factor-person.ts";
import type { TestServer } from "../testing/test-server.ts";
import { makeTusClient } from "../testing/tus-client.ts";

type Jar = Map<string, string>;
const NEW_PASSWORD = "correct horse battery staple";

/** Scenes of people by themselves, and of what jobs have to leave as it is. Each makes a person of its own. */
export function makeAccountScenes(server: TestServer, superuser: postgres.Sql): Record<string, Scene> {
  const { authDatabase, mac } = server.services;
  const alone =
    (input: (person: Visiting) => unknown): Scene =>
    async () => {
      const person = await signedUp();
      return { input: await input(person), cookie: cookieOf(person.jar) };
    };
  const holder =
    (purpose: LinkPurpose, input: object = {}): Scene =>
    async () => {
      const person = await signedUp();
      const email = purpose === "changeEmail" ? newEmail() : person.email;
      const token = await linkOf(purpose, { userId: person.userId, email });
      return { input: { token, ...input }, cookie: cookieOf(person.jar) };
    };
  const signUpLink = () => {
    const email = newEmail();
    return { email, token: signUpToken(mac, { email, askedAt: new Date() }) };
  };
  const twice = async () => {
    const person = await signedUp();
    await openBrowser(server.url).account.signIn.mutate({ email: person.email, password: PASSWORD });
    return person;
  };
  const factored = async () => {
    const person = await signedUp();
    return { ...person, ...(await turnOn(person)) };
  };

  return {
    "account.requestSignUp": async () => ({ input: { email: newEmail() }, cookie: "" }),
    "account.openSignUp": async () => ({ input: { token: signUpLink().token }, cookie: "" }),
    "account.signUp": async () => ({ input: { ...newcomer(), ...signUpLink() }, cookie: "" }),
    "account.signIn": async () => {
      const { email } = await signedUp();
      return { input: { email, password: PASSWORD }, cookie: "" };
    },
    "account.completeSignIn": async () => {
      const { email, recoveryCodes } = await factored();
      const { jar } = await atSecondStep(server, email);
      return { input: { code: recoveryCodes[0] }, cookie: cookieOf(jar) };
    },
    "account.stepUp": async () => {
      const { jar, key } = await factored();
      return { input: { password: PASSWORD, code: codeOf(key, 1) }, cookie: cookieOf(jar) };
    },
    "account.signOut": alone(() => ({})),
    "account.changePassword": alone(() => ({ currentPassword: PASSWORD, newPassword: NEW_PASSWORD })),
    "account.updateProfile": alone(() => ({ name: "Another" })),
    "account.requestPasswordReset": async () => ({ input: { email: newEmail() }, cookie: "" }),
    "account.openPasswordReset": holder("resetPassword"),
    "account.resetPassword": holder("resetPassword", { password: NEW_PASSWORD }),
    "account.sendVerification": alone(() => ({})),
    "account.requestEmailChange": alone(() => ({ email: newEmail(), currentPassword: PASSWORD })),
    "account.openEmailLink": holder("changeEmail"),
    "account.confirmEmail": holder("changeEmail"),
    "account.revokeSession": async () => {
      const { api, jar } = await twice();
      const { rows } = await api.account.sessions.query();
      return { input: { id: rows.find(({ isThis }) => !isThis)?.id }, cookie: cookieOf(jar) };
    },
    "account.revokeOtherSessions": async () => ({ input: {}, cookie: cookieOf((await twice()).jar) }),
    "secondFactor.begin": alone(() => undefined),
    "secondFactor.confirm": alone(async ({ api }) => {
      const { key } = await api.secondFactor.begin.mutate();
      return { code: codeOf(key) };
    }),
    "secondFactor.renewRecoveryCodes": async () => ({
      input: undefined,
      cookie: cookieOf((await factored()).jar),
    }),
    "secondFactor.turnOff": async () => ({ input: undefined, cookie: cookieOf((await factored()).jar) }),
    "organization.select": alone(async ({ api }) => {
      const before = await api.account.session.query();
      await api.organization.create.mutate({ name: "Another" });
      return { organizationId: before?.organization?.id };
    }),
    "assets.retry": async ({ cookie }) => {
      const { upload } = makeTusClient(server.url, { cookie });
      const id = await upload(Buffer.from("no picture"), { filename: "broken.png" });
      await superuser`update tenant.assets set state = 'failed', fault = 'damaged' where id = ${id}`;
      return { input: { id } };
    },
  };

  async function signedUp(): Promise<Visiting & { jar: Jar }> {
    const jar: Jar = new Map();
    const api = openBrowser(server.url, jar);
    const input = newcomer();
    const { user } = await api.account.signUp.mutate(input);
    return { api, jar, email: input.email, userId: user.id };
  }

  /** The secret of a link that a job would have sent. */
  async function linkOf(purpose: LinkPurpose, whose: { userId: string; email: string }): Promise<string> {
    const id = randomUUID();
    const [requestedAt, expiresAt] = [new Date(), new Date(Date.now() + 3_600_000)];
    await authDatabase.issueLink({ id, purpose, requestedAt, expiresAt, ...whose });
    return new URL(accountLinkUrl(mac, server.url, { id, purpose, email: whose.email })).hash.slice(1);
  }
}

function cookieOf(jar: Jar): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}
