import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeOrganization, openSuperuser } from "../testing/seed.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import type { DeviceStatusWrite, JobsDatabase } from "./jobs-database.ts";
import { openJobsDatabase } from "./open-jobs-database.ts";

let database: TestDatabase;
let jobs: JobsDatabase;
let superuser: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  superuser = openSuperuser(database.superuserUrl);
  jobs = await openJobsDatabase({ url: database.urls.vitrine_jobs });
});
afterAll(async () => {
  await jobs[Symbol.asyncDispose]();
  await superuser.end();
  await database[Symbol.asyncDispose]();
});

const tell = (sql: postgres.Sql, organizationId: string, action: string) =>
  sql`insert into tenant.outbox (organization_id, event)
    values (${organizationId}, ${sql.json({ subject: "asset", ids: [], action })})`;

describe("the outbox", () => {
  test("misses nothing and repeats nothing, though transactions commit in another order than they began", async () => {
    const organizationId = await makeOrganization(superuser, "Outbox");
    const other = openSuperuser(database.superuserUrl);
    try {
      let after = await jobs.currentSnapshot();
      const seen: string[] = [];
      const look = async () => {
        const { upTo, entries } = await jobs.readOutbox({ after, limit: 100 });
        after = upTo;
        seen.push(...entries.map(({ event }) => event.action));
      };
      await other`begin`;
      await tell(other, organizationId, "early");
      await tell(superuser, organizationId, "late");
      await look();
      expect(seen).toEqual(["late"]);
      await other`commit`;
      await look();
      expect(seen).toEqual(["late", "early"]);
      await look();
      expect(seen).toEqual(["late", "early"]);
    } finally {
      await other.end();
    }
  });

  test("comes in pages of one stretch, and says the content revision", async () => {
    const organizationId = await makeOrganization(superuser, "Pages");
    await superuser`update tenant.organizations set content_revision = 7 where organization_id = ${organizationId}`;
    const after = await jobs.currentSnapshot();
    for (const action of ["a", "b", "c"]) await tell(superuser, organizationId, action);
    const first = await jobs.readOutbox({ after, limit: 2 });
    await tell(superuser, organizationId, "d");
    const behind = first.entries.at(-1);
    if (behind === undefined) throw new Error("No entries");
    const second = await jobs.readOutbox({ after, upTo: first.upTo, behind, limit: 2 });
    const actions = [...first.entries, ...second.entries].map(({ event }) => event.action);
    expect(actions).toEqual(["a", "b", "c"]);
    expect(first.entries[0]).toMatchObject({ organizationId, contentRevision: 7 });
  });

  test("forgets what is older than an instant", async () => {
    const organizationId = await makeOrganization(superuser, "Old");
    await tell(superuser, organizationId, "old");
    await superuser`update tenant.outbox set created_at = now() - interval '2 days' where organization_id = ${organizationId}`;
    await tell(superuser, organizationId, "new");
    expect(await jobs.deleteOutboxBefore(new Date(Date.now() - 86_400_000))).toBe(1);
    const left = await superuser`select event from tenant.outbox where organization_id = ${organizationId}`;
    expect(left.map(({ event }) => event.action)).toEqual(["new"]);
  });
});

