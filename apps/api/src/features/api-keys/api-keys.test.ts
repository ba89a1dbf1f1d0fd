import { createTRPCClient, httpLink } from "@trpc/client";
import { MAX_API_KEYS } from "@vitrine/core/model/api-key";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { refusalOf, signUp, type Visiting, type Visitor } from "../../testing/browser.ts";
import { memberOf } from "../../testing/member.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import type { AppRouter } from "../../trpc/root.ts";

let server: TestServer;
let superuser: postgres.Sql;
let owner: Visiting;
beforeAll(async () => {
  server = await startTestServer({ VITRINE_TRUSTED_PROXIES: "1" });
  superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await superuser.end();
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  owner = await signUp(server.url, "Olga", "Shop");
});

/** A program with a key, at an address. */
function program(secret: string, address = "203.0.113.7"): Visitor {
  const headers = { authorization: `Bearer ${secret}`, "x-forwarded-for": address };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${server.url}/trpc`, headers })] });
}
const create = (input: Partial<Parameters<Visitor["apiKeys"]["create"]["mutate"]>[0]> = {}) =>
  owner.api.apiKeys.create.mutate({ name: "Reader", grants: ["members.view"], ...input });
const [hour, day] = [3_600_000, 86_400_000];

test("a key for some networks works from these alone, and is told so from others", async () => {
  const { secret } = await create({ networks: ["203.0.113.0/24", "2001:DB8::/48"] });
  for (const address of ["203.0.113.200", "2001:db8:0:7::1"])
    expect((await program(secret, address).members.list.query({})).total).toBe(1);
  for (const address of ["203.0.114.1", "2001:db8:1::1", "127.0.0.1"])
    expect(await refusalOf(program(secret, address).members.list.query({}))).toBe("API_KEY_NETWORK");
});

test("nothing about a key that is no good is told: malformed, unknown, ended, revoked are one", async () => {
  const { secret, key } = await create();
  const changed = `${secret.slice(0, -1)}${secret.endsWith("0") ? "1" : "0"}`;
  for (const bad of ["x", `vtr_${"0".repeat(38)}`, changed])
    expect(await refusalOf(program(bad).members.list.query({}))).toBe("API_KEY_INVALID");
  await superuser`update tenant.api_keys set expires_at = now() where id = ${key.id}`;
  expect(await refusalOf(program(secret).members.list.query({}))).toBe("API_KEY_INVALID");
  await superuser`update tenant.api_keys set expires_at = null where id = ${key.id}`;
  expect((await program(secret).members.list.query({})).total).toBe(1);
  await owner.api.apiKeys.revoke.mutate({ id: key.id });
  expect(await refusalOf(program(secret).members.list.query({}))).toBe("API_KEY_INVALID");
});

test("a new secret takes the place of the old one, and both work for the time that was told", async () => {
  const expiresAt = new Date(Date.now() + 90 * day).toISOString();
  const old = await create({ expiresAt, networks: ["203.0.113.0/24"] });
  const next = await owner.api.apiKeys.rotate.mutate({ id: old.key.id, overlapHours: 24 });
  expect(next.key).toMatchObject({ name: "Reader", grants: ["members.view"], networks: ["203.0.113.0/24"] });
  expect(Date.parse(next.key.expiresAt ?? "") - Date.now()).toBeGreaterThan(89 * day);
  for (const { secret } of [old, next]) expect((await program(secret).members.list.query({})).total).toBe(1);

  const { rows } = await owner.api.apiKeys.list.query({});
  expect(rows.map(({ id, isReplaced }) => [id, isReplaced])).toEqual([
    [next.key.id, false],
    [old.key.id, true],
  ]);
  const overlapMs = Date.parse(rows[1]?.expiresAt ?? "") - Date.now();
  expect(overlapMs).toBeGreaterThan(23 * hour);
  expect(overlapMs).toBeLessThanOrEqual(24 * hour);
  expect(
    await refusalOf(owner.api.apiKeys.rotate.mutate({ id: old.key.id, overlapHours: 1 })),
    "a second time",
  ).toBe("API_KEY_OVER");

  await superuser`update tenant.api_keys set expires_at = now() where id = ${old.key.id}`;
  expect(await refusalOf(program(old.secret).members.list.query({}))).toBe("API_KEY_INVALID");
  expect((await owner.api.apiKeys.list.query({})).rows.map(({ id }) => id)).toEqual([next.key.id]);
  const last = await owner.api.apiKeys.rotate.mutate({ id: next.key.id, overlapHours: 0 });
  expect(await refusalOf(program(next.secret).members.list.query({})), "no overlap").toBe("API_KEY_INVALID");
  expect((await program(last.secret).members.list.query({})).total).toBe(1);
});

test("twenty who rotate one key at once make one new key", async () => {
  const { key } = await create();
  const tries = await Promise.allSettled(
    Array.from({ length: 20 }, () => owner.api.apiKeys.rotate.mutate({ id: key.id, overlapHours: 1 })),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await owner.api.apiKeys.list.query({})).total).toBe(2);
});

test("when and from where a key was used last is shown", async () => {
  const { secret, key } = await create();
  expect(key).toMatchObject({ lastUsedAt: null, lastUsedFrom: null });
  await program(secret, "203.0.113.7").members.list.query({});
  await program(secret, "2001:db8::7").members.list.query({});
  await vi.waitFor(
    async () => {
      const { rows } = await owner.api.apiKeys.list.query({});
      expect(rows).toMatchObject([{ lastUsedFrom: "2001:db8::7" }]);
      expect(Date.now() - Date.parse(rows[0]?.lastUsedAt ?? "")).toBeLessThan(60_000);
    },
    { timeout: 15_000, interval: 200 },
  );
});

test("nobody makes, changes or renews a key that may do more than they", async () => {
  const strong = await create({ grants: ["organization.handOver"] });
  const admin = await memberOf(server, owner, "admin");
  const { apiKeys } = admin.api;
  for (const tried of [
    () => apiKeys.create.mutate({ name: "Mine", grants: ["*"] }),
    () => apiKeys.rotate.mutate({ id: strong.key.id, overlapHours: 1 }),
    () => apiKeys.update.mutate({ id: strong.key.id, networks: [] }),
    () => apiKeys.update.mutate({ id: strong.key.id, grants: ["assets.view"] }),
  ])
    expect(await refusalOf(tried())).toBe("PERMISSION_MISSING");
  const own = await apiKeys.create.mutate({ name: "Mine", grants: ["assets.*"] });
  expect(await refusalOf(apiKeys.update.mutate({ id: own.key.id, grants: ["organization.handOver"] }))).toBe(
    "PERMISSION_MISSING",
  );
  const changed = await apiKeys.update.mutate({ id: own.key.id, grants: ["members.view"], name: "Ours" });
  expect(changed).toMatchObject({ name: "Ours", grants: ["members.view"] });
  expect((await program(own.secret).members.list.query({})).total).toBe(2);
  await apiKeys.revoke.mutate({ id: strong.key.id });
});

test.each([
  ["an end that is past", { expiresAt: new Date(Date.now() - hour).toISOString() }],
  ["a network that is none", { networks: ["203.0.113.0/33"] }],
  ["a name instead of a network", { networks: ["office.example"] }],
  ["too many networks", { networks: Array.from({ length: 21 }, (_, index) => `203.0.113.${index}`) }],
  ["no permission", { grants: [] }],
])("%s is refused", async (_name, input) => {
  expect(await refusalOf(create(input))).toBe("INVALID_INPUT");
});

test("an organization has so many keys and no more, also when two are made at once", async () => {
  const [{ id = "" } = {}] = await superuser`
    insert into tenant.api_keys (organization_id, id, name, prefix, secret_hash, grants)
    select organization_id, gen_random_uuid(), 'Many', 'vtr_', sha256(number::text::bytea), '{assets.view}'
    from tenant.memberships, generate_series(2, ${MAX_API_KEYS}) number where user_id = ${owner.userId} returning id`;
  const tries = await Promise.allSettled([create(), create(), create()]);
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await refusalOf(create())).toBe("TOO_MANY");
  await owner.api.apiKeys.revoke.mutate({ id });
  await create();
});
