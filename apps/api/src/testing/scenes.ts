import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { invitationUrl } from "../auth/invitation-tokens.ts";
import { text, type World } from "./alike-world.ts";
import type { TestDns } from "./dns-server.ts";
import { SAMPLES } from "./samples.ts";
import type { TestServer } from "./test-server.ts";

/** What a mutation is called with, and by whom: the world's owner where no cookie says otherwise. */
export type Call = { input: unknown; cookie?: string };
/** Makes what must be there before a mutation does something. */
export type Scene = (world: World) => Promise<Call>;
/** Where scenes play; the server asks this name server. */
export type Stage = { server: TestServer; dns: TestDns; superuser: postgres.Sql };

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

/** Mutations in an order in which one world serves all of them. */
export function inOrder<One extends { path: string }>(mutations: readonly One[]): One[] {
  return mutations.toSorted((one, other) => LAST.indexOf(one.path) - LAST.indexOf(other.path));
}

/** The scene of a mutation of organizations: its sample, but for those that need more. */
export function makeScenes({ server, dns, superuser }: Stage): (path: string) => Scene {
  const call = (cookie: string, path: string, input: unknown) => mutate(server.url, cookie, path, input);

  const removed =
    (path: string, id: (world: World) => string): Scene =>
    async (world) => {
      const ids = [id(world)];
      await call(world.cookie, `${path}.remove`, path === "schedule" ? { ids } : { ids, force: true });
      return { input: { ids } };
    };
  const withMember =
    (input: (userId: string) => unknown, before: readonly string[] = []): Scene =>
    async (world) => {
      const { userId } = await addMember(world);
      for (const path of before) await call(world.cookie, path, { userId });
      return { input: input(userId) };
    };
  const scenes: Record<string, Scene> = {
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
    "invitations.open": async (world) => ({ input: { token: (await invite(world)).token }, cookie: "" }),
    "devices.assignPlaylist": async (of) => ({ input: { deviceIds: [of.deviceId], playlistId: null } }),
    "groups.change": async (of) => ({ input: { id: of.groupId, remove: [of.deviceId] } }),
    "domains.verify": async (world) => ({ input: { domain: await provenDomain(world) } }),
    "domains.remove": async (world) => ({ input: { domain: await provenDomain(world) } }),
    "organization.remove": async (world) => ({ input: { name: (await ownOrganization(world)).name } }),
    "organization.restore": async (world) => {
      const { name, isActive } = await ownOrganization(world);
      if (isActive) await call(world.cookie, "organization.remove", { name });
      return { input: { organizationId: world.organizationId } };
    },
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
  const gone = Object.keys(scenes).filter((path) => !Object.hasOwn(SAMPLES, path));
  if (gone.length > 0) throw new Error(`Scenes of no procedure: ${gone.join(", ")}`);
  return (path) => scenes[path] ?? sampled(path);

  /** The sample of a mutation; a change of a name gives another one, so that it does something. */
  function sampled(path: string): Scene {
    return async (of) => {
      const input = await SAMPLES[path]?.(of, server.url);
      const isChange = /\.(update|rename)$/.test(path) && typeof input === "object" && input !== null;
      return { input: isChange && "name" in input ? { ...input, name: `${input.name} again` } : input };
    };
  }

  /** A domain of the world's own whose record is there. */
  async function provenDomain({ cookie }: World): Promise<string> {
    const domain = `${randomUUID()}.example.com`;
    const { body } = await call(cookie, "domains.add", { domain });
    dns.records.set(`_vitrine.${domain}`, [text(body, "result.data.record.value")]);
    return domain;
  }

  async function ownOrganization({ organizationId }: World): Promise<{ name: string; isActive: boolean }> {
    const [row] = await superuser<{ name: string; is_active: boolean }[]>`
      select name, is_active from tenant.organizations where organization_id = ${organizationId}`;
    return { name: row?.name ?? "", isActive: row?.is_active ?? false };
  }

  /** An open invitation and the token of the address that was sent. */
  async function invite({ cookie, organizationId }: World): Promise<{ email: string; token: string }> {
    const email = `asked-${randomUUID()}@example.com`;
    const { body } = await call(cookie, "invitations.create", { emails: [email], role: "viewer" });
    const issued = { organizationId, id: text(body, "result.data.rows.0.id"), issue: 1 };
    const url = invitationUrl(server.services.mac, server.url, issued, "mailed");
    return { email, token: new URL(url).hash.slice(1) };
  }

  /** Somebody who has taken up an invitation of the world, and is where it is. */
  async function addMember(world: World): Promise<{ userId: string; cookie: string }> {
    const { token } = await invite(world);
    const input = { token, name: "Second", password: "correct horse battery" };
    const { body, cookie } = await call("", "invitations.acceptAsNew", input);
    return { userId: text(body, "result.data.user.id"), cookie };
  }
}

/** Who signs up. */
export function newcomer() {
  return {
    name: "New",
    email: `new-${randomUUID()}@example.com`,
    password: "correct horse battery",
    organizationName: "New",
  };
}

/** A mutation over HTTP, with the id that the server gave its request and the session's cookie that it set. */
export async function post(url: string, cookie: string, path: string, input: unknown) {
  const response = await fetch(`${url}/trpc/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(cookie === "" ? {} : { cookie }) },
    body: JSON.stringify(input ?? {}),
    signal: AbortSignal.timeout(20_000),
  });
  const body: unknown = await response.json();
  const cookies = response.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
  return {
    status: response.status,
    body,
    requestId: response.headers.get("x-request-id") ?? "",
    cookie: cookies.find((line) => line.startsWith("vitrine_session=")) ?? "",
    cookies,
  };
}

async function mutate(url: string, cookie: string, path: string, input: unknown) {
  const answer = await post(url, cookie, path, input);
  if (answer.status !== 200) throw new Error(`${path} failed: ${JSON.stringify(answer.body)}`);
  return answer;
}