describe("statuses", () => {
  const word = (organizationId: string, deviceId: string, changes: Partial<DeviceStatusWrite> = {}) => ({
    organizationId,
    deviceId,
    lastHeardAt: new Date("2026-11-20T10:00:00.000Z"),
    bootId: randomUUID(),
    playerState: "playing" as const,
    condition: "playing" as const,
    isUpToDate: true,
    checkedRevision: 4,
    activeManifest: 'W/"a,b{}\\"',
    newestManifest: null,
    isStopping: false,
    shownAssetId: randomUUID(),
    shownItemId: null,
    shownEntryId: null,
    shownSince: new Date("2026-11-20T09:59:50.125Z"),
    hardware: {
      model: 'Pi "5", {new}\\',
      os: "Debian",
      appVersion: "1",
      shell: "chromium" as const,
      displayWidth: 1920,
      displayHeight: 1080,
    },
    vitals: null,
    sync: { filesReady: 1, filesTotal: 2, bytesReady: 3, bytesTotal: 4, missing: [] },
    isRecovering: true,
    display: {
      backend: "x11" as const,
      output: "HDMI-1",
      desired: "on" as const,
      observed: "unknown" as const,
      problem: 'no "answer"',
    },
    update: null,
    faults: [{ kind: "stage", text: 'restarted, it\'s "fine"' }],
    ...changes,
  });

  async function makeDevice(organizationId: string): Promise<string> {
    const id = randomUUID();
    await superuser`insert into tenant.devices (organization_id, id, name, time_zone) values (${organizationId}, ${id}, 'Hall', 'UTC')`;
    return id;
  }

  test("of many organizations are flushed at once, exactly as said, the later word kept, the gone left out", async () => {
    const [north, south] = [
      await makeOrganization(superuser, "North"),
      await makeOrganization(superuser, "South"),
    ];
    const [hall, lobby] = [await makeDevice(north), await makeDevice(south)];
    const first = word(north, hall);
    const gone = word(north, lobby);
    expect(await jobs.flushDeviceStatus([first, word(south, lobby), gone])).toBe(2);
    const later = word(north, hall, { lastHeardAt: new Date("2026-11-20T10:00:30.000Z"), isStopping: true });
    const stale = word(north, hall, { lastHeardAt: new Date("2026-11-20T09:00:00.000Z") });
    expect(await jobs.flushDeviceStatus([later, stale])).toBe(1);
    expect(await jobs.flushDeviceStatus([stale])).toBe(0);
    const [row] = await superuser`select * from tenant.device_status where device_id = ${hall}`;
    expect(row).toMatchObject({
      organization_id: north,
      last_heard_at: later.lastHeardAt,
      boot_id: later.bootId,
      condition: "playing",
      is_up_to_date: true,
      checked_revision: "4",
      active_manifest: later.activeManifest,
      newest_manifest: null,
      is_stopping: true,
      shown_since: later.shownSince,
      hardware: later.hardware,
      vitals: null,
      sync: later.sync,
      is_recovering: true,
      display: later.display,
      update: null,
      faults: later.faults,
    });
    expect(await jobs.flushDeviceStatus([])).toBe(0);

    const heardAt = (minute: number) => new Date(Date.UTC(2026, 10, 20, 10, minute));
    const said = { ...later, lastHeardAt: heardAt(1), condition: "trouble" as const };
    const warmer = { ...said, lastHeardAt: heardAt(2), faults: [] };
    const find = async () =>
      (
        await superuser`select condition, faults, last_heard_at from tenant.device_status where device_id = ${hall}`
      )[0];
    expect(await jobs.flushDeviceStatus([said])).toBe(1);
    expect(await find()).toEqual({ condition: "trouble", faults: later.faults, last_heard_at: heardAt(1) });
    expect(await jobs.flushDeviceStatus([later])).toBe(0);
    expect(await jobs.flushDeviceStatus([warmer])).toBe(1);
    expect(await find()).toEqual({ condition: "trouble", faults: [], last_heard_at: heardAt(2) });
    // What came too late was not written, so that it is whole again with the next word.
    const late = word(north, hall, { lastHeardAt: heardAt(1) });
    expect(await jobs.flushDeviceStatus([late])).toBe(0);
    expect(await jobs.flushDeviceStatus([{ ...late, lastHeardAt: heardAt(3) }])).toBe(1);
    expect(await find()).toEqual({ condition: "playing", faults: late.faults, last_heard_at: heardAt(3) });
  });

  test("heard since an instant and not stopped on purpose are listed", async () => {
    const organizationId = await makeOrganization(superuser, "Heard");
    const [on, off, old] = [
      await makeDevice(organizationId),
      await makeDevice(organizationId),
      await makeDevice(organizationId),
    ];
    const now = new Date("2030-01-01T00:00:00.000Z");
    await jobs.flushDeviceStatus([
      word(organizationId, on, { lastHeardAt: now }),
      word(organizationId, off, { lastHeardAt: now, isStopping: true }),
      word(organizationId, old),
    ]);
    expect(await jobs.listHeardSince(new Date("2029-12-31T00:00:00.000Z"))).toEqual([
      { organizationId, deviceId: on, lastHeardAt: now },
    ]);
  });
});

