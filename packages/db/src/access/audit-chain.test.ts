import { hash, randomUUID } from "node:crypto";
import { canonicalJson } from "@vitrine/core/audit/canonical";
import { makeChainVerifier } from "@vitrine/core/audit/verify-chain";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import type postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "../database/open-database.ts";
import { type OrganizationScope, organizationScope } from "../database/scope.ts";
import { type JobsDatabase, openJobsDatabase } from "../jobs/open-jobs-database.ts";
import { auditEvents } from "../schema/index.ts";
import { makeOrganization, openSuperuser } from "../testing/seed.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";

let testDatabase: TestDatabase;
let database: Database;
let jobs: JobsDatabase;
let superuser: postgres.Sql;
let north: OrganizationScope;
let south: OrganizationScope;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({ url: testDatabase.urls.vitrine_app, interactiveConnections: 16 });
  jobs = await openJobsDatabase({ url: testDatabase.urls.vitrine_jobs });
  superuser = openSuperuser(testDatabase.superuserUrl);
});
afterAll(async () => {
  await superuser.end();
  await jobs[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  await testDatabase[Symbol.asyncDispose]();
});
beforeEach(async () => {
  north = organizationScope(await makeOrganization(superuser, "North"));
  south = organizationScope(await makeOrganization(superuser, "South"));
});

const event = (scope: OrganizationScope, change: Partial<typeof auditEvents.$inferInsert> = {}) => ({
  organizationId: scope.organizationId,
  id: randomUUID(),
  actorKind: "user" as const,
  actorName: "Sam",
  action: "assets.update",
  subject: "asset",
  ...change,
});

async function verify({ organizationId }: OrganizationScope) {
  const verifier = makeChainVerifier((text) => hash("sha256", text, "hex"));
  const rows = await jobs.readChain({ organizationId, limit: 10_000 });
  verifier.add(rows);
  return { rows, ...verifier.verdict() };
}

test("each event follows the one before it in its organization, whatever sequence and hash were asked for", async () => {
  await database.batch(north, (q) => [
    q.insert(auditEvents).values([event(north), event(north, { sequence: 77 }), event(north)]),
    q.insert(auditEvents).values(event(north, { sequence: 2, hash: Buffer.from("forged") })),
  ]);
  await database.batch(south, (q) => [q.insert(auditEvents).values(event(south))]);
  const { rows, fault } = await verify(north);
  expect(fault).toBeNull();
  expect(rows.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  expect((await verify(south)).rows.map(({ sequence }) => sequence)).toEqual([1]);
});

test("of many at once, in transactions of their own, none is lost and each has its place", async () => {
  const add = (scope: OrganizationScope) =>
    database.inOrganization(scope, (tx) => tx.insert(auditEvents).values([event(scope), event(scope)]));
  await Promise.all(Array.from({ length: 40 }, (_, index) => add(index % 4 === 0 ? south : north)));
  expect(await verify(north)).toMatchObject({ fault: null, head: { sequence: 60 } });
  expect(await verify(south)).toMatchObject({ fault: null, head: { sequence: 20 } });
});

test("what is rolled back leaves no gap", async () => {
  await database.batch(north, (q) => [q.insert(auditEvents).values(event(north))]);
  const failing = database.inOrganization(north, async (tx) => {
    await tx.insert(auditEvents).values(event(north));
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  await database.batch(north, (q) => [q.insert(auditEvents).values(event(north))]);
  expect(await verify(north)).toMatchObject({ fault: null, head: { sequence: 2 } });
});

test("PostgreSQL and the core write the same canonical form, of anything", async () => {
  const anything = fc.jsonValue({ maxDepth: 4, noUnicodeString: false }).filter(isStorable);
  const words = fc.string({ unit: "binary", maxLength: 30 }).filter(isStorable);
  await fc.assert(
    fc.asyncProperty(
      words,
      anything,
      anything,
      fc.date({ noInvalidDate: true, ...YEARS }),
      async (name, before, after, createdAt) => {
        const scope = organizationScope(await makeOrganization(superuser, "Any"));
        await database.batch(scope, (q) => [
          q
            .insert(auditEvents)
            .values(event(scope, { actorName: name, before, after, createdAt, actorId: randomUUID() })),
        ]);
        const { rows, fault } = await verify(scope);
        expect(fault).toBeNull();
        expect(rows[0]?.before ?? "null").toBe(canonicalJson(before));
        expect(rows[0]?.after ?? "null").toBe(canonicalJson(after));
      },
    ),
    { numRuns: 150 },
  );
});

describe("nobody changes or removes an event", () => {
  const TRIES = [
    "update tenant.audit_events set action = 'x'",
    "update tenant.audit_events set action = 'x' where false",
    "delete from tenant.audit_events",
    "truncate tenant.audit_events",
    "merge into tenant.audit_events a using (select 1) x on true when matched then delete",
  ];

  test.each(TRIES)("not the owner: %s", async (text) => {
    await database.batch(north, (q) => [q.insert(auditEvents).values(event(north))]);
    const asOwner = superuser.begin(async (tx) => {
      await tx.unsafe("set local role vitrine_owner");
      await tx.unsafe(text);
    });
    await expect(asOwner).rejects.toMatchObject({ code: "42501" });
    const asReplica = superuser.begin(async (tx) => {
      await tx.unsafe("set local session_replication_role = replica");
      await tx.unsafe(text);
    });
    await expect(asReplica).rejects.toThrow("never changed or removed");
    expect((await verify(north)).rows).toHaveLength(1);
  });

  test.each(TRIES)("not the application: %s", async (text) => {
    const tried = database.batch(north, (q) => [q.execute(sql.raw(text))]);
    await expect(tried).rejects.toMatchObject({ code: "42501" });
  });
});

test("heads are read of all organizations that have one, by pages", async () => {
  for (const scope of [north, south]) {
    await database.batch(scope, (q) => [q.insert(auditEvents).values([event(scope), event(scope)])]);
  }
  const found: Awaited<ReturnType<JobsDatabase["readChainHeads"]>> = [];
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const page = await jobs.readChainHeads({ after, limit: 7 });
    found.push(...page);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.organizationId;
  }
  const { head } = await verify(south);
  expect(found).toContainEqual({ organizationId: south.organizationId, ...head });
  expect(found.some(({ organizationId }) => organizationId === north.organizationId)).toBe(true);
});

const YEARS = { min: new Date("1970-01-01T00:00:00.000Z"), max: new Date("2199-12-31T23:59:59.999Z") };

/** What `jsonb` and `text` can hold: no character NUL, no half of a pair, no number beyond all. */
function isStorable(value: unknown): boolean {
  const text = JSON.stringify(value);
  return text !== undefined && !text.includes("\\u0000") && !/\\ud[89a-f]/i.test(text);
}
