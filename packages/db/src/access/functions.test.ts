import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isUniqueViolation } from "../database/errors.ts";
import { type Database, openDatabase } from "../database/open-database.ts";
import { type OrganizationScope, organizationScope } from "../database/scope.ts";
import {
  assets,
  assetTags,
  devices,
  deviceTags,
  memberships,
  organizations,
  playlists,
} from "../schema/index.ts";
import { makeOrganization, openSuperuser } from "../testing/seed.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";

let testDatabase: TestDatabase;
let database: Database;
let superuser: postgres.Sql;
let north: OrganizationScope;
let south: OrganizationScope;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  superuser = openSuperuser(testDatabase.superuserUrl);
  database = await openDatabase({ url: testDatabase.urls.vitrine_app });
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await superuser.end();
  await testDatabase[Symbol.asyncDispose]();
});
beforeEach(async () => {
  north = organizationScope(await makeOrganization(superuser, "North"));
  south = organizationScope(await makeOrganization(superuser, "South"));
});

const call = async (scope: OrganizationScope, text: ReturnType<typeof sql>) =>
  (await database.batch(scope, (q) => [q.execute<Record<string, unknown>>(text)]))[0];

test("a person signs up with an organization in one transaction; a taken address names its key and keeps nothing", async () => {
  const email = `${randomUUID()}@example.org`;
  const signUp = async () => {
    const scope = organizationScope(randomUUID());
    const userId = randomUUID();
    await database.inOrganization(scope, async (tx) => {
      await tx.insert(organizations).values({ organizationId: scope.organizationId, name: "New" });
      await tx.execute(sql`select app.register_user(${userId}, ${email}, 'Ada', 'hash')`);
      await tx.insert(memberships).values({ organizationId: scope.organizationId, userId, role: "owner" });
    });
    return { scope, userId };
  };
  const { scope, userId } = await signUp();
  expect(await call(scope, sql`select * from app.list_people()`)).toEqual([
    { user_id: userId, name: "Ada", email },
  ]);
  expect(await call(north, sql`select * from app.list_people()`)).toEqual([]);
  const before = await superuser`select count(*) from tenant.organizations`;
  const error: unknown = await signUp().catch((reason: unknown) => reason);
  expect(isUniqueViolation(error, "users_email")).toBe(true);
  expect(await superuser`select count(*) from tenant.organizations`).toEqual(before);
});

describe("who is registered", () => {
  const hash = () => randomUUID();
  const register = (userId: string) =>
    sql`select app.register_user(${userId}, ${`${userId}@example.org`}, 'Ada', 'hash')`;
  const letIn = (userId: string, tokenHash: string, isVerified = false) => {
    const expiresAt = new Date(Date.now() + 3_600_000);
    const session = { tokenHash, id: randomUUID(), expiresAt, absoluteExpiresAt: expiresAt };
    const trace = { kind: "signedIn", remoteAddress: "", userAgent: "", detail: {}, mails: [] };
    return sql`select app.let_in(${userId}, ${JSON.stringify(session)}::text::jsonb, ${hash()}, ${isVerified},
      ${JSON.stringify(trace)}::text::jsonb)`;
  };
  const sessionOf = async (userId: string) => {
    const rows = await superuser`select s.organization_id, u.email_verified_at is not null as is_verified
      from system.sessions s join system.users u on u.id = s.user_id where user_id = ${userId}`;
    return [...rows];
  };

  test("is let in by the same transaction, and by no other", async () => {
    const [userId, verified] = [randomUUID(), randomUUID()];
    await database.batch(north, (q) => [q.execute(register(userId)), q.execute(letIn(userId, hash()))]);
    await database.batch(south, (q) => [
      q.execute(register(verified)),
      q.execute(letIn(verified, hash(), true)),
    ]);
    const events = await superuser`select kind from system.account_events where user_id = ${userId}`;
    const devices = await superuser`select 1 from system.known_devices where user_id = ${userId}`;
    expect([events[0]?.kind, devices.length]).toEqual(["signedIn", 1]);
    for (const scope of [north, south])
      await expect(call(scope, letIn(userId, hash()))).rejects.toMatchObject({ code: "42501" });
    expect(await sessionOf(userId)).toEqual([{ organization_id: north.organizationId, is_verified: false }]);
    expect(await sessionOf(verified)).toEqual([{ organization_id: south.organizationId, is_verified: true }]);
  });

  test("has a session act where they belong by then, and shows their own address there", async () => {
    const [userId, tokenHash] = [randomUUID(), hash()];
    await database.batch(north, (q) => [q.execute(register(userId)), q.execute(letIn(userId, tokenHash))]);
    const actHere = sql`select app.act_here(${tokenHash}) as is`;
    const verify = (email: string) => sql`select app.verify_member(${userId}, ${email}) as is`;
    expect(await call(south, actHere)).toEqual([{ is: false }]);
    expect(await call(south, verify(`${userId}@example.org`))).toEqual([{ is: false }]);
    const { organizationId } = south;
    const [, acted, another, own] = await database.batch(south, (q) => [
      q.insert(memberships).values({ organizationId, userId, role: "viewer" }),
      q.execute(actHere),
      q.execute(verify("another@example.org")),
      q.execute(verify(`${userId}@example.org`)),
    ]);
    expect([acted, another, own]).toEqual([[{ is: true }], [{ is: false }], [{ is: true }]]);
    expect(await sessionOf(userId)).toEqual([{ organization_id: organizationId, is_verified: true }]);
  });
});

