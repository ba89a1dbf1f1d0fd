import type { Role } from "@vitrine/core/model/permissions";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { refusalOf, signUp, type Visiting } from "../../testing/browser.ts";
import { memberOf } from "../../testing/member.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";

let server: TestServer;
let owner: Visiting;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  owner = await signUp(server.url, "Olga", "Shop");
});

const member = (role: Role, name?: string) => memberOf(server, owner, role, name);
const roles = async () =>
  (await owner.api.members.list.query({})).rows.map(({ name, role }) => `${name}: ${role}`);

test("are listed as they joined, a page at a time, and found by name, address and role", async () => {
  const [ben, cleo] = [await member("viewer", "Ben"), await member("manager", "Cleo")];
  expect(await roles()).toEqual(["Olga: owner", "Ben: viewer", "Cleo: manager"]);
  const first = await owner.api.members.list.query({ limit: 2 });
  expect(first).toMatchObject({ total: 3, rows: [{ name: "Olga" }, { name: "Ben" }] });
  const rest = await owner.api.members.list.query({ limit: 2, cursor: first.nextCursor ?? "" });
  expect(rest).toMatchObject({ nextCursor: null, rows: [{ userId: cleo.userId }] });
  expect((await owner.api.members.list.query({ search: "CLE" })).rows).toMatchObject([{ name: "Cleo" }]);
  expect((await owner.api.members.list.query({ search: ben.email })).rows).toMatchObject([{ name: "Ben" }]);
  expect((await owner.api.members.list.query({ role: "viewer" })).total).toBe(1);
});

test("who are given another role may do what it grants from their next call on", async () => {
  const ben = await member("viewer");
  expect(await refusalOf(ben.api.playlists.create.mutate({ name: "Mine" }))).toBe("PERMISSION_MISSING");
  expect(await owner.api.members.setRole.mutate({ userId: ben.userId, role: "manager" })).toMatchObject({
    role: "manager",
  });
  await ben.api.playlists.create.mutate({ name: "Mine" });
  await owner.api.members.setRole.mutate({ userId: ben.userId, role: "viewer" });
  expect(await refusalOf(ben.api.playlists.create.mutate({ name: "More" }))).toBe("PERMISSION_MISSING");
});

test("who are removed are out at once, and back as what they were when that is undone", async () => {
  const ben = await member("manager");
  await owner.api.members.remove.mutate({ userId: ben.userId });
  expect(await refusalOf(ben.api.playlists.list.query({}))).toBe("NO_ORGANIZATION");
  expect((await ben.api.account.session.query())?.organization).toBeNull();
  expect(await roles()).toEqual(["Olga: owner"]);
  expect(await refusalOf(owner.api.members.remove.mutate({ userId: ben.userId }))).toBe("NOT_FOUND");
  await owner.api.members.restore.mutate({ userId: ben.userId });
  expect((await ben.api.account.session.query())?.organization).toMatchObject({ role: "manager" });
  expect(await refusalOf(owner.api.members.restore.mutate({ userId: ben.userId }))).toBe("NOT_FOUND");
});

test("leave by themselves; the last owner cannot leave, be removed or be made less", async () => {
  const ben = await member("viewer");
  expect((await ben.api.members.leave.mutate()).organization).toBeNull();
  expect(await refusalOf(ben.api.members.leave.mutate())).toBe("NO_ORGANIZATION");
  const { userId } = owner;
  expect(await refusalOf(owner.api.members.leave.mutate())).toBe("LAST_OWNER");
  expect(await refusalOf(owner.api.members.remove.mutate({ userId }))).toBe("LAST_OWNER");
  expect(await refusalOf(owner.api.members.setRole.mutate({ userId, role: "admin" }))).toBe("LAST_OWNER");
  expect(await roles()).toEqual(["Olga: owner"]);
});

test("of two owners who leave at the same time, one stays", async () => {
  const other = await member("owner");
  const outcomes = await Promise.allSettled([
    owner.api.members.leave.mutate(),
    other.api.members.leave.mutate(),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const left = outcomes[0]?.status === "fulfilled" ? other : owner;
  expect((await left.api.members.list.query({})).rows).toMatchObject([{ role: "owner" }]);
});

test("take the organization over: the new owner owns it, the former one administers it", async () => {
  const admin = await member("admin", "Ada");
  const { userId } = admin;
  expect(await refusalOf(admin.api.members.handOver.mutate({ userId }))).toBe("PERMISSION_MISSING");
  expect(await refusalOf(owner.api.members.handOver.mutate({ userId: owner.userId }))).toBe("NOT_FOUND");
  await owner.api.members.handOver.mutate({ userId });
  expect(await roles()).toEqual(["Olga: admin", "Ada: owner"]);
  expect(await refusalOf(owner.api.members.handOver.mutate({ userId }))).toBe("PERMISSION_MISSING");
});

test("who may do more than the one who manages them are not touched, nor is anybody raised beyond that", async () => {
  const [admin, viewer] = [await member("admin"), await member("viewer")];
  const { userId } = owner;
  const refused = [
    admin.api.members.setRole.mutate({ userId, role: "viewer" }),
    admin.api.members.remove.mutate({ userId }),
    admin.api.members.setRole.mutate({ userId: viewer.userId, role: "owner" }),
    admin.api.members.setRole.mutate({ userId: admin.userId, role: "owner" }),
    viewer.api.members.setRole.mutate({ userId: viewer.userId, role: "admin" }),
    viewer.api.members.list.query({}),
  ];
  expect(new Set(await Promise.all(refused.map(refusalOf)))).toEqual(new Set(["PERMISSION_MISSING"]));
  await admin.api.members.setRole.mutate({ userId: viewer.userId, role: "admin" });
});
