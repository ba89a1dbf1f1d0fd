import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { describe, expect, test } from "vitest";
import { isUniqueViolation } from "../database/errors.ts";
import { hash, inHours, withAuthDatabase } from "../testing/auth-world.ts";
import { makeOrganization } from "../testing/seed.ts";
import type { AuthDatabase, NewSession } from "./auth-database.ts";
import type { AccountTrace, NewLink } from "./open-auth-database.ts";

let auth: AuthDatabase;
let superuser: postgres.Sql;
withAuthDatabase((world) => {
  ({ auth, superuser } = world);
});

async function makeUser(email = `${randomUUID()}@example.org`): Promise<string> {
  const id = randomUUID();
  await superuser`insert into system.users (id, email, name, password_hash) values (${id}, ${email}, 'Ada', 'x')`;
  return id;
}

async function join(organizationId: string, userId: string, role = "owner"): Promise<void> {
  await superuser`insert into tenant.memberships (organization_id, user_id, role) values (${organizationId}, ${userId}, ${role})`;
}

function sessionOf(userId: string, changes: Partial<NewSession> = {}): NewSession {
  return {
    id: randomUUID(),
    tokenHash: hash(randomUUID()),
    userId,
    organizationId: null,
    expiresAt: inHours(1),
    absoluteExpiresAt: inHours(24),
    userAgent: "Firefox",
    remoteAddress: "192.0.2.1",
    ...changes,
  };
}

function traceOf(
  kind: AccountTrace["kind"] = "passwordChanged",
  mails: AccountTrace["mails"] = [],
): AccountTrace {
  return { kind, remoteAddress: "192.0.2.1", userAgent: "Firefox", detail: {}, mails };
}

function linkOf(userId: string, changes: Partial<NewLink> = {}): NewLink {
  return {
    id: randomUUID(),
    userId,
    purpose: "resetPassword",
    email: "lin@example.org",
    requestedAt: inHours(0),
    expiresAt: inHours(1),
    ...changes,
  };
}

describe("users", () => {
  test("are found by e-mail and id, with their password's hash, and by nothing else", async () => {
    const id = await makeUser("ada@example.org");
    const found = await auth.findUserByEmail("ada@example.org");
    expect(found).toMatchObject({ id, name: "Ada", passwordHash: "x", isActive: true });
    expect(await auth.findUser(id)).toEqual(found);
    expect(await auth.findUserByEmail("eve@example.org")).toBeUndefined();
    expect(await auth.findCredentials("ada@example.org", "none")).toEqual(found);
    expect(await auth.findCredentials("eve@example.org", "none")).toMatchObject({
      email: "eve@example.org",
      passwordHash: "none",
      isActive: false,
    });
  });

  test("have their password and name changed", async () => {
    const id = await makeUser();
    await auth.setPassword({ userId: id, passwordHash: "new", exceptTokenHash: null, trace: traceOf() });
    await auth.updateProfile(id, "Ada L.");
    expect(await auth.findUser(id)).toMatchObject({ passwordHash: "new", name: "Ada L." });
  });
});

describe("what is done in one transaction", () => {
  test("is there as a whole, or not at all where any of it fails", async () => {
    const id = await makeUser();
    const [kept, undone] = [sessionOf(id), sessionOf(id)];
    const name = await auth.inTransaction(async (together) => {
      await together.updateProfile(id, "Ada L.");
      await together.createSession(kept, 9);
      return (await together.findUser(id))?.name;
    });
    expect(name).toBe("Ada L.");
    const failing = auth.inTransaction(async (together) => {
      await together.updateProfile(id, "Nobody");
      await together.createSession(undone, 9);
      await together.createSession(kept, 9);
    });
    await expect(failing).rejects.toMatchObject({ code: "23505" });
    expect(await auth.findUser(id)).toMatchObject({ name: "Ada L." });
    expect(await auth.findSession(kept.tokenHash)).toBeDefined();
    expect(await auth.findSession(undone.tokenHash)).toBeUndefined();
  });
});

