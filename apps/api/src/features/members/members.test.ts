import type { Role } from "@vitrine/core/model/permissions";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
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

describe("permissions beyond the role", () => {
  const give = (userId: string, ...extra: { grant: string; expiresAt: string | null }[]) =>
    owner.api.members.setExtra.mutate({ userId, extra });
  const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

  test("count from the next call on, by name, for an area and for all, until they are taken back", async () => {
    const ben = await member("viewer");
    const make = () => ben.api.playlists.create.mutate({ name: crypto.randomUUID() });
    for (const grant of ["playlists.create", "playlists.*", "*"]) {
      expect(await refusalOf(make())).toBe("PERMISSION_MISSING");
      const { extra } = await give(ben.userId, { grant, expiresAt: null });
      expect(extra).toEqual([{ grant, expiresAt: null }]);
      await make();
      await give(ben.userId);
    }
    expect(await refusalOf(make())).toBe("PERMISSION_MISSING");
  });

  test("end by themselves", async () => {
    const ben = await member("viewer");
    await give(ben.userId, { grant: "playlists.create", expiresAt: inMs(1500) });
    await ben.api.playlists.create.mutate({ name: "Mine" });
    await vi.waitFor(
      async () =>
        expect(await refusalOf(ben.api.playlists.create.mutate({ name: "More" }))).toBe("PERMISSION_MISSING"),
      { timeout: 15_000, interval: 300 },
    );
    expect(await owner.api.members.list.query({ role: "viewer" })).toMatchObject({ rows: [{ extra: [] }] });
  });

  test("are within what their giver has, nobody raises themselves, and an end lies ahead", async () => {
    const [ann, ben] = [await member("admin"), await member("viewer")];
    const handOver = [{ grant: "organization.handOver", expiresAt: null }];
    for (const tried of [
      () => ann.api.members.setExtra.mutate({ userId: ben.userId, extra: handOver }),
      () => ann.api.members.setExtra.mutate({ userId: ann.userId, extra: handOver }),
      () => ann.api.members.setExtra.mutate({ userId: ann.userId, extra: [{ grant: "*", expiresAt: null }] }),
      () => ben.api.members.setExtra.mutate({ userId: ben.userId, extra: [] }),
    ])
      expect(await refusalOf(tried())).toBe("PERMISSION_MISSING");
    expect(await refusalOf(give(ben.userId, { grant: "plays.view", expiresAt: inMs(-1) }))).toBe(
      "INVALID_INPUT",
    );
    expect(await refusalOf(give(ben.userId, { grant: "drop table", expiresAt: null }))).toBe("INVALID_INPUT");
    expect(await refusalOf(give(crypto.randomUUID(), { grant: "plays.view", expiresAt: null }))).toBe(
      "NOT_FOUND",
    );
  });

  test("guard who has them: an admin neither takes back, changes nor removes what may do more than they", async () => {
    const [ann, ben] = [await member("admin"), await member("viewer")];
    await give(ben.userId, { grant: "organization.handOver", expiresAt: null });
    const { userId } = ben;
    for (const tried of [
      () => ann.api.members.setExtra.mutate({ userId, extra: [] }),
      () => ann.api.members.setRole.mutate({ userId, role: "operator" }),
      () => ann.api.members.remove.mutate({ userId }),
    ])
      expect(await refusalOf(tried())).toBe("PERMISSION_MISSING");
  });

  test("are found by what they allow, beside those whose role does", async () => {
    const [ben] = [
      await member("viewer", "Ben"),
      await member("manager", "Cleo"),
      await member("viewer", "Dan"),
    ];
    await give(ben.userId, { grant: "playlists.*", expiresAt: inMs(60_000) });
    const whoMay = async (permission: "playlists.edit" | "playlists.view" | "members.manage") =>
      (await owner.api.members.whoMay.query({ permission })).rows.map(({ name }) => name);
    expect(await whoMay("playlists.edit")).toEqual(["Olga", "Ben", "Cleo"]);
    expect(await whoMay("playlists.view")).toEqual(["Olga", "Ben", "Cleo", "Dan"]);
    expect(await whoMay("members.manage")).toEqual(["Olga"]);
    const first = await owner.api.members.whoMay.query({ permission: "playlists.edit", limit: 2 });
    expect(first).toMatchObject({ total: 3, rows: [{ name: "Olga" }, { name: "Ben" }] });
    const cursor = first.nextCursor ?? "";
    const rest = await owner.api.members.whoMay.query({ permission: "playlists.edit", limit: 2, cursor });
    expect(rest).toMatchObject({ nextCursor: null, rows: [{ name: "Cleo" }] });
  });
});

describe("members who are limited to businesses", () => {
  const business = async (name: string) => (await owner.api.businesses.create.mutate({ name })).id;
  const limit = (userId: string, businessIds: string[] | null) =>
    owner.api.members.setBusinesses.mutate({ userId, businessIds });

  test("are limited each by their own; the record says of the one who is changed what was and is", async () => {
    const [north, south] = [await business("North"), await business("South")];
    const [ben, cleo] = [await member("manager", "Ben"), await member("manager", "Cleo")];
    await limit(cleo.userId, [south]);
    await limit(ben.userId, [north]);
    await limit(ben.userId, [south, north]);
    await limit(ben.userId, null);
    const { rows } = await owner.api.audit.list.query({ action: "members.setBusinesses" });
    const said = await Promise.all(rows.map(({ sequence }) => owner.api.audit.get.query({ sequence })));
    const whole = {};
    const to = (...businesses: string[]) => ({ businesses });
    expect(said.map(({ before, after }) => [before, after])).toEqual([
      [to("North", "South"), whole],
      [to("North"), to("North", "South")],
      [whole, to("North")],
      [whole, to("South")],
    ]);
  });

  test("do not own: neither is an owner limited, nor somebody limited made one, by any way", async () => {
    const north = await business("North");
    const ben = await member("admin", "Ben");
    const { userId } = ben;
    expect(await refusalOf(limit(owner.userId, [north]))).toBe("OWNER_NOT_LIMITED");
    await limit(userId, [north]);
    for (const tried of [
      () => owner.api.members.setRole.mutate({ userId, role: "owner" }),
      () => owner.api.members.handOver.mutate({ userId }),
    ])
      expect(await refusalOf(tried())).toBe("OWNER_NOT_LIMITED");
    expect(await roles()).toEqual(["Olga: owner", "Ben: admin"]);
  });

  test("of limiting somebody and making them an owner at the same time, one is refused", async () => {
    const north = await business("North");
    const people = await Promise.all([1, 2].map((number) => member("admin", `Admin ${number}`)));
    await Promise.all(
      people.map(async ({ userId }) => {
        const tries = [limit(userId, [north]), owner.api.members.setRole.mutate({ userId, role: "owner" })];
        const codes = await Promise.all(
          tries.map((one) =>
            one.then(
              () => "done",
              () => refusalOf(one),
            ),
          ),
        );
        expect(codes.sort()).toEqual(["OWNER_NOT_LIMITED", "done"]);
      }),
    );
    const { rows } = await owner.api.members.list.query({});
    expect(rows.filter(({ role, businesses }) => role === "owner" && businesses !== null)).toEqual([]);
  });
});
