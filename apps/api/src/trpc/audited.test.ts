import { AUDIT_ACTIONS } from "@vitrine/core/audit/actions";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeAlikeWorld, type World } from "../testing/alike-world.ts";
import { startTestDns, type TestDns } from "../testing/dns-server.ts";
import { listProcedures } from "../testing/samples.ts";
import { inOrder, makeScenes, post, type Scene } from "../testing/scenes.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

/** Mutations that leave no audit event of an organization, and why that is right. */
const UNRECORDED: Record<string, string> = {
  "invitations.open": "shows what an invitation says and changes nothing",
  "members.muteNotifications": "says what messages one wants oneself, which changes nothing for others",
  "organization.select": "chooses where one's own session is, and changes nothing there",
};

/** Those that are shown by another test, since what they need is made there. */
const SHOWN_ELSEWHERE = new Set(["assets.retry"]);

let dns: TestDns;
let server: TestServer;
let superuser: postgres.Sql;
let world: World;
let sceneOf: (path: string) => Scene;
beforeAll(async () => {
  dns = await startTestDns();
  server = await startTestServer({ VITRINE_DNS_SERVERS: dns.address });
  world = await makeAlikeWorld(server.url);
  superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  sceneOf = makeScenes({ server, dns, superuser });
});
afterAll(async () => {
  await superuser.end();
  await server[Symbol.asyncDispose]();
  await dns[Symbol.asyncDispose]();
});

const mutations = listProcedures().filter(({ type }) => type === "mutation");
/** These are about a person, whom no organization owns: their own record tells of them (`account.events`). */
const isOwnAccount = (path: string) => /^(account|secondFactor)\./.test(path) && path !== "account.signUp";
const recorded = inOrder(
  mutations.filter(
    ({ path }) => UNRECORDED[path] === undefined && !SHOWN_ELSEWHERE.has(path) && !isOwnAccount(path),
  ),
);

test("what is not recorded is listed with its reason, and is there", () => {
  const paths = mutations.map(({ path }) => path);
  expect(Object.keys(UNRECORDED).filter((path) => !paths.includes(path))).toEqual([]);
  expect(recorded.length).toBeGreaterThan(50);
});

test.each(recorded)(
  "$path leaves an event that says who, from where and by which request",
  async ({ path }) => {
    const { input, cookie = world.cookie } = await sceneOf(path)(world);
    const answer = await post(server.url, cookie, path, input);
    expect({ path, status: answer.status, body: answer.status === 200 ? undefined : answer.body }).toEqual({
      path,
      status: 200,
      body: undefined,
    });
    const events = await superuser`select actor_kind, actor_id, actor_name, remote_address, sequence
    from tenant.audit_events where request_id = ${answer.requestId}`;
    expect(events.length, path).toBeGreaterThan(0);
    for (const event of events) {
      expect(event).toMatchObject({ actor_kind: "user", remote_address: "127.0.0.1" });
      expect(event.actor_id).toMatch(/^[0-9a-f-]{36}$/);
      expect(event.actor_name).not.toBe("");
    }
  },
);

test("each action that was recorded is one of the list", async () => {
  const rows = await superuser<{ action: string }[]>`select distinct action from tenant.audit_events`;
  const listed = Object.entries(AUDIT_ACTIONS).flatMap(([area, verbs]) =>
    verbs.map((verb) => `${area}.${verb}`),
  );
  expect(rows.map(({ action }) => action).filter((action) => !listed.includes(action))).toEqual([]);
  expect(rows.length).toBeGreaterThan(40);
});
