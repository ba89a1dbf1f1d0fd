import { AUDIT_ACTIONS } from "@vitrine/core/audit/actions";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeAlikeWorld, text, type World } from "../testing/alike-world.ts";
import { startTestDns, type TestDns } from "../testing/dns-server.ts";
import { listProcedures, SAMPLES } from "../testing/samples.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

/** Mutations that leave no audit event of an organization, and why that is right. */
const UNRECORDED: Record<string, string> = {
  "invitations.open": "shows what an invitation says and changes nothing",
  "members.muteNotifications": "says what messages one wants oneself, which changes nothing for others",
  "organization.select": "chooses where one's own session is, and changes nothing there",
};

type Call = { input: unknown; cookie?: string };
/** Those that are shown by another test, since what they need is made there. */
const SHOWN_ELSEWHERE = new Set(["assets.retry"]);

type Scene = (world: World) => Promise<Call>;

const removed =
  (path: string, id: (world: World) => string): Scene =>
  async (world) => {
    const ids = [id(world)];
    await mutate(world.cookie, `${path}.remove`, path === "schedule" ? { ids } : { ids, force: true });
    return { input: { ids } };
  };
const withMember =
  (input: (userId: string) => unknown, before: readonly string[] = []): Scene =>
  async (world) => {
    const { userId } = await addMember(world);
    for (const path of before) await mutate(world.cookie, path, { userId });
    return { input: input(userId) };
  };

/** What must be so before a mutation does something, where its sample alone does not do it. */
const SCENES: Record<string, Scene> = {
  "account.signUp": async () => ({ input: newcomer(), cookie: "" }),
  "assets.restore": removed("assets", (world) => world.spareAssetId),
  "dayparts.restore": removed("dayparts", (world) => world.daypartId),
  "groups.restore": removed("groups", (world) => world.groupId),
  "layouts.restore": removed("layouts", (world) => world.layoutId),
  "playlists.remove": async (world) => ({ input: { ids: [world.playlistId], force: true } }),
  "playlists.restore": removed("playlists", (world) => world.playlistId),
  "schedule.restore": removed("schedule", (world) => world.entryId),
  "invitations.accept": async (world) => {
    const { email, token } = await invite(world);
    const { cookie } = await call("", "account.signUp", { ...newcomer(), email });
    return { input: { token }, cookie };
  },
  "invitations.acceptAsNew": async (world) => {
    const { token } = await invite(world);
    return { input: { token, name: "New", password: "correct horse battery" }, cookie: "" };
  },
  "devices.assignPlaylist": async (of) => ({ input: { deviceIds: [of.deviceId], playlistId: null } }),
  "groups.change": async (of) => ({ input: { id: of.groupId, remove: [of.deviceId] } }),
  "domains.verify": async (world) => ({ input: { domain: await provenDomain(world) } }),
  "domains.remove": async (world) => ({ input: { domain: await provenDomain(world) } }),
  "organization.remove": async (world) => ({ input: { name: await ownName(world) } }),
  "organization.restore": async ({ organizationId }) => ({ input: { organizationId } }),
  "members.setBusinesses": async (world) => {
    const { userId } = await addMember(world);
    return { input: { userId, businessIds: [world.businessId] } };
  },
  "members.setRole": withMember((userId) => ({ userId, role: "manager" })),
  "members.remove": withMember((userId) => ({ userId })),
  "members.restore": withMember((userId) => ({ userId }), ["members.remove"]),
  "members.handOver": withMember((userId) => ({ userId })),
  "members.leave": async (world) => ({ input: undefined, cookie: (await addMember(world)).cookie }),
};

let dns: TestDns;
let server: TestServer;
let superuser: postgres.Sql;
let world: World;
beforeAll(async () => {
  dns = await startTestDns();
  server = await startTestServer({ VITRINE_DNS_SERVERS: dns.address });
  world = await makeAlikeWorld(server.url);
  superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await superuser.end();
  await server[Symbol.asyncDispose]();
  await dns[Symbol.asyncDispose]();
});

