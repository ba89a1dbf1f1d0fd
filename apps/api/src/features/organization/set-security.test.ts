import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newEmail, openBrowser, refusalOf, signUp, type Visiting } from "../../testing/browser.ts";
import { receiveMail, tokenIn } from "../../testing/mailbox.ts";
import { memberOf } from "../../testing/member.ts";
import { makeMeddler, PASSWORD } from "../../testing/second-factor-person.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";

let server: TestServer;
let meddler: ReturnType<typeof makeMeddler>;
let owner: Visiting;
beforeAll(async () => {
  server = await startTestServer();
  meddler = makeMeddler(server);
});
afterAll(async () => {
  await meddler[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  owner = await signUp(server.url, "Olga", "Strict");
});
const mailTo = (email: string) => receiveMail(join(server.folder, "data"), email);
const at = (domain: string) => `${crypto.randomUUID()}@${domain}`;
const setSecurity = (input: Parameters<Visiting["api"]["organization"]["setSecurity"]["mutate"]>[0]) =>
  owner.api.organization.setSecurity.mutate(input);

/** All sessions of a person were not used for so many minutes. */
async function rest({ userId }: Visiting, minutes: number): Promise<void> {
  await meddler.sql`update system.sessions set last_seen_at = now() - ${minutes} * interval '1 minute'
    where user_id = ${userId}`;
  server.services.sessions.forget(userId);
}

test("addresses of other domains are neither invited nor let in, and members do not move to them", async () => {
  const invited = newEmail();
  const { rows } = await owner.api.invitations.create.mutate({ emails: [invited], role: "viewer" });
  const id = rows[0]?.id ?? "";
  const token = tokenIn(await mailTo(invited));
  const member = await memberOf(server, owner, "viewer");
  const done = await setSecurity({
    allowedEmailDomains: ["Shop.example", "shop.example", "eu.shop.example"],
  });
  expect(done.allowedEmailDomains).toEqual(["eu.shop.example", "shop.example"]);

  const invite = (email: string) =>
    owner.api.invitations.create.mutate({ emails: [at("shop.example"), email], role: "viewer" });
  for (const domain of ["example.com", "us.shop.example", "shop.example.com", "notshop.example"])
    expect(await refusalOf(invite(at(domain)))).toBe("EMAIL_DOMAIN_REFUSED");
  await invite(at("EU.SHOP.example"));
  expect(await refusalOf(owner.api.invitations.resend.mutate({ id }))).toBe("EMAIL_DOMAIN_REFUSED");
  const joining = { token, name: "Nina", password: PASSWORD };
  const join = () => openBrowser(server.url).invitations.acceptAsNew.mutate(joining);
  expect(await refusalOf(join())).toBe("EMAIL_DOMAIN_REFUSED");
  expect((await owner.api.members.list.query({ search: invited })).total).toBe(0);

  const change = (email: string) =>
    member.api.account.requestEmailChange.mutate({ email, currentPassword: "a long password" });
  expect(await refusalOf(change(at("example.org")))).toBe("EMAIL_DOMAIN_REFUSED");
  const moved = at("shop.example");
  await change(moved);
  const link = tokenIn(await mailTo(moved), "confirm-email");
  await setSecurity({ allowedEmailDomains: ["elsewhere.example"] });
  expect(await refusalOf(member.api.account.confirmEmail.mutate({ token: link }))).toBe(
    "EMAIL_DOMAIN_REFUSED",
  );
  await setSecurity({ allowedEmailDomains: ["shop.example"] });
  expect(await member.api.account.confirmEmail.mutate({ token: link })).toEqual({ email: moved });

  const outside = await owner.api.members.list.query({ isOutside: true });
  expect(outside.rows.map(({ email }) => email)).toEqual([owner.email]);
  await setSecurity({ allowedEmailDomains: [] });
  expect((await owner.api.members.list.query({ isOutside: true })).total).toBe(0);
  await join();
});

test.each([
  [{ allowedEmailDomains: ["no domain"] }],
  [{ allowedEmailDomains: ["@shop.example"] }],
  [{ allowedEmailDomains: Array.from({ length: 51 }, (_, index) => `d${index}.example`) }],
  [{ sessionIdleMinutes: 14 }],
  [{ sessionIdleMinutes: 1441 }],
  [{ sessionHours: 0 }],
  [{ sessionHours: 721 }],
])("%j is refused", async (input) => {
  expect(await refusalOf(setSecurity(input))).toBe("INVALID_INPUT");
});

test("a session older than an organization's limit signs in again before it acts there, and elsewhere acts on", async () => {
  await setSecurity({ sessionHours: 2 });
  const strict = (await owner.api.organization.get.query()).id;
  const { organization } = await owner.api.organization.create.mutate({ name: "Free" });
  const free = organization?.id ?? "";
  await owner.api.organization.select.mutate({ organizationId: strict });
  await meddler.age(owner.userId, 2 * 3600 - 60);
  await owner.api.playlists.list.query({});
  await meddler.age(owner.userId, 2 * 3600 + 60);
  expect(await refusalOf(owner.api.playlists.list.query({}))).toBe("SIGN_IN_AGAIN");
  expect(await refusalOf(owner.api.playlists.create.mutate({ name: "No" }))).toBe("SIGN_IN_AGAIN");
  expect((await owner.api.account.session.query())?.organization).toMatchObject({
    mustSignInAgain: true,
    permissions: [],
  });
  await owner.api.organization.select.mutate({ organizationId: free });
  await owner.api.playlists.create.mutate({ name: "Elsewhere" });
  await owner.api.organization.select.mutate({ organizationId: strict });
  expect(await refusalOf(owner.api.account.stepUp.mutate({ password: "not it" }))).toBe("WRONG_PASSWORD");
  expect(await refusalOf(owner.api.playlists.list.query({}))).toBe("SIGN_IN_AGAIN");
  await owner.api.account.stepUp.mutate({ password: PASSWORD });
  await owner.api.playlists.list.query({});
});

test("one that was idle for longer than its limit does so too, however it is used afterwards", async () => {
  await setSecurity({ sessionIdleMinutes: 30 });
  await rest(owner, 29);
  await owner.api.playlists.list.query({});
  await rest(owner, 31);
  for (let time = 0; time < 3; time += 1) {
    expect(await refusalOf(owner.api.playlists.list.query({}))).toBe("SIGN_IN_AGAIN");
    server.services.sessions.forget(owner.userId);
  }
  await owner.api.account.stepUp.mutate({ password: PASSWORD });
  await owner.api.playlists.list.query({});
  await setSecurity({ sessionIdleMinutes: null });
  await rest(owner, 600);
  await owner.api.playlists.list.query({});
});

test("keys know nothing of sessions, and what was changed is on record", async () => {
  const { secret } = await owner.api.apiKeys.create.mutate({ name: "Reader", grants: ["playlists.view"] });
  await setSecurity({ sessionHours: 1, sessionIdleMinutes: 15 });
  await meddler.age(owner.userId, 7200);
  const read = await fetch(`${server.url}/trpc/playlists.list?input=%7B%7D`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  expect(read.status).toBe(200);
  const rows = await meddler.sql`select before, after from tenant.audit_events
    where action = 'organization.setSecurity' and actor_id = ${owner.userId}`;
  expect(rows).toEqual([
    {
      before: { allowedEmailDomains: [], sessionIdleMinutes: null, sessionHours: null },
      after: { allowedEmailDomains: [], sessionIdleMinutes: 15, sessionHours: 1 },
    },
  ]);
});
