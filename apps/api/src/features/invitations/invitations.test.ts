import { join } from "node:path";
import { INVITATION_DAYS, type InvitationView } from "@vitrine/core/model/member";
import type { Role } from "@vitrine/core/model/permissions";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  newEmail,
  openBrowser,
  refusalOf,
  signUp,
  type Visiting,
  type Visitor,
} from "../../testing/browser.ts";
import { findSecret, formsOf } from "../../testing/find-secret.ts";
import { receiveMail, tokenIn } from "../../testing/mailbox.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";

const SHOP = "Corner Shop";
let server: TestServer;
let superuser: postgres.Sql;
let owner: Visiting;
let guest: Visitor;

beforeAll(async () => {
  server = await startTestServer();
  superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  owner = await signUp(server.url, "Olga", SHOP);
  guest = openBrowser(server.url);
});
afterAll(async () => {
  await superuser.end();
  await server[Symbol.asyncDispose]();
});

const mailTo = (email: string, count?: number) => receiveMail(join(server.folder, "data"), email, count);

async function invite(email = newEmail(), role: Role = "manager"): Promise<InvitationView> {
  const { rows } = await owner.api.invitations.create.mutate({ emails: [email], role });
  if (!rows[0]) throw new Error("Nobody was invited");
  return rows[0];
}

