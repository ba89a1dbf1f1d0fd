import { join } from "node:path";
import type { NotificationKind } from "@vitrine/core/model/notifications";
import type { OwnLimits } from "@vitrine/core/model/plan";
import { organizationScope } from "@vitrine/db/scope";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newEmail, openBrowser, refusalOf, signUp, type Visiting } from "../../testing/browser.ts";
import { readMails } from "../../testing/mailbox.ts";
import { memberOf } from "../../testing/member.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";
import { takeRoomInPlan } from "../plan/room.ts";
import { setPlan } from "../plan/set-plan.ts";
import type { Notification } from "./notification.ts";
import { sendNotification } from "./send-notification.ts";

let server: TestServer;
let superuser: postgres.Sql;
let olga: Visiting;
beforeAll(async () => {
  server = await startTestServer();
  superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await superuser.end();
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  olga = await signUp(server.url, "Olga", "Shop");
});

const organizationOf = async ({ api }: Visiting) => (await api.organization.get.query()).id;

/** Messages of this kind that somebody got, once none is under way any more. */
async function mailsTo({ email }: Pick<Visiting, "email">) {
  server.services.queue.wake("send-mail");
  await until("no message is under way", async () => {
    const open = await superuser`select from pgboss.job
      where name = 'send-mail' and state in ('created', 'active', 'retry')`;
    return open.length === 0;
  });
  const mails = await readMails(join(server.folder, "data"), email);
  return mails.filter(({ text }) => text?.includes("/settings/notifications"));
}
const toldTo = async (person: Pick<Visiting, "email">) =>
  (await mailsTo(person)).map(({ subject }) => subject ?? "").sort();

describe("members are told", () => {
  test("that an invitation was accepted, who invited and nobody else; who left is told to those who run it, but not to who did it", async () => {
    const stranger = await signUp(server.url, "Sven", "Another");
    const ada = await memberOf(server, olga, "admin", "Ada");
    const ben = await memberOf(server, ada, "viewer", "Ben");
    expect(await toldTo(olga)).toEqual(["Ada joined Shop"]);
    expect(await toldTo(ada)).toEqual(["Ben joined Shop"]);
    const [mail] = await mailsTo(ada);
    expect(mail?.text).toContain(`E-mail: ${ben.email.replaceAll(/([.@])/g, "$1\u200b")}`);
    expect(mail?.text).toContain("/settings/people");

    const cleo = await memberOf(server, ada, "manager", "Cleo");
    await ada.api.members.remove.mutate({ userId: ben.userId });
    await cleo.api.members.leave.mutate();
    expect(await toldTo(olga)).toEqual(["Ada joined Shop", "Ben was removed from Shop", "Cleo left Shop"]);
    expect(await toldTo(ada)).toEqual(["Ben joined Shop", "Cleo joined Shop", "Cleo left Shop"]);
    for (const other of [ben, cleo, stranger]) expect(await toldTo(other)).toEqual([]);
  });

  test("nothing when they themselves left, and once where they invited and are still here", async () => {
    const ada = await memberOf(server, olga, "admin", "Ada");
    const [first, second] = [newEmail(), newEmail()];
    for (const emails of [[first], [second]])
      await ada.api.invitations.create.mutate({ emails, role: "viewer" });
    const accept = async (email: string, name: string) => {
      const { rows } = await olga.api.invitations.list.query({});
      const id = rows.find((one) => one.email === email)?.id ?? "";
      const { url } = await olga.api.invitations.link.mutate({ id });
      const joining = { token: new URL(url).hash.slice(1), name, password: "a long password" };
      await openBrowser(server.url).invitations.acceptAsNew.mutate(joining);
    };
    await accept(first, "Ben");
    await ada.api.members.leave.mutate();
    await accept(second, "Cleo");
    expect(await toldTo(ada)).toEqual(["Ben joined Shop"]);
    expect(await toldTo(olga)).toEqual(["Ada joined Shop", "Ada left Shop"]);
  });
});

