import { createTRPCClient, httpLink } from "@trpc/client";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { refusalOf, signUp, type Visiting } from "../../testing/browser.ts";
import { memberOf } from "../../testing/member.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import type { AppRouter } from "../../trpc/root.ts";

let server: TestServer;
let owner: Visiting;
let organizationId: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  owner = await signUp(server.url, "Olga", "Shop");
  organizationId = (await owner.api.account.session.query())?.organization?.id ?? "";
});

test("a removed organization is out of reach for its people and programs at once, and whole again when it is brought back", async () => {
  const ben = await memberOf(server, owner, "manager");
  const { secret } = await owner.api.apiKeys.create.mutate({ name: "Reader", grants: ["assets.view"] });
  const headers = { authorization: `Bearer ${secret}` };
  const program = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${server.url}/trpc`, headers })] });
  const { id } = await ben.api.playlists.create.mutate({ name: "Loop" });
  await program.assets.list.query({});

  await owner.api.organization.remove.mutate({ name: "Shop" });
  expect((await owner.api.account.session.query())?.organization).toBeNull();
  expect(await refusalOf(ben.api.playlists.list.query({}))).toBe("NO_ORGANIZATION");
  expect(await refusalOf(program.assets.list.query({}))).toBe("API_KEY_INVALID");
  expect(await refusalOf(owner.api.organization.select.mutate({ organizationId }))).toBe("NOT_FOUND");
  expect(await owner.api.organization.removed.query()).toMatchObject({
    rows: [{ organizationId, name: "Shop" }],
  });

  const session = await owner.api.organization.restore.mutate({ organizationId });
  expect(session.organization).toMatchObject({ id: organizationId, role: "owner" });
  // Who he was is remembered for 5 s.
  await vi.waitFor(async () => expect((await ben.api.playlists.get.query({ id })).name).toBe("Loop"), 10_000);
  await program.assets.list.query({});
  expect(await owner.api.organization.removed.query()).toEqual({ rows: [] });
});

test("only who enters its name removes it, and only an owner brings it back", async () => {
  const ben = await memberOf(server, owner, "admin");
  const stranger = await signUp(server.url, "Sam", "Elsewhere");
  expect(await refusalOf(owner.api.organization.remove.mutate({ name: "shop" }))).toBe("INVALID_INPUT");
  expect(await refusalOf(ben.api.organization.remove.mutate({ name: "Shop" }))).toBe("PERMISSION_MISSING");
  expect(await refusalOf(owner.api.organization.restore.mutate({ organizationId })), "not removed").toBe(
    "NOT_FOUND",
  );
  await owner.api.organization.remove.mutate({ name: "Shop" });
  for (const { api } of [ben, stranger]) {
    expect(await api.organization.removed.query()).toEqual({ rows: [] });
    expect(await refusalOf(api.organization.restore.mutate({ organizationId }))).toBe("NOT_FOUND");
  }
  await owner.api.organization.restore.mutate({ organizationId });
});

test("who belongs to another organization acts there when one is removed", async () => {
  await owner.api.organization.create.mutate({ name: "Second" });
  await owner.api.organization.remove.mutate({ name: "Second" });
  expect((await owner.api.account.session.query())?.organization).toMatchObject({ name: "Shop" });
});