test("a slug is one organization's; another takes a new one in its place, and can then not have the old one's owner's", async () => {
  const claim = async (scope: OrganizationScope, slug: string) =>
    (await call(scope, sql`select app.claim_slug(${slug}) as claimed`))[0]?.claimed;
  const slug = `s-${randomUUID()}`.slice(0, 20).replace(/-$/, "");
  expect(await claim(north, slug)).toBe(true);
  expect(await claim(north, slug)).toBe(true);
  expect(await claim(south, slug)).toBe(false);
  expect(await claim(north, `${slug}2`)).toBe(true);
  expect(await claim(south, slug)).toBe(true);
  expect(await call(south, sql`select app.find_slug() as slug`)).toEqual([{ slug }]);
  expect(await call(north, sql`select app.find_slug() as slug`)).toEqual([{ slug: `${slug}2` }]);
});

describe("a pairing request", () => {
  async function makeRequest(expires = "10 minutes"): Promise<{ hash: string; id: string }> {
    const [id, hash] = [randomUUID(), randomUUID()];
    await superuser`insert into system.pairing_requests (id, device_code_hash, user_code_hash, public_key, hardware, remote_address, expires_at)
      values (${id}, ${hash}, ${hash}, 'key', '{"model":"Pi"}', '192.0.2.1', now() + ${expires}::interval)`;
    return { id, hash };
  }
  const claim = (scope: OrganizationScope, hash: string) =>
    call(
      scope,
      sql`select * from app.claim_pairing(${hash}, ${randomUUID()}, 'North', ${new Date(Date.now() + 30_000)})`,
    );

  test("is found by its code and claimed once, though two try together", async () => {
    const { id, hash } = await makeRequest();
    expect(await call(north, sql`select * from app.find_pairing(${hash})`)).toMatchObject([
      { id, hardware: { model: "Pi" }, remote_address: "192.0.2.1", expires_at: expect.any(Date) },
    ]);
    const claims = await Promise.all([claim(north, hash), claim(south, hash), claim(north, hash)]);
    expect(claims.flat()).toEqual([
      { id, public_key: "key", hardware: { model: "Pi" }, remote_address: "192.0.2.1" },
    ]);
    expect(await call(north, sql`select * from app.find_pairing(${hash})`)).toEqual([]);
  });

  test("past its time is neither found nor claimed", async () => {
    const { hash } = await makeRequest("-1 second");
    expect(await call(north, sql`select * from app.find_pairing(${hash})`)).toEqual([]);
    expect(await claim(north, hash)).toEqual([]);
  });
});