describe("links", () => {
  const remove = (userId: string) => superuser`delete from system.users where id = ${userId}`;

  test("are one of each purpose, the one asked for last, whatever order they are made in", async () => {
    const userId = await makeUser("lin@example.org");
    const [former, newer] = [linkOf(userId, { requestedAt: inHours(-0.2) }), linkOf(userId)];
    expect(await auth.issueLink(newer)).toEqual(newer.expiresAt);
    expect(await auth.issueLink(former)).toBeNull();
    expect(await auth.findLink(newer.id)).toMatchObject({ userId, email: "lin@example.org", name: "Ada" });
    const newest = linkOf(userId, { requestedAt: inHours(0.1) });
    expect(await auth.issueLink(newest)).toEqual(newest.expiresAt);
    expect(await auth.issueLink({ ...newest, expiresAt: inHours(9) })).toEqual(newest.expiresAt);
    expect(await auth.findLink(newer.id)).toBeUndefined();
    const other = linkOf(userId, { purpose: "verifyEmail" });
    await auth.issueLink(other);
    expect(await auth.findLink(newest.id)).toBeDefined();
    await remove(userId);
  });

  test("set a password once, end every session and every link, and no late job makes one again", async () => {
    const userId = await makeUser("lin@example.org");
    const session = sessionOf(userId);
    await auth.createSession(session, 9);
    const [link, other] = [
      linkOf(userId),
      linkOf(userId, { purpose: "changeEmail", email: "l@example.org" }),
    ];
    for (const one of [link, other]) await auth.issueLink(one);
    const resets = await Promise.all([1, 2].map(() => auth.resetPassword(link.id, "new", traceOf())));
    expect(resets.sort()).toEqual([false, true]);
    expect(await auth.findUser(userId)).toMatchObject({ passwordHash: "new" });
    expect(await auth.findSession(session.tokenHash)).toBeUndefined();
    expect(await auth.findLink(other.id)).toBeUndefined();
    expect(await auth.issueLink(link)).toBeNull();
    expect(await auth.issueLink(linkOf(userId, { requestedAt: inHours(-0.1) }))).toBeNull();
    await remove(userId);
  });

  test("past their time, of another purpose, or of an address that was left, do nothing", async () => {
    const userId = await makeUser("lin@example.org");
    const late = linkOf(userId, { expiresAt: inHours(-1) });
    const verifying = linkOf(userId, { purpose: "verifyEmail" });
    for (const one of [late, verifying]) await auth.issueLink(one);
    for (const { id } of [late, verifying])
      expect(await auth.resetPassword(id, "new", traceOf())).toBe(false);
    expect(await auth.confirmEmail(late.id, traceOf())).toBe(false);
    await superuser`update system.users set email = 'moved@example.org' where id = ${userId}`;
    expect(await auth.findLink(verifying.id)).toBeUndefined();
    expect(await auth.confirmEmail(verifying.id, traceOf())).toBe(false);
    expect(await auth.findUser(userId)).toMatchObject({ passwordHash: "x" });
    await remove(userId);
  });

  test("make an address theirs, once, unless somebody else has it by now", async () => {
    const userId = await makeUser("lin@example.org");
    const link = linkOf(userId, { purpose: "changeEmail", email: "new@example.org" });
    await auth.issueLink(link);
    const other = await makeUser("new@example.org");
    const error: unknown = await auth.confirmEmail(link.id, traceOf()).catch((reason: unknown) => reason);
    expect(isUniqueViolation(error, "users_email")).toBe(true);
    await remove(other);
    expect(await auth.confirmEmail(link.id, traceOf())).toBe(true);
    expect(await auth.confirmEmail(link.id, traceOf())).toBe(false);
    expect(await auth.findUserByEmail("new@example.org")).toMatchObject({ id: userId });
    await remove(userId);
  });
});

