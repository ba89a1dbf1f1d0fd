import { join } from "node:path";
import type { OwnLimits } from "@vitrine/core/model/plan";
import { PLANS, planThatFits, planThatHas } from "@vitrine/core/model/plan";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { WHOLE_ZONE } from "../../testing/alike-world.ts";
import { newEmail, openBrowser, refusalOf, signUp, type Visiting } from "../../testing/browser.ts";
import { receiveMail, tokenIn } from "../../testing/mailbox.ts";
import { memberOf } from "../../testing/member.ts";
import { makeTestOrganization, type TestOrganization } from "../../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { requireRoomInPlan } from "./room.ts";
import { setPlan } from "./set-plan.ts";

let server: TestServer;
let owner: Visiting;
let organizationId: string;
beforeAll(async () => {
  server = await startTestServer({ VITRINE_CALL_LIMIT_FACTOR: "10" });
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  owner = await signUp(server.url, "Olga", "Shop");
  organizationId = (await owner.api.account.session.query())?.organization?.id ?? "";
});

const agree = (ownLimits: OwnLimits) =>
  setPlan(server.services, { organizationId, plan: "basic", ownLimits });
const addPage = () => owner.api.assets.createWeb.mutate({ url: "https://example.com/" });
const useOf = async (thing: string) =>
  (await owner.api.organization.plan.query()).uses.find((one) => one.thing === thing);

test("without a plan of somebody else nothing is limited, and what there is is counted", async () => {
  await addPage();
  expect(await owner.api.organization.plan.query()).toEqual({
    plan: "unlimited",
    features: ["layouts", "branding", "apiKeys"],
    uses: [
      { thing: "screens", use: 0, limit: null },
      { thing: "people", use: 1, limit: null },
      { thing: "assets", use: 1, limit: null },
      { thing: "storage", use: 0, limit: null },
    ],
  });
});

test("of fifty who add content at once as many get through as fit, and removing gives room back", async () => {
  await agree({ assets: 7 });
  const tries = await Promise.allSettled(Array.from({ length: 50 }, addPage));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(7);
  expect(await useOf("assets")).toEqual({ thing: "assets", use: 7, limit: 7 });
  expect(await refusalOf(addPage())).toBe("PLAN_LIMIT");
  const { rows } = await owner.api.assets.list.query({});
  const ids = rows.slice(0, 2).map(({ id }) => id);
  await owner.api.assets.remove.mutate({ ids });
  await addPage();
  expect(await refusalOf(owner.api.assets.restore.mutate({ ids })), "both do not fit").toBe("PLAN_LIMIT");
  const racing = await Promise.allSettled(ids.map((id) => owner.api.assets.restore.mutate({ ids: [id] })));
  expect(racing.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await useOf("assets")).toMatchObject({ use: 7 });
});

test("who takes room and who takes a name at once never wait for each other", async () => {
  await agree({ assets: 50 });
  for (let round = 0; round < 5; round++) {
    const [removed, renamed] = [await addPage(), await addPage()];
    const { name } = await owner.api.assets.get.query({ id: removed.id });
    await owner.api.assets.remove.mutate({ ids: [removed.id] });
    const tries = await Promise.allSettled([
      owner.api.assets.update.mutate({ id: renamed.id, name }),
      owner.api.assets.restore.mutate({ ids: [removed.id] }),
      owner.api.assets.createWeb.mutate({ url: "https://example.com/", name }),
    ]);
    for (const one of tries)
      if (one.status === "rejected") expect(await refusalOf(Promise.reject(one.reason))).toBe("NAME_TAKEN");
    await owner.api.assets.remove.mutate({
      ids: (await owner.api.assets.list.query({})).rows.map(({ id }) => id),
    });
  }
});

test("the refusal names the limit, what is used, the plan and the one that would do", async () => {
  await agree({ assets: 1 });
  await addPage();
  const error = await addPage().catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    data: {
      app: {
        code: "PLAN_LIMIT",
        data: { what: "assets", limit: 1, use: 1, plan: "basic", lifts: "basic" },
      },
    },
  });
});

