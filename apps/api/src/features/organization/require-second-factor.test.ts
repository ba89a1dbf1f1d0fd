import { afterAll, beforeAll, expect, test } from "vitest";
import { callProcedure } from "../../testing/alike-world.ts";
import { openBrowser, refusalOf, signUp } from "../../testing/browser.ts";
import { listProcedures } from "../../testing/samples.ts";
import { makeMeddler, PASSWORD, turnOn } from "../../testing/second-factor-person.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";

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

test("who asks it of others must have one; from then on members without one may do nothing there, elsewhere all", async () => {
  const owner = await signUp(server.url, "Olga", "Strict");
  expect(await refusalOf(owner.api.organization.requireSecondFactor.mutate({ isRequired: true }))).toBe(
    "SECOND_FACTOR_REQUIRED",
  );
  const jar = new Map<string, string>();
  const ben = openBrowser(server.url, jar);
  const email = `${crypto.randomUUID()}@example.com`;
  const own = await ben.account.signUp.mutate({
    name: "Ben",
    email,
    password: PASSWORD,
    organizationName: "Bens",
  });
  const strict = (await owner.api.organization.get.query()).id;
  await meddler.sql`insert into tenant.memberships (organization_id, user_id, role)
    values (${strict}, ${own.user.id}, 'admin')`;
  server.services.sessions.forget(own.user.id);
  await ben.organization.select.mutate({ organizationId: strict });
  await ben.playlists.list.query({});

  await turnOn(owner);
  expect(
    (await owner.api.organization.requireSecondFactor.mutate({ isRequired: true })).isSecondFactorRequired,
  ).toBe(true);
  await owner.api.playlists.list.query({});
  const session = await ben.account.session.query();
  expect(session?.organization).toMatchObject({
    name: "Strict",
    permissions: [],
    isSecondFactorMissing: true,
  });
  const cookie = `vitrine_session=${jar.get("vitrine_session")}`;
  const guarded = listProcedures().filter(
    ({ access, type }) => access?.kind === "permission" && type !== "subscription",
  );
  expect(guarded.length).toBeGreaterThan(60);
  for (const { path, type } of guarded) {
    const { body } = await callProcedure(server.url, path, {
      type,
      input: {},
      cookie,
    });
    expect(JSON.stringify(body), path).toContain('"SECOND_FACTOR_REQUIRED"');
  }
  const stream = await fetch(`${server.url}/trpc/events.stream?input=%7B%7D`, { headers: { cookie } });
  expect(await stream.text()).toContain("SECOND_FACTOR_REQUIRED");
  const upload = await fetch(`${server.url}/uploads`, {
    method: "POST",
    headers: { cookie, "tus-resumable": "1.0.0", "upload-length": "10" },
  });
  expect(await upload.text()).toContain("SECOND_FACTOR_REQUIRED");

  const bens = own.organization?.id ?? "";
  await ben.organization.select.mutate({ organizationId: bens });
  await ben.playlists.create.mutate({ name: "Still mine" });
  await ben.organization.select.mutate({ organizationId: strict });
  expect(await refusalOf(ben.playlists.list.query({}))).toBe("SECOND_FACTOR_REQUIRED");

  const members = async () =>
    (await owner.api.members.list.query({})).rows.map(({ name, hasSecondFactor }) => ({
      name,
      hasSecondFactor,
    }));
  expect(await members()).toEqual([
    { name: "Olga", hasSecondFactor: true },
    { name: "Ben", hasSecondFactor: false },
  ]);
  await turnOn({ api: ben, email, userId: own.user.id });
  await ben.organization.select.mutate({ organizationId: strict });
  await ben.playlists.list.query({});
  expect((await members())[1]).toEqual({ name: "Ben", hasSecondFactor: true });

  await ben.secondFactor.turnOff.mutate();
  expect(await refusalOf(ben.playlists.list.query({}))).toBe("SECOND_FACTOR_REQUIRED");
  await owner.api.organization.requireSecondFactor.mutate({ isRequired: false });
  await ben.playlists.list.query({});
});

test("it is changed by who may edit the organization, is on record, and programs go on", async () => {
  const owner = await signUp(server.url, "Olga", "Recorded");
  const { id } = await owner.api.organization.get.query();
  const { secret } = await owner.api.apiKeys.create.mutate({ name: "Reader", grants: ["playlists.view"] });
  await turnOn(owner);
  await owner.api.organization.requireSecondFactor.mutate({ isRequired: true });
  const rows = await meddler.sql`select before, after from tenant.audit_events
    where organization_id = ${id} and action = 'organization.requireSecondFactor'`;
  expect(rows).toEqual([
    { before: { isSecondFactorRequired: false }, after: { isSecondFactorRequired: true } },
  ]);
  const read = await fetch(`${server.url}/trpc/playlists.list?input=%7B%7D`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  expect(read.status).toBe(200);
});