test("commands past their expiry are marked, once, with the screens they were for", async () => {
  const organizationId = await makeOrganization(superuser, "Commands");
  const deviceId = randomUUID();
  await superuser`insert into tenant.devices (organization_id, id, name, time_zone) values (${organizationId}, ${deviceId}, 'Hall', 'UTC')`;
  const [late, done] = [randomUUID(), randomUUID()];
  await superuser`insert into tenant.device_commands (organization_id, id, device_id, kind, state, expires_at) values
    (${organizationId}, ${late}, ${deviceId}, 'identify', 'delivered', '2026-01-01'),
    (${organizationId}, ${done}, ${deviceId}, 'identify', 'done', '2026-01-01')`;
  const now = new Date("2026-01-02T00:00:00.000Z");
  expect(await jobs.expireCommands(now)).toEqual([{ organizationId, deviceId, id: late, kind: "identify" }]);
  expect(await jobs.expireCommands(now)).toEqual([]);
});

test("what has expired is removed: sessions, pairing requests, links, events and browsers of accounts", async () => {
  const userId = randomUUID();
  await superuser`insert into system.users (id, email, name, password_hash) values (${userId}, 'jobs@example.org', 'Ada', 'x')`;
  for (const expiry of ["2026-01-01", "2036-01-01"]) {
    await superuser`insert into system.sessions (token_hash, id, user_id, expires_at, absolute_expires_at)
      values (${expiry}, ${randomUUID()}, ${userId}, ${expiry}::timestamptz, '2037-01-01')`;
    await superuser`insert into system.pairing_requests (id, device_code_hash, user_code_hash, public_key, hardware, remote_address, expires_at)
      values (${randomUUID()}, ${expiry}, ${expiry}, 'k', '{}', '::1', ${expiry}::timestamptz)`;
    await superuser`insert into system.account_links (user_id, purpose, id, email, requested_at, expires_at)
      values (${userId}, ${expiry < "2030" ? "verifyEmail" : "resetPassword"}, ${randomUUID()}, 'x', ${expiry}, ${expiry})`;
    await superuser`insert into system.account_events (user_id, at, kind, remote_address, user_agent, detail)
      values (${userId}, ${expiry}, 'signedIn', '::1', '', '{}')`;
    const used = expiry < "2030" ? "2025-01-01" : expiry;
    await superuser`insert into system.known_devices (user_id, token_hash, last_seen_at)
      values (${userId}, ${expiry}, ${used})`;
  }
  expect(await jobs.deleteExpired(new Date("2026-06-01T00:00:00.000Z"))).toEqual({
    sessions: 1,
    pairingRequests: 1,
    accountLinks: 1,
    accountEvents: 1,
    knownDevices: 1,
  });
});

test("active organizations are listed by id", async () => {
  const closed = await makeOrganization(superuser, "Closed");
  await superuser`update tenant.organizations set is_active = false where organization_id = ${closed}`;
  const listed = await jobs.listOrganizations();
  expect(listed.map(({ organizationId }) => organizationId)).not.toContain(closed);
  expect(listed).toEqual(
    [...listed].sort((one, other) => (one.organizationId < other.organizationId ? -1 : 1)),
  );
});

test("the role reaches nothing of organizations beyond what is listed", async () => {
  const sql = openSuperuser(database.urls.vitrine_jobs);
  try {
    for (const text of [
      "select * from tenant.assets",
      "select * from tenant.organizations",
      "update tenant.device_commands set failure = 'x'",
      "delete from tenant.device_status",
      "select * from system.users",
      "truncate tenant.outbox",
    ]) {
      await expect(sql.unsafe(text), text).rejects.toMatchObject({ code: "42501" });
    }
  } finally {
    await sql.end();
  }
});