describe("what is switched off", () => {
  test("by the organization reaches nobody, by a member not them alone; both say so, and it is recorded", async () => {
    const ada = await memberOf(server, olga, "admin", "Ada");
    const leave = async (name: string) =>
      (await memberOf(server, olga, "viewer", name)).api.members.leave.mutate();
    expect(await ada.api.members.muteNotifications.mutate({ muted: ["memberLeft", "memberLeft"] })).toEqual({
      organization: [],
      own: ["memberLeft"],
    });
    expect(await olga.api.members.notifications.query()).toEqual({ organization: [], own: [] });
    await leave("Ben");
    const changed = await ada.api.organization.update.mutate({ mutedNotifications: ["invitationAccepted"] });
    expect(changed.mutedNotifications).toEqual(["invitationAccepted"]);
    await leave("Cleo");
    // What is under way when it is switched off is not sent.
    expect(await toldTo(olga)).toContain("Cleo left Shop");
    await ada.api.organization.update.mutate({ mutedNotifications: ["memberLeft"] });
    expect(await ada.api.members.notifications.query()).toEqual({
      organization: ["memberLeft"],
      own: ["memberLeft"],
    });
    await leave("Dora");
    expect(await toldTo(ada)).toEqual([]);
    expect(await toldTo(olga)).toEqual([
      "Ada joined Shop",
      "Ben joined Shop",
      "Ben left Shop",
      "Cleo left Shop",
      "Dora joined Shop",
    ]);
    const { rows } = await olga.api.audit.list.query({ search: "mutedNotifications" });
    expect(rows.map(({ action, actorName }) => `${actorName} ${action}`)).toContain(
      "Ada organization.update",
    );
  });

  test("by oneself is of that organization alone, also of who is limited to businesses; for all it takes the right", async () => {
    const ben = await memberOf(server, olga, "viewer", "Ben");
    const { id } = await olga.api.businesses.create.mutate({ name: "Harbour" });
    await olga.api.members.setBusinesses.mutate({ userId: ben.userId, businessIds: [id] });
    await ben.api.members.muteNotifications.mutate({ muted: ["planNearLimit", "invitationAccepted"] });
    const own = ["invitationAccepted", "planNearLimit"];
    expect(await ben.api.members.notifications.query()).toEqual({ organization: [], own });
    const update = ben.api.organization.update.mutate({ mutedNotifications: [] });
    expect(await refusalOf(update)).toBe("LIMITED_TO_BUSINESSES");
    await ben.api.organization.create.mutate({ name: "His own" });
    expect(await ben.api.members.notifications.query()).toEqual({ organization: [], own: [] });
  });

  const TOLD: Notification = { kind: "domainRecord", domain: "shop.example", until: null };
  const MEANWHILE: [string, (ada: Visiting) => Promise<unknown>][] = [
    ["they switched it off", ({ api }) => api.members.muteNotifications.mutate({ muted: ["domainRecord"] })],
    [
      "it was switched off for all",
      () => olga.api.organization.update.mutate({ mutedNotifications: ["domainRecord"] }),
    ],
    ["they run it no more", ({ userId }) => olga.api.members.setRole.mutate({ userId, role: "manager" })],
    ["they are gone", ({ userId }) => olga.api.members.remove.mutate({ userId })],
  ];

  test.each(MEANWHILE)("between what happened and its message: %s", async (_, happens) => {
    const ada = await memberOf(server, olga, "admin", "Ada");
    const organizationId = await organizationOf(ada);
    const send = () =>
      sendNotification(server.services, {
        id: server.services.newId(),
        data: { organizationId, kind: "notification", userId: ada.userId, notification: TOLD },
        isLastTry: true,
        signal: AbortSignal.timeout(10_000),
      });
    await send();
    const once = ["shop.\u200bexample no longer leads to you"];
    expect(await toldTo(ada)).toEqual(once);
    await happens(ada);
    await send();
    expect(await toldTo(ada)).toEqual(once);
  });
});