describe("events of an account", () => {
  test("are listed newest first, by page, and their messages are put into the queue with them", async () => {
    const userId = await makeUser();
    const mail = { kind: "notice", mark: randomUUID() };
    await auth.noteAccountEvent(userId, traceOf("signedIn"));
    // Instants are kept to the millisecond.
    await superuser`update system.account_events set at = at - interval '1 ms' where user_id = ${userId}`;
    await auth.noteAccountEvent(userId, traceOf("passwordChanged", [mail]));
    const [newest] = await auth.listAccountEvents(userId, { before: undefined, limit: 1 });
    expect(newest).toMatchObject({ kind: "passwordChanged", total: 2, userAgent: "Firefox" });
    expect(await auth.listAccountEvents(userId, { before: newest, limit: 5 })).toMatchObject([
      { kind: "signedIn" },
    ]);
    const jobs = await superuser`select data from pgboss.job where data->>'mark' = ${mail.mark}`;
    expect(jobs).toEqual([{ data: mail }]);
  });

  test("hold 50 failed sign-ins a day, and everything else", async () => {
    const userId = await makeUser();
    const failure = { userId, trace: traceOf("signInFailed"), at: new Date(Date.now() - 5000) };
    await auth.noteFailedSignIns([{ ...failure, userId: randomUUID() }, ...Array(40).fill(failure)]);
    await auth.noteFailedSignIns(Array(20).fill(failure));
    await auth.noteAccountEvent(userId, traceOf("signedIn"));
    const events = await auth.listAccountEvents(userId, { before: undefined, limit: 200 });
    expect(events.map(({ kind }) => kind)).toEqual(["signedIn", ...Array(50).fill("signInFailed")]);
    expect(events[1]?.at).toEqual(failure.at);
  });
});

test("browsers are known to whoever signed in from them, the last used ones", async () => {
  const email = `${randomUUID()}@example.org`;
  const userId = await makeUser(email);
  const [one, two, three] = [hash("one"), hash("two"), hash("three")];
  expect(await auth.isKnownDevice(email, one)).toBe(false);
  expect(await auth.rememberDevice(userId, one, 2)).toBe("first");
  expect(await auth.rememberDevice(userId, two, 2)).toBe("new");
  await superuser`update system.known_devices set last_seen_at = now() - interval '1 day' where token_hash = ${two}`;
  expect(await auth.rememberDevice(userId, one, 2)).toBe("known");
  expect(await auth.rememberDevice(userId, three, 2)).toBe("new");
  expect(await auth.isKnownDevice(email, one)).toBe(true);
  expect(await auth.isKnownDevice(email, two)).toBe(false);
  expect(await auth.isKnownDevice("eve@example.org", one)).toBe(false);
});

