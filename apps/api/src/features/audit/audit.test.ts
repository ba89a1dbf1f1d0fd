import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { auditEvents } from "@vitrine/db/schema";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { anchorPath, openAnchorFile } from "../../audit/anchor-file.ts";
import { startAnchoring } from "../../audit/anchoring.ts";
import { signUp } from "../../testing/browser.ts";
import { failureOf } from "../../testing/failure-of.ts";
import { tamper } from "../../testing/tampering.ts";
import { makeTestOrganization, type TestOrganization } from "../../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";

let server: TestServer;
let superuser: postgres.Sql;
let ours: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await superuser.end();
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  ours = await makeTestOrganization(server.services);
});

/** Writes events of the past straight into the record: the n-th was n minutes ago. */
async function remember(count: number, change: Partial<typeof auditEvents.$inferInsert> = {}) {
  const { organizationId } = ours;
  const { newId, clock, database } = server.services;
  const rows = Array.from({ length: count }, (_, index) => ({
    organizationId,
    id: newId(),
    actorKind: "user" as const,
    actorName: "Robin",
    action: "playlists.create",
    subject: "playlist",
    subjectId: newId(),
    after: { name: `Number ${index + 1}` },
    requestId: "request",
    remoteAddress: "198.51.100.7",
    createdAt: new Date(clock.nowMs() - (count - index) * 60_000),
    ...change,
  }));
  for (let from = 0; from < count; from += 1_000) {
    await database.batch(ours.scope, (q) => [q.insert(auditEvents).values(rows.slice(from, from + 1_000))]);
  }
  return rows;
}