describe("people", () => {
  test("are invited while they and who is invited already fit", async () => {
    await agree({ people: 3 });
    const invite = (count: number) =>
      owner.api.invitations.create.mutate({
        emails: Array.from({ length: count }, newEmail),
        role: "viewer",
      });
    expect(await refusalOf(invite(3))).toBe("PLAN_LIMIT");
    await invite(2);
    expect(await refusalOf(invite(1))).toBe("PLAN_LIMIT");
  });

  test("who were invited before the plan became smaller find no room, and their invitation stays good", async () => {
    const email = newEmail();
    await owner.api.invitations.create.mutate({ emails: [email], role: "viewer" });
    await agree({ people: 1 });
    const token = tokenIn(await receiveMail(join(server.folder, "data"), email));
    const join1 = { token, name: "Ben", password: "a long password" };
    expect(await refusalOf(openBrowser(server.url).invitations.acceptAsNew.mutate(join1))).toBe("PLAN_LIMIT");
    await agree({ people: 2 });
    await openBrowser(server.url).invitations.acceptAsNew.mutate(join1);
  });

  test("who were removed come back only where there is room", async () => {
    const ben = await memberOf(server, owner, "viewer");
    await owner.api.members.remove.mutate({ userId: ben.userId });
    await agree({ people: 1 });
    expect(await refusalOf(owner.api.members.restore.mutate({ userId: ben.userId }))).toBe("PLAN_LIMIT");
  });
});

describe("features", () => {
  test("that are not part of the plan are refused by name, and go on where they were in use", async () => {
    const { id: playlistId } = await owner.api.playlists.create.mutate({ name: "Loop" });
    const layout = { zones: [{ ...WHOLE_ZONE, playlistId }], mainZoneId: WHOLE_ZONE.id };
    const { id } = await owner.api.layouts.create.mutate({ name: "Whole", ...layout });
    await agree({});
    expect(await refusalOf(owner.api.layouts.create.mutate({ name: "More", ...layout }))).toBe(
      "PLAN_FEATURE",
    );
    expect(await refusalOf(owner.api.layouts.duplicate.mutate({ id }))).toBe("PLAN_FEATURE");
    expect((await owner.api.layouts.update.mutate({ id, name: "Renamed" })).name).toBe("Renamed");
    const key = { name: "Reader", grants: ["assets.view" as const] };
    expect(await refusalOf(owner.api.apiKeys.create.mutate(key))).toBe("PLAN_FEATURE");
    const brandColor = "#1a56db";
    expect(await refusalOf(owner.api.organization.update.mutate({ brandColor }))).toBe("PLAN_FEATURE");
    await owner.api.organization.update.mutate({ brandColor: null, name: "Still mine" });
  });
});

describe("screens and storage, where they are written", () => {
  let shop: TestOrganization;
  beforeEach(async () => {
    shop = await makeTestOrganization(server.services);
    await setPlan(server.services, {
      organizationId: shop.organizationId,
      plan: "basic",
      ownLimits: { screens: 2, storage: 2500 },
    });
  });
  const room = (thing: "screens" | "storage", more: number) =>
    server.services.database.inOrganization(shop.scope, (tx) => requireRoomInPlan(tx, thing, more));

  test("as many screens as are not removed count", async () => {
    await shop.makeDevice();
    await room("screens", 1);
    await shop.makeDevice();
    await expect(room("screens", 1)).rejects.toMatchObject({
      code: "PLAN_LIMIT",
      data: { what: "screens", limit: 2, use: 2, lifts: "basic" },
    });
  });

  test("the bytes of content that is not removed count", async () => {
    await shop.makeAsset();
    await shop.makeAsset();
    await shop.makeAsset({ isActive: false });
    await room("storage", 500);
    await expect(room("storage", 501)).rejects.toMatchObject({ data: { limit: 2500, use: 2000 } });
  });
});

test("the plan that lifts a limit is the smallest that does", () => {
  expect(planThatFits("screens", 5)).toBe("basic");
  expect(planThatFits("screens", 6)).toBe("professional");
  expect(planThatFits("people", 1001)).toBe("unlimited");
  expect(planThatHas("layouts")).toBe("professional");
  expect(PLANS.unlimited.features).toEqual(PLANS.enterprise.features);
});