describe("sessions", () => {
  test("take another secret and are the same session; beyond the most, that not used for longest ends", async () => {
    const userId = await makeUser();
    const session = sessionOf(userId);
    await auth.createSession(session, 2);
    const fresh = hash(randomUUID());
    const former = await auth.findSession(session.tokenHash);
    const renewal = { tokenHash: session.tokenHash, newTokenHash: fresh, isSteppedUp: false };
    expect(await auth.renewSession(renewal)).toEqual(session.absoluteExpiresAt);
    expect(await auth.findSession(session.tokenHash)).toBeUndefined();
    const renewed = await auth.findSession(fresh);
    expect(renewed?.session.id).toBe(session.id);
    expect(renewed?.session.steppedUpAt).toEqual(former?.session.steppedUpAt);
    expect(await auth.renewSession({ ...renewal, newTokenHash: hash("x") })).toBeNull();
    await superuser`update system.sessions set last_seen_at = now() - interval '1 hour' where id = ${session.id}`;
    for (let time = 0; time < 2; time += 1) await auth.createSession(sessionOf(userId), 2);
    expect(await auth.findSession(fresh)).toBeUndefined();
    expect(await auth.listSessions(userId)).toHaveLength(2);
  });

  test("give the user and the organizations where the membership is active, by name", async () => {
    const userId = await makeUser();
    const north = await makeOrganization(superuser, "North");
    const south = await makeOrganization(superuser, "South");
    const left = await makeOrganization(superuser, "Left");
    const closed = await makeOrganization(superuser, "Closed");
    await superuser`insert into system.organization_slugs values ('north', ${north})`;
    for (const [id, role] of [
      [south, "viewer"],
      [north, "owner"],
      [left, "owner"],
      [closed, "owner"],
    ] as const) {
      await join(id, userId, role);
    }
    await superuser`update tenant.memberships set is_active = false where organization_id = ${left}`;
    await superuser`update tenant.organizations set is_active = false where organization_id = ${closed}`;
    const session = sessionOf(userId, { organizationId: north });
    await auth.createSession(session, 9);
    const found = await auth.findSession(session.tokenHash);
    const plain = {
      timeZone: "UTC",
      grants: [],
      businesses: null,
      isSecondFactorRequired: false,
      sessionIdleMinutes: null,
      sessionHours: null,
      brandColor: null,
      hasLogo: false,
    };
    expect(found?.organizations).toEqual([
      { organizationId: north, name: "North", slug: "north", role: "owner", ...plain },
      { organizationId: south, name: "South", slug: "", role: "viewer", ...plain },
    ]);
    expect(found?.user).toMatchObject({ id: userId, name: "Ada" });
    expect(found?.session).toMatchObject({ ...session, createdAt: expect.any(Date) });
  });

  test("are gone past either expiry, and with their user's standing", async () => {
    const userId = await makeUser();
    const slid = sessionOf(userId, { expiresAt: inHours(-1) });
    const over = sessionOf(userId, { expiresAt: inHours(1), absoluteExpiresAt: inHours(-1) });
    const live = sessionOf(userId);
    for (const one of [slid, over, live]) await auth.createSession(one, 9);
    expect(await auth.findSession(slid.tokenHash)).toBeUndefined();
    expect(await auth.findSession(over.tokenHash)).toBeUndefined();
    expect(await auth.findSession(live.tokenHash)).toBeDefined();
    await superuser`update system.users set is_active = false where id = ${userId}`;
    expect(await auth.findSession(live.tokenHash)).toBeUndefined();
  });

  test("move their expiry when used, never past the absolute one", async () => {
    const session = sessionOf(await makeUser(), { expiresAt: inHours(1), absoluteExpiresAt: inHours(3) });
    await auth.createSession(session, 9);
    await auth.touchSession(session.tokenHash, inHours(2));
    expect((await auth.findSession(session.tokenHash))?.session.expiresAt.getTime()).toBeGreaterThan(
      inHours(1.9).getTime(),
    );
    await auth.touchSession(session.tokenHash, inHours(9));
    expect((await auth.findSession(session.tokenHash))?.session.expiresAt).toEqual(session.absoluteExpiresAt);
  });

  test("select an organization only with an active membership there", async () => {
    const userId = await makeUser();
    const mine = await makeOrganization(superuser, "Mine");
    const other = await makeOrganization(superuser, "Other");
    await join(mine, userId);
    const session = sessionOf(userId);
    await auth.createSession(session, 9);
    expect(await auth.selectOrganization(session.tokenHash, other)).toBe(false);
    expect(await auth.selectOrganization(session.tokenHash, mine)).toBe(true);
    expect((await auth.findSession(session.tokenHash))?.session.organizationId).toBe(mine);
  });

  test("end one by one, by their public id only for their own user, and all but one", async () => {
    const [userId, otherId] = [await makeUser(), await makeUser()];
    const [one, two, three] = [sessionOf(userId), sessionOf(userId), sessionOf(userId)];
    for (const session of [one, two, three]) await auth.createSession(session, 9);
    expect(await auth.deleteSessionById(otherId, one.id)).toBe(false);
    expect(await auth.listSessions(userId)).toHaveLength(3);
    expect(await auth.deleteSessionById(userId, one.id)).toBe(true);
    expect(await auth.deleteSessionsOfUser(userId, two.tokenHash)).toBe(1);
    expect((await auth.listSessions(userId)).map(({ id }) => id)).toEqual([two.id]);
    await auth.deleteSession(two.tokenHash);
    expect(await auth.listSessions(userId)).toEqual([]);
  });

  test("keep how long they were not used at most until password and second factor are given", async () => {
    const session = sessionOf(await makeUser());
    await auth.createSession(session, 9);
    const idle = async () => (await auth.findSession(session.tokenHash))?.session.longestIdleSeconds;
    const rest = (minutes: number) =>
      superuser`update system.sessions set last_seen_at = now() - ${minutes} * interval '1 minute' where id = ${session.id}`;
    expect(await idle()).toBe(0);
    for (const minutes of [40, 5]) {
      await rest(minutes);
      await auth.touchSession(session.tokenHash, session.expiresAt);
    }
    expect(await idle()).toBe(2400);
    const newTokenHash = randomUUID();
    await auth.renewSession({ tokenHash: session.tokenHash, newTokenHash, isSteppedUp: false });
    expect((await auth.findSession(newTokenHash))?.session.longestIdleSeconds).toBe(2400);
    await auth.renewSession({ tokenHash: newTokenHash, newTokenHash: session.tokenHash, isSteppedUp: true });
    expect(await idle()).toBe(0);
  });
});
