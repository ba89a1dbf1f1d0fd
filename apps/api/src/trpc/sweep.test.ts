import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callProcedure, makeAlikeWorld, startPairing, type World } from "../testing/alike-world.ts";
import { sweepProcedure } from "../testing/sweep.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { appRouter } from "./root.ts";

type Sample = (world: World, server: TestServer) => unknown;

/** Input for every procedure of the router; a new procedure without one fails the first test. */
const SAMPLES: Record<string, Sample> = {
  "account.session": () => undefined,
  "account.signUp": () => ({
    name: "New",
    email: `new-${crypto.randomUUID()}@example.com`,
    password: "correct horse battery",
    organizationName: "New",
  }),
  "account.signIn": () => ({ email: "nobody@example.com", password: "wrong password" }),
  "account.signOut": () => ({}),
  "account.changePassword": () => ({
    currentPassword: "not the password",
    newPassword: "correct horse battery",
  }),
  "account.updateProfile": () => ({ name: "Sam Alike" }),
  "apiKeys.list": () => ({}),
  "apiKeys.create": () => ({ name: "Another", grants: ["assets.view"] }),
  "apiKeys.revoke": (world) => ({ id: world.apiKeyId }),
  "assets.list": () => ({}),
  "assets.get": (world) => ({ id: world.assetId }),
  "assets.tags": () => undefined,
  "assets.createWeb": () => ({ url: "https://example.com/another" }),
  "assets.update": (world) => ({ id: world.assetId, name: "Page" }),
  "assets.remove": (world) => ({ ids: [world.spareAssetId], force: true }),
  "assets.restore": (world) => ({ ids: [world.spareAssetId] }),
  "assets.usedBy": (world) => ({ id: world.assetId }),
  "assets.retry": (world) => ({ id: world.assetId }),
  "devices.list": (world) => ({ playlistId: world.playlistId }),
  "devices.get": (world) => ({ id: world.deviceId }),
  "devices.counts": () => undefined,
  "devices.findPairing": async (_world, server) => ({ code: await startPairing(server.url) }),
  "devices.claim": async (world, server) => ({
    code: await startPairing(server.url),
    name: "Second",
    playlistId: world.playlistId,
  }),
  "devices.update": (world) => ({ id: world.deviceId, name: "Window" }),
  "devices.assignPlaylist": (world) => ({ deviceIds: [world.deviceId], playlistId: world.playlistId }),
  "devices.revoke": (world) => ({ id: world.deviceId }),
  "devices.sendCommand": (world) => ({ deviceId: world.deviceId, kind: "identify" }),
  "devices.commands": (world) => ({ deviceId: world.deviceId }),
  "devices.preview": (world) => ({ id: world.deviceId }),
  "events.stream": () => ({}),
  "members.list": () => ({}),
  "organization.get": () => undefined,
  "organization.update": (world) => ({ defaultPlaylistId: world.playlistId }),
  "organization.create": () => ({ name: "Alike" }),
  "organization.select": (world) => ({ organizationId: world.organizationId }),
  "overview.get": () => undefined,
  "playlists.list": () => ({}),
  "playlists.get": (world) => ({ id: world.playlistId }),
  "playlists.create": (world) => ({ name: "Another", assetIds: [world.assetId] }),
  "playlists.rename": (world) => ({ id: world.playlistId, name: "Loop" }),
  "playlists.duplicate": (world) => ({ id: world.playlistId }),
  "playlists.remove": (world) => ({ ids: [world.playlistId] }),
  "playlists.restore": (world) => ({ ids: [world.playlistId] }),
  "playlists.usedBy": (world) => ({ id: world.playlistId }),
  "playlists.addItems": (world) => ({
    playlistId: world.playlistId,
    assetIds: [world.assetId],
    beforeItemId: world.itemId,
  }),
  "playlists.updateItem": (world) => ({
    playlistId: world.playlistId,
    itemId: world.itemId,
    durationMs: 5000,
  }),
  "playlists.moveItem": (world) => ({
    playlistId: world.playlistId,
    itemId: world.itemId,
    beforeItemId: null,
  }),
  "playlists.removeItems": (world) => ({ playlistId: world.playlistId, itemIds: [world.itemId] }),
  "playlists.preview": (world) => ({ id: world.playlistId }),
};

const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => ({
  path,
  type: procedure._def.type,
}));

test("every procedure of the router has sample input", () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(procedures.map(({ path }) => path).sort());
});

describe("a member of one organization, with the ids of another that is alike", () => {
  let server: TestServer;
  let superuser: postgres.Sql;
  let own: World;
  let foreign: World;
  beforeAll(async () => {
    server = await startTestServer();
    superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
    own = await makeAlikeWorld(server.url);
    foreign = await makeAlikeWorld(server.url);
  });
  afterAll(async () => {
    await superuser.end();
    await server[Symbol.asyncDispose]();
  });

  const calls = procedures.filter(({ type }) => type !== "subscription");
  test.each(calls)("$path finds and changes nothing of the other's", async ({ path, type }) => {
    const sample = SAMPLES[path];
    if (!sample) throw new Error(`No sample for ${path}`);
    const { cookie: _cookie, ...ids } = foreign;
    const faults = await sweepProcedure({
      sample: async (world) => sample(world === "own" ? own : foreign, server),
      call: (input) => callProcedure(server.url, path, { type, input, cookie: own.cookie }),
      foreignState: () => readState(superuser, foreign.organizationId),
      foreignIds: Object.values(ids),
    });
    expect(faults).toEqual([]);
    if (path === "account.signOut" || path === "organization.select")
      own = { ...own, ...(await signedInAgain()) };
  });

  async function signedInAgain(): Promise<Partial<World>> {
    return makeAlikeWorld(server.url);
  }
});

/** Every row of an organization in every tenant table, as one text. */
async function readState(sql: postgres.Sql, organizationId: string): Promise<string> {
  const tables = await sql<{ name: string }[]>`select table_name as name from information_schema.tables
    where table_schema = 'tenant' and table_type = 'BASE TABLE' order by table_name`;
  const states: string[] = [];
  for (const { name } of tables) {
    const rows = await sql<
      { state: string | null }[]
    >`select md5(string_agg(t::text, '|' order by t::text)) as state
      from ${sql(`tenant.${name}`)} t where organization_id = ${organizationId}`;
    states.push(`${name}=${rows[0]?.state ?? ""}`);
  }
  return states.join("\n");
}