describe("search", () => {
  const asset = (scope: OrganizationScope, name: string) => ({
    organizationId: scope.organizationId,
    id: randomUUID(),
    kind: "image" as const,
    name,
    state: "ready" as const,
  });
  const found = async (scope: OrganizationScope, text: string) => {
    const [rows] = await database.batch(scope, (q) => [
      q
        .select({ name: assets.name })
        .from(assets)
        .where(
          sql`${eq(assets.organizationId, scope.organizationId)} and ${assets.id} in (select app.search_assets(${text}))`,
        )
        .orderBy(assets.name),
    ]);
    return rows.map(({ name }) => name);
  };

  test("finds names and tags that contain the text, whatever their case, of its organization only", async () => {
    const summer = asset(north, "Summer MENU 50%_off.png");
    const other = asset(north, "Wine list");
    await database.batch(north, (q) => [
      q.insert(assets).values([summer, other]),
      q.insert(assetTags).values({ organizationId: north.organizationId, assetId: other.id, tag: "menu" }),
    ]);
    await database.batch(south, (q) => [q.insert(assets).values(asset(south, "Their menu"))]);
    expect(await found(north, "menu")).toEqual(["Summer MENU 50%_off.png", "Wine list"]);
    expect(await found(north, "50%_")).toEqual(["Summer MENU 50%_off.png"]);
    expect(await found(north, "50%off")).toEqual([]);
    expect(await found(north, "%")).toEqual(["Summer MENU 50%_off.png"]);
    expect(await found(north, "\\")).toEqual([]);
    expect(await found(north, "Wi")).toEqual(["Wine list"]);
    expect(await found(north, "nu")).toEqual(["Summer MENU 50%_off.png", "Wine list"]);
    expect(await found(north, "_")).toEqual(["Summer MENU 50%_off.png"]);
    expect(await found(south, "me")).toEqual(["Their menu"]);
    expect(await found(south, "menu")).toEqual(["Their menu"]);
  });

  test("finds playlists by name, and screens by name and tag", async () => {
    const organizationId = north.organizationId;
    const screen = { organizationId, id: randomUUID(), name: "Front door", timeZone: "UTC" };
    await database.batch(north, (q) => [
      q.insert(playlists).values({ organizationId, id: randomUUID(), name: "Front of house" }),
      q.insert(devices).values(screen),
      q.insert(deviceTags).values({ organizationId, deviceId: screen.id, tag: "portrait" }),
    ]);
    expect(await call(north, sql`select app.search_playlists('FRONT') as id`)).toHaveLength(1);
    expect(await call(north, sql`select app.search_devices('door') as id`)).toEqual([{ id: screen.id }]);
    expect(await call(north, sql`select app.search_devices('PORT') as id`)).toEqual([{ id: screen.id }]);
    expect(await call(south, sql`select app.search_devices('door') as id`)).toEqual([]);
    expect(await call(south, sql`select app.search_playlists('front') as id`)).toEqual([]);
  });
});

describe("a job", () => {
  const jobs = async (scope: OrganizationScope) =>
    superuser`select name, data, singleton_key, retry_limit from pgboss.job where data->>'organizationId' = ${scope.organizationId}`;

  test("commits with the transaction and names its organization, whatever its data says", async () => {
    const data = { assetId: "a", organizationId: south.organizationId };
    await call(north, sql`select app.enqueue_job('process-asset', ${data}, 'a')`);
    expect([...(await jobs(north))]).toEqual([
      {
        name: "process-asset",
        data: { assetId: "a", organizationId: north.organizationId },
        singleton_key: `${north.organizationId}:a`,
        retry_limit: 3,
      },
    ]);
    expect(await jobs(south)).toHaveLength(0);
  });

  test("is gone when the transaction is rolled back, and refused in a queue that does not exist", async () => {
    await expect(
      database.batch(north, (q) => [
        q.execute(sql`select app.enqueue_job('process-asset', '{}')`),
        q.execute(sql`select app.enqueue_job('no-such-queue', '{}')`),
      ]),
    ).rejects.toMatchObject({ code: "42704" });
    expect(await jobs(north)).toHaveLength(0);
  });
});

test("removing an organization removes its rows and no other's", async () => {
  const fill = async (scope: OrganizationScope) => {
    const { organizationId } = scope;
    const list = { organizationId, id: randomUUID(), name: "L" };
    await database.batch(scope, (q) => [
      q.insert(playlists).values(list),
      q
        .insert(devices)
        .values({ organizationId, id: randomUUID(), name: "D", timeZone: "UTC", playlistId: list.id }),
      q
        .update(organizations)
        .set({ defaultPlaylistId: list.id })
        .where(eq(organizations.organizationId, organizationId)),
    ]);
  };
  await fill(north);
  await fill(south);
  await superuser`delete from tenant.organizations where organization_id = ${north.organizationId}`;
  const left =
    await superuser`select organization_id from tenant.playlists where organization_id in ${superuser([north.organizationId, south.organizationId])}`;
  expect(left.map((row) => row.organization_id)).toEqual([south.organizationId]);
});