describe("a plan that is nearly full", () => {
  const LITTLE = "Little room for content is left in Shop";
  const NONE = "No room for content is left in Shop";
  let organizationId: string;
  beforeEach(async () => {
    organizationId = await organizationOf(olga);
  });
  const agree = (ownLimits: OwnLimits) =>
    setPlan(server.services, { organizationId, plan: "professional", ownLimits });
  const page = { url: "https://example.com/" };
  const add = async (count: number) => {
    for (let index = 0; index < count; index++) await olga.api.assets.createWeb.mutate(page);
  };
  const remove = async (count: number) => {
    const { rows } = await olga.api.assets.list.query({ limit: count });
    const ids = rows.map(({ id }) => id);
    await olga.api.assets.remove.mutate({ ids });
    return ids;
  };

  test("is told at 80 % and when it is full, once each, and anew only after it was well below", async () => {
    await agree({ assets: 5 });
    await add(3);
    expect(await toldTo(olga)).toEqual([]);
    await add(1);
    expect(await toldTo(olga)).toEqual([LITTLE]);
    const [mail] = await mailsTo(olga);
    expect(mail?.text).toContain("Content: 4 of 5");
    expect(mail?.text).toContain("/settings/plan");
    await add(1);
    expect(await toldTo(olga)).toEqual([LITTLE, NONE]);
    expect(await refusalOf(olga.api.assets.createWeb.mutate(page))).toBe("PLAN_LIMIT");
    await remove(1);
    await add(1);
    expect(await toldTo(olga), "it stayed near").toEqual([LITTLE, NONE]);
    const ids = await remove(3);
    await olga.api.assets.restore.mutate({ ids: ids.slice(0, 2) });
    expect(await toldTo(olga)).toEqual([LITTLE, LITTLE, NONE]);
    await agree({ assets: 6 });
    await add(1);
    expect(await toldTo(olga), "another limit begins anew").toEqual([LITTLE, LITTLE, LITTLE, NONE]);
  });

  test("is told once by any number who fill it at the same time", async () => {
    await agree({ assets: 10 });
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => olga.api.assets.createWeb.mutate(page)),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    expect(await toldTo(olga)).toEqual([LITTLE, NONE]);
  });

  test("is no change of content: no screen is woken", async () => {
    await agree({ people: 1 });
    const read = async () => {
      const [row] = await superuser`select content_revision::int as revision, plan_notices as noted
        from tenant.organizations where organization_id = ${organizationId}`;
      return row;
    };
    const before = await read();
    await server.services.database.inOrganization(organizationScope(organizationId), (tx) =>
      takeRoomInPlan(tx, "people", 1),
    );
    expect(await read()).toEqual({ ...before, noted: { people: 100 } });
  });

  test("is told whoever fills it: one limited to a business, and a program", async () => {
    const ben = await memberOf(server, olga, "manager", "Ben");
    const { id } = await olga.api.businesses.create.mutate({ name: "Harbour" });
    await olga.api.members.setBusinesses.mutate({ userId: ben.userId, businessIds: [id] });
    const { secret } = await olga.api.apiKeys.create.mutate({ name: "Loader", grants: ["assets.create"] });
    const program = openBrowser(server.url, new Map(), { authorization: `Bearer ${secret}` });
    await agree({ assets: 5 });
    await add(3);
    await ben.api.assets.createWeb.mutate({ ...page, businessId: id });
    expect(await toldTo(olga)).toEqual(["Ben joined Shop", LITTLE]);
    await program.assets.createWeb.mutate(page);
    expect(await toldTo(olga)).toEqual(["Ben joined Shop", LITTLE, NONE]);
    expect(await toldTo(ben)).toEqual([]);
  });

  test("is not told of people who are only invited", async () => {
    await agree({ people: 2 });
    const ben = await memberOf(server, olga, "viewer", "Ben");
    expect(await toldTo(olga)).toEqual(["Ben joined Shop", "No room for people is left in Shop"]);
    await olga.api.members.remove.mutate({ userId: ben.userId });
    await olga.api.invitations.create.mutate({ emails: [newEmail()], role: "viewer" });
    expect(await toldTo(olga)).toHaveLength(2);
  });

  test("is not told to who does not want to know, and not to another organization", async () => {
    const sven = await signUp(server.url, "Sven", "Another");
    const muted: NotificationKind[] = ["planNearLimit"];
    await olga.api.members.muteNotifications.mutate({ muted });
    await agree({ assets: 1 });
    await add(1);
    for (const person of [olga, sven]) expect(await toldTo(person)).toEqual([]);
  });
});