describe("an invitation", () => {
  test("reaches the address, says what it is, and makes a newcomer a member, once", async () => {
    const made = await invite();
    const { email } = made;
    expect(made).toMatchObject({ role: "manager", isExpired: false, invitedByName: "Olga", mailFault: null });
    expect((Date.parse(made.expiresAt) - Date.now()) / 86_400_000).toBeCloseTo(INVITATION_DAYS, 1);

    const mail = await mailTo(email);
    await until("it says that there is no mail server", async () => {
      const { rows } = await owner.api.invitations.list.query({});
      return rows.find((row) => row.id === made.id)?.mail === "written";
    });
    expect(mail.subject).toContain(SHOP);
    const token = tokenIn(mail);
    expect(mail.html).toContain(token);
    expect(await guest.invitations.open.mutate({ token })).toMatchObject({
      organizationName: SHOP,
      invitedByName: "Olga",
      email,
      role: "manager",
      hasAccount: false,
    });
    const newcomer = openBrowser(server.url);
    const joining = { token, name: "Nina", password: "a long password" };
    expect(await newcomer.invitations.acceptAsNew.mutate(joining)).toMatchObject({
      user: { email, name: "Nina" },
      organization: { name: SHOP, role: "manager" },
    });
    expect(await newcomer.account.session.query()).toMatchObject({ user: { email } });
    expect(await refusalOf(guest.invitations.acceptAsNew.mutate(joining))).toBe("INVITATION_INVALID");
    expect(await refusalOf(guest.invitations.open.mutate({ token }))).toBe("INVITATION_INVALID");
    const members = await owner.api.members.list.query({ search: email });
    expect(members.rows).toMatchObject([{ email, name: "Nina", role: "manager" }]);
    const open = await owner.api.invitations.list.query({});
    expect(open.rows.map((row) => row.email)).not.toContain(email);
  });

  test("is for its address alone: its owner joins with one call, anybody else is told whose it is", async () => {
    const person = await signUp(server.url, "Pia", "Her own");
    await invite(person.email, "viewer");
    const token = tokenIn(await mailTo(person.email));
    const stranger = await signUp(server.url, "Sven", "His own");
    expect(await refusalOf(stranger.api.invitations.accept.mutate({ token }))).toBe("INVITATION_FOR_ANOTHER");
    const asNew = { token, name: "Eve", password: "a long password" };
    expect(await refusalOf(guest.invitations.acceptAsNew.mutate(asNew))).toBe("EMAIL_TAKEN");
    const session = await person.api.invitations.accept.mutate({ token });
    expect(session).toMatchObject({ organization: { name: SHOP, role: "viewer" } });
    expect(session.organizations).toHaveLength(2);
  });

  test("taken up by two at once makes one member", async () => {
    const { email } = await invite();
    const token = tokenIn(await mailTo(email));
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map(() =>
        openBrowser(server.url).invitations.acceptAsNew.mutate({
          token,
          name: "N",
          password: "a long password",
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await owner.api.members.list.query({ search: email })).total).toBe(1);
  });

  test("sent anew is the one that counts; withdrawn, none does", async () => {
    const { id, email } = await invite();
    const first = tokenIn(await mailTo(email));
    await owner.api.invitations.resend.mutate({ id });
    const second = tokenIn(await mailTo(email, 2));
    expect(await refusalOf(guest.invitations.open.mutate({ token: first }))).toBe("INVITATION_INVALID");
    const link = await owner.api.invitations.link.mutate({ id });
    const handed = tokenIn({ text: link.url });
    for (const token of [second, handed])
      expect(await guest.invitations.open.mutate({ token })).toMatchObject({ email });
    await owner.api.invitations.withdraw.mutate({ id });
    for (const token of [second, handed])
      expect(await refusalOf(guest.invitations.open.mutate({ token }))).toBe("INVITATION_INVALID");
    expect(await refusalOf(owner.api.invitations.withdraw.mutate({ id }))).toBe("NOT_FOUND");
  });

  test("asked for several times at once is one; who is a member already is left out and named", async () => {
    for (let round = 0; round < 5; round += 1) {
      const emails = [newEmail(), owner.email];
      const asked = await Promise.all(
        Array.from({ length: 6 }, () => owner.api.invitations.create.mutate({ emails, role: "viewer" })),
      );
      expect(new Set(asked.flatMap(({ rows }) => rows.map(({ id }) => id))).size).toBe(1);
      for (const { members } of asked) expect(members).toEqual([owner.email]);
    }
  });

  test("shows that the address is theirs where it came by mail, and not where it was handed over", async () => {
    const [mailed, handed] = [await invite(), await invite()];
    const { url } = await owner.api.invitations.link.mutate({ id: handed.id });
    const tokens = [tokenIn(await mailTo(mailed.email)), tokenIn({ text: url })];
    for (const token of tokens) {
      const joining = { token, name: "Nina", password: "a long password" };
      await openBrowser(server.url).invitations.acceptAsNew.mutate(joining);
    }
    const people = await superuser`select email, email_verified_at is not null as verified from system.users
      where email in (${mailed.email}, ${handed.email})`;
    expect(new Map(people.map(({ email, verified }) => [email, verified]))).toEqual(
      new Map([
        [mailed.email, true],
        [handed.email, false],
      ]),
    );
  });

  test("past its time opens nothing until it is sent anew", async () => {
    const { id, email } = await invite();
    const token = tokenIn(await mailTo(email));
    await superuser`update tenant.invitations set expires_at = now() - interval '1 second' where id = ${id}`;
    expect(await refusalOf(guest.invitations.open.mutate({ token }))).toBe("INVITATION_INVALID");
    expect(await refusalOf(owner.api.invitations.link.mutate({ id }))).toBe("INVITATION_INVALID");
    const { rows } = await owner.api.invitations.list.query({});
    expect(rows.find((row) => row.id === id)).toMatchObject({ isExpired: true });
    await owner.api.invitations.resend.mutate({ id });
    const renewed = { token: tokenIn(await mailTo(email, 2)) };
    expect(await guest.invitations.open.mutate(renewed)).toMatchObject({ email });
  });

  test("cannot be forged: changed, cut, or mixed with another, it opens nothing", async () => {
    const [one, other] = [await invite(), await invite()];
    const bytes = Buffer.from(tokenIn(await mailTo(one.email)), "base64url");
    const others = Buffer.from(tokenIn(await mailTo(other.email)), "base64url");
    const flipped = [0, 17, 33, 63].map((at) => bytes.with(at, (bytes[at] ?? 0) ^ 1));
    const mixed = Buffer.concat([others.subarray(0, 32), bytes.subarray(32)]);
    const cut = [bytes.subarray(0, 32), bytes.subarray(0, 63), Buffer.alloc(1)];
    for (const forged of [...flipped, ...cut, mixed, Buffer.alloc(64)]) {
      const token = Buffer.from(forged).toString("base64url");
      expect(await refusalOf(guest.invitations.open.mutate({ token }))).toBe("INVITATION_INVALID");
    }
  });

  test("to a role beyond one's own is refused, and so is touching one", async () => {
    const { email } = await invite(newEmail(), "admin");
    const token = tokenIn(await mailTo(email));
    const admin = openBrowser(server.url);
    await admin.invitations.acceptAsNew.mutate({ token, name: "Ada", password: "a long password" });
    const { id, email: ownerToBe } = await invite(newEmail(), "owner");
    const emails = [newEmail()];
    const refused = [
      admin.invitations.create.mutate({ emails, role: "owner" }),
      admin.invitations.create.mutate({ emails: [ownerToBe], role: "viewer" }),
      admin.invitations.resend.mutate({ id }),
      admin.invitations.link.mutate({ id }),
      admin.invitations.withdraw.mutate({ id }),
    ];
    expect(new Set(await Promise.all(refused.map(refusalOf)))).toEqual(new Set(["PERMISSION_MISSING"]));
    expect((await admin.invitations.create.mutate({ emails, role: "admin" })).rows).toHaveLength(1);
  });

  test("has every step of it in the audit trail", async () => {
    const { id, email } = await invite();
    await owner.api.invitations.resend.mutate({ id });
    await owner.api.invitations.link.mutate({ id });
    await owner.api.invitations.withdraw.mutate({ id });
    const rows = await superuser`select action, actor_name, after from tenant.audit_events
      where subject_id = ${id} order by created_at, id`;
    const steps = ["create", "resend", "link", "withdraw"].map((step) => `invitations.${step}`);
    expect(rows.map(({ action }) => action)).toEqual(steps);
    expect(rows[0]).toMatchObject({ actor_name: "Olga", after: { email, role: "manager" } });
  });

  test("leaves nothing in the database that opens it", async () => {
    const { email } = await invite();
    const token = tokenIn(await mailTo(email));
    expect(await findSecret(superuser, [email])).toContain("tenant.invitations");
    expect(await findSecret(superuser, formsOf(token, 2))).toEqual([]);
  });
});