describe("the list", () => {
  test("names what is gone as it was called then", async () => {
    const admin = ours.as("admin");
    const { id } = await admin.businesses.create({ name: "Harbour" });
    await admin.businesses.update({ id, name: "Old harbour" });
    const names = async () => (await admin.audit.list({})).rows.map(({ subjectName }) => subjectName);
    expect(await names()).toEqual(["Old harbour", "Old harbour"]);
    await admin.businesses.remove({ id });
    expect(await names()).toEqual(["Old harbour", "Old harbour", "Harbour"]);
    const found = await admin.audit.list({ search: "harbour" });
    expect(found.rows.map(({ subjectName }) => subjectName)).toEqual([
      "Old harbour",
      "Old harbour",
      "Harbour",
    ]);
  });

  test("says who did what to which thing as it is called now, newest first", async () => {
    const admin = ours.as("admin");
    const { id } = await admin.playlists.create({ name: "Breakfast" });
    await admin.playlists.update({ id, name: "Brunch" });
    const { rows, nextCursor, searchedTo } = await admin.audit.list({});
    expect(rows).toMatchObject([
      { sequence: 2, action: "playlists.update", subject: "playlist", subjectId: id, subjectName: "Brunch" },
      {
        sequence: 1,
        action: "playlists.create",
        actorKind: "user",
        actorName: "A admin",
        remoteAddress: "127.0.0.1",
      },
    ]);
    expect({ nextCursor, searchedTo }).toEqual({ nextCursor: null, searchedTo: null });
    const event = await admin.audit.get({ sequence: 2 });
    expect(event).toMatchObject({ before: { name: "Breakfast" }, after: { name: "Brunch" } });
    expect(event.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect((await admin.audit.state()).head).toMatchObject({ sequence: 2, hash: event.hash });
    expect(await failureOf(admin.audit.get({ sequence: 3 }))).toMatchObject({ code: "NOT_FOUND" });
  });

  test("is paged without a gap or a repetition, also where many are of one instant", async () => {
    await remember(60, { createdAt: new Date("2026-11-20T10:00:00.000Z") });
    await remember(20);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await ours.as("owner").audit.list({ limit: 7, ...(cursor && { cursor }) });
      seen.push(...page.rows.map(({ sequence }) => sequence));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(Array.from({ length: 80 }, (_, index) => 80 - index));
    expect(await failureOf(ours.as("owner").audit.list({ cursor: "nonsense" }))).toMatchObject({
      code: "INVALID_INPUT",
    });
  });

  test("is narrowed by actor, area, action, subject and time", async () => {
    const actorId = server.services.newId();
    await remember(3);
    const createdAt = new Date(server.services.clock.nowMs() - 90_000);
    const kim = { actorId, actorName: "Kim", action: "devices.claim", subject: "device", createdAt };
    const [mine] = await remember(1, kim);
    const api = ours.as("admin");
    const sequences = async (filter: Parameters<typeof api.audit.list>[0]) =>
      (await api.audit.list(filter)).rows.map(({ sequence }) => sequence);
    expect(await sequences({ actorId })).toEqual([4]);
    expect(await sequences({ area: "devices" })).toEqual([4]);
    expect(await sequences({ area: "playlists" })).toEqual([3, 2, 1]);
    expect(await sequences({ action: "devices.claim" })).toEqual([4]);
    expect(await sequences({ subject: "device", subjectId: mine?.subjectId ?? "" })).toEqual([4]);
    const from = createdAt.toISOString();
    expect(await sequences({ from })).toEqual([3, 4]);
    expect(await sequences({ until: from })).toEqual([2, 1]);
    expect((await api.audit.actors()).rows).toEqual([{ id: actorId, kind: "user", name: "Kim" }]);
  });

  test("is searched in names, addresses, values and what things are called now, a bounded number at a time", async () => {
    const api = ours.as("admin");
    await remember(1, {
      after: { name: "The 100% find" },
      remoteAddress: "2001:db8::1",
      createdAt: new Date(0),
    });
    await remember(20_000);
    const { id } = await api.playlists.create({ name: "Lunch" });
    await api.playlists.update({ id, name: "Dinner" });
    const found = async (search: string) =>
      (await api.audit.list({ search })).rows.map(({ sequence }) => sequence);
    expect(await found("DINNER")).toEqual([20_003, 20_002]);
    expect(await found("number 19999")).toEqual([20_000]);
    const first = await api.audit.list({ search: "100%" });
    expect(first).toMatchObject({ rows: [], searchedTo: expect.any(String), nextCursor: expect.any(String) });
    const second = await api.audit.list({ search: "100%", cursor: first.nextCursor ?? "" });
    expect(second).toMatchObject({ rows: [{ sequence: 1 }], searchedTo: null, nextCursor: null });
    expect(await found("2001:db8")).toEqual([]);
  });

  test("of commands at once, of which some take the organization first and some last, none waits crosswise", async () => {
    const { api } = await signUp(server.url, "Sam", "Shop");
    const acts = Array.from({ length: 60 }, (_, index) =>
      index % 2 === 0
        ? api.organization.update.mutate({ name: `Shop ${index}` })
        : api.playlists.create.mutate({ name: `List ${index}` }),
    );
    expect((await Promise.allSettled(acts)).filter(({ status }) => status === "rejected")).toEqual([]);
    expect((await api.audit.state.query()).head.sequence).toBe(61);
  });

  test("is for those who may see it", async () => {
    for (const role of ["manager", "operator", "viewer"] as const) {
      expect(await failureOf(ours.as(role).audit.list({}))).toEqual({
        code: "PERMISSION_MISSING",
        data: { permission: "audit.view" },
      });
    }
  });
});

describe("a verification", () => {
  const check = async () => {
    const api = ours.as("owner");
    const { id } = await api.audit.verify();
    await until("the verification ends", async () => (await api.audit.state()).check?.state === "finished");
    const found = (await api.audit.state()).check;
    expect(found?.id).toBe(id);
    return found;
  };
  const anchoring = (given: { mostBytes?: number } = {}) => {
    const { jobsDatabase: jobs, auditAnchors: file, mac, clock, log } = server.services;
    return startAnchoring({ jobs, file, mac, clock, log, everyMs: 3_600_000, ...given });
  };
  const anchorNow = async () => {
    await anchoring()[Symbol.asyncDispose]();
  };
  const where = () => `organization_id = '${ours.organizationId}'`;

  test("of a record that nobody touched finds nothing, in the background, and is recorded itself", async () => {
    await remember(2_500);
    await anchorNow();
    expect(await check()).toMatchObject({ events: 2_501, anchors: 1, fault: null, startedByName: "A owner" });
    const { rows } = await ours.as("owner").audit.list({ limit: 1 });
    expect(rows).toMatchObject([{ action: "audit.verify" }]);
  });

  test("names the first event that was changed", async () => {
    const rows = await remember(30);
    await tamper(
      superuser,
      `update tenant.audit_events set actor_name = 'Nobody' where ${where()} and sequence in (12, 20)`,
    );
    expect((await check())?.fault).toEqual({ kind: "changed", sequence: 12, id: rows[11]?.id });
  });

  test("names what was cut off since an anchor, also when the chain has grown again", async () => {
    await remember(30);
    await anchorNow();
    await tamper(superuser, `delete from tenant.audit_events where ${where()} and sequence > 20`);
    expect((await check())?.fault).toMatchObject({ kind: "cutOff", sequence: 22, anchoredSequence: 30 });
    await remember(30);
    expect((await check())?.fault).toMatchObject({ kind: "rewritten", sequence: 1, anchoredSequence: 30 });
  });

  test("finds the same once a file of anchors that became long was thinned, to the newest of each whole chain", async () => {
    const [whole, changed] = [ours, await makeTestOrganization(server.services)];
    for (const one of [whole, changed]) {
      ours = one;
      await remember(10);
      await anchorNow();
      await remember(10);
      await anchorNow();
    }
    await tamper(superuser, `delete from tenant.audit_events where ${where()} and sequence > 15`);
    const path = anchorPath(server.services.config.dataDir);
    const lengthOf = ({ organizationId }: TestOrganization) =>
      readFileSync(path, "utf8").split(organizationId).length - 1;
    expect([whole, changed].map(lengthOf)).toEqual([2, 2]);
    {
      await using _thinning = anchoring({ mostBytes: 0 });
      await until("the file is thinned", async () => lengthOf(whole) === 1);
    }
    expect(lengthOf(changed), "what shows a fault stays").toBe(2);
    expect((await check())?.fault).toMatchObject({ kind: "cutOff", anchoredSequence: 20 });
    ours = whole;
    expect((await check())?.fault).toBeNull();
    await tamper(superuser, `delete from tenant.audit_events where ${where()} and sequence > 5`);
    expect((await check())?.fault).toMatchObject({ kind: "cutOff", anchoredSequence: 20 });
    expect(server.services.auditAnchors.lastSequence(whole.organizationId)).toBe(20);
  });

  test("says that the anchors themselves were changed, and at which line", async () => {
    await remember(3);
    await anchorNow();
    const path = anchorPath(server.services.config.dataDir);
    const kept = readFileSync(path, "utf8");
    const lines = kept.trimEnd().split("\n");
    const index = lines.findIndex((line) => line.includes(ours.organizationId));
    lines[index] = (lines[index] ?? "").replace('"sequence":3', '"sequence":2');
    writeFileSync(path, `${lines.join("\n")}\n`);
    expect((await check())?.fault).toEqual({ kind: "anchors", line: index + 1 });
    writeFileSync(path, kept);
    expect((await check())?.fault).toBeNull();
  });

  test("what a loss of power left of the last line of anchors is taken away when the server starts", async () => {
    await remember(1);
    await anchorNow();
    const { mac, log, clock } = server.services;
    const path = anchorPath(server.services.config.dataDir);
    const kept = readFileSync(path, "utf8");
    appendFileSync(path, kept.slice(0, 40));
    const file = await openAnchorFile({ path, mac, log });
    expect(readFileSync(path, "utf8")).toBe(kept);
    expect(file.lastSequence(ours.organizationId)).toBe(1);
    const { organizationId } = ours;
    await file.append([{ organizationId, sequence: 2, hash: "a".repeat(64) }], clock.now());
    expect((await openAnchorFile({ path, mac, log })).lastSequence(organizationId)).toBe(2);
    writeFileSync(path, kept);
  });
});