const mutations = listProcedures().filter(({ type }) => type === "mutation");
/** These are about a person, whom no organization owns: their own record tells of them (`account.events`). */
const isOwnAccount = (path: string) => /^(account|secondFactor)\./.test(path) && path !== "account.signUp";
/** These end what others need, so they come last, and in this order. */
const LAST = [
  "playlists.removeItems",
  "schedule.endOverride",
  "schedule.remove",
  "groups.remove",
  "layouts.remove",
  "dayparts.remove",
  "assets.remove",
  "playlists.remove",
  "apiKeys.revoke",
  "invitations.withdraw",
  "devices.revoke",
  "organization.remove",
  "organization.restore",
  "members.handOver",
  "organization.create",
];
const recorded = mutations
  .filter(({ path }) => UNRECORDED[path] === undefined && !SHOWN_ELSEWHERE.has(path) && !isOwnAccount(path))
  .sort((one, other) => LAST.indexOf(one.path) - LAST.indexOf(other.path));

test("what is not recorded is listed with its reason, and is there", () => {
  const paths = mutations.map(({ path }) => path);
  expect(Object.keys(UNRECORDED).filter((path) => !paths.includes(path))).toEqual([]);
  expect(Object.keys(SCENES).filter((path) => !paths.includes(path))).toEqual([]);
  expect(recorded.length).toBeGreaterThan(50);
});

test.each(recorded)(
  "$path leaves an event that says who, from where and by which request",
  async ({ path }) => {
    const scene = SCENES[path] ?? sampled(path);
    const { input, cookie = world.cookie } = await scene(world);
    const answer = await call(cookie, path, input);
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

/** The sample of a mutation; a change of a name gives another one, so that there is something to record. */
function sampled(path: string): Scene {
  return async (of) => {
    const input = await SAMPLES[path]?.(of, server.url);
    const isChange = /\.(update|rename)$/.test(path) && typeof input === "object" && input !== null;
    return { input: isChange && "name" in input ? { ...input, name: `${input.name} again` } : input };
  };
}

function newcomer() {
  return {
    name: "New",
    email: `new-${crypto.randomUUID()}@example.com`,
    password: "correct horse battery",
    organizationName: "New",
  };
}

/** A mutation over HTTP, with the id that the server gave its request. */
async function call(cookie: string, path: string, input: unknown) {
  const response = await fetch(`${server.url}/trpc/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(cookie === "" ? {} : { cookie }) },
    body: JSON.stringify(input ?? {}),
    signal: AbortSignal.timeout(20_000),
  });
  const body: unknown = await response.json();
  return {
    status: response.status,
    body,
    requestId: response.headers.get("x-request-id") ?? "",
    cookie: response.headers.getSetCookie()[0]?.split(";")[0] ?? "",
  };
}

async function mutate(cookie: string, path: string, input: unknown): Promise<unknown> {
  const { status, body } = await call(cookie, path, input);
  if (status !== 200) throw new Error(`${path} failed: ${JSON.stringify(body)}`);
  return body;
}

/** A domain of the world's own whose record is there. */
async function provenDomain(world: World): Promise<string> {
  const domain = `${crypto.randomUUID()}.example.com`;
  const added = await mutate(world.cookie, "domains.add", { domain });
  dns.records.set(`_vitrine.${domain}`, [text(added, "result.data.record.value")]);
  return domain;
}

async function ownName({ organizationId }: World): Promise<string> {
  const [row] =
    await superuser`select name from tenant.organizations where organization_id = ${organizationId}`;
  return String(row?.name);
}

/** An open invitation and the token of its address. */
async function invite(world: World): Promise<{ email: string; token: string }> {
  const email = `asked-${crypto.randomUUID()}@example.com`;
  const made = await mutate(world.cookie, "invitations.create", { emails: [email], role: "viewer" });
  const id = text(made, "result.data.rows.0.id");
  const url = text(await mutate(world.cookie, "invitations.link", { id }), "result.data.url");
  return { email, token: new URL(url).hash.slice(1) };
}

/** Somebody who has taken up an invitation of the world, and is where it is. */
async function addMember(world: World): Promise<{ userId: string; cookie: string }> {
  const { token } = await invite(world);
  const input = { token, name: "Second", password: "correct horse battery" };
  const answer = await call("", "invitations.acceptAsNew", input);
  return { userId: text(answer.body, "result.data.user.id"), cookie: answer.cookie };
}
