import { createHash, randomUUID } from "node:crypto";
import type postgres from "postgres";
import { describe, expect, test } from "vitest";
import { DatabaseUnusableError } from "../database/errors.ts";
import { hash, inHours, withAuthDatabase } from "../testing/auth-world.ts";
import { makeOrganization, openSuperuser } from "../testing/seed.ts";
import type { TestDatabase } from "../testing/test-database.ts";
import type { AuthDatabase } from "./auth-database.ts";
import { openAuthDatabase } from "./open-auth-database.ts";

let testDatabase: TestDatabase;
let auth: AuthDatabase;
let superuser: postgres.Sql;
withAuthDatabase((world) => {
  ({ testDatabase, auth, superuser } = world);
});

test("an API key is found by the hash of its secret while it and its organization are active, and its use is noted", async () => {
  const organizationId = await makeOrganization(superuser, "Keys");
  const id = randomUUID();
  const secretHash = createHash("sha256").update(id).digest();
  await superuser`insert into tenant.api_keys (organization_id, id, name, prefix, secret_hash, grants, networks)
    values (${organizationId}, ${id}, 'CI', 'vtr_', ${secretHash}, '{devices.view,"assets.*"}', '{203.0.113.0/24,2001:db8::/48}')`;
  expect(await auth.findApiKey(secretHash)).toEqual({
    id,
    organizationId,
    slug: "",
    name: "CI",
    grants: ["devices.view", "assets.*"],
    networks: ["203.0.113.0/24", "2001:db8::/48"],
  });
  const usedAt = new Date("2026-11-20T10:00:00.000Z");
  await auth.recordApiKeyUse([
    { organizationId, id, usedAt, usedFrom: "203.0.113.7" },
    { organizationId, id: randomUUID(), usedAt, usedFrom: "203.0.113.7" },
  ]);
  const before = new Date("2026-11-20T09:00:00.000Z");
  await auth.recordApiKeyUse([{ organizationId, id, usedAt: before, usedFrom: "2001:db8::1" }]);
  const [row] = await superuser`select last_used_at, last_used_from from tenant.api_keys where id = ${id}`;
  expect(row).toEqual({ last_used_at: usedAt, last_used_from: "203.0.113.7" });
  await superuser`update tenant.api_keys set expires_at = now() - interval '1 second' where id = ${id}`;
  expect(await auth.findApiKey(secretHash)).toBeUndefined();
  await superuser`update tenant.api_keys set expires_at = null, is_active = false where id = ${id}`;
  expect(await auth.findApiKey(secretHash)).toBeUndefined();
});

test("a host leads by a domain before a slug, also to one that was removed, which is said", async () => {
  const [north, south] = [
    await makeOrganization(superuser, "North"),
    await makeOrganization(superuser, "South"),
  ];
  const [domain, slug] = [`${randomUUID()}.example.com`, `slug-${north.slice(0, 8)}`];
  await superuser`insert into system.organization_slugs (slug, organization_id) values (${slug}, ${north})`;
  expect(await auth.findHost(domain, null)).toBeUndefined();
  const bySlug = { organizationId: north, isDomain: false, isActive: true };
  expect(await auth.findHost(domain, slug)).toEqual(bySlug);
  await superuser`insert into system.verified_domains (domain, organization_id) values (${domain}, ${south})`;
  expect(await auth.findHost(domain, slug)).toEqual({
    organizationId: south,
    isDomain: true,
    isActive: true,
  });
  await superuser`update tenant.organizations set is_active = false where organization_id = ${south}`;
  expect(await auth.findHost(domain, null)).toEqual({
    organizationId: south,
    isDomain: true,
    isActive: false,
  });
});

describe("pairing", () => {
  const hardware = {
    model: "Pi 5",
    os: "Debian 13",
    appVersion: "0.1.0",
    shell: "electron",
    displayWidth: 1920,
    displayHeight: 1080,
  } as const;
  const request = (code: string, expiresAt = inHours(0.2)) => ({
    id: randomUUID(),
    deviceCodeHash: hash(randomUUID()),
    userCodeHash: hash(code),
    publicKey: "A".repeat(43),
    hardware,
    remoteAddress: "198.51.100.7",
    expiresAt,
  });

  test("a code in use by a live request is refused, one past its time is given back", async () => {
    const first = request("BCDFGHJKLMNP", inHours(-0.1));
    expect(await auth.startPairing(first)).toBe(true);
    const second = request("BCDFGHJKLMNP");
    expect(await auth.startPairing(second)).toBe(true);
    expect(await auth.startPairing(request("BCDFGHJKLMNP"))).toBe(false);
    expect((await auth.findPairing(first.deviceCodeHash))?.state).toBe("expired");
    expect(await auth.findPairing(second.deviceCodeHash)).toMatchObject({
      state: "waiting",
      organizationId: null,
    });
    expect(await auth.countPairings("198.51.100.7", inHours(-1))).toBe(2);
  });

  test("a claim can be refused from the glass until its time: screen and credential are taken back, and that is told", async () => {
    const organizationId = await makeOrganization(superuser, "Screens");
    const deviceId = randomUUID();
    const mine = request("LMNPQRST");
    await auth.startPairing(mine);
    expect(await auth.refusePairing(mine.deviceCodeHash)).toBe(false);
    await superuser`insert into tenant.devices (organization_id, id, name, time_zone) values (${organizationId}, ${deviceId}, 'Hall', 'UTC')`;
    await superuser`insert into tenant.device_credentials (organization_id, device_id, public_key) values (${organizationId}, ${deviceId}, ${mine.publicKey})`;
    await superuser`update system.pairing_requests set state = 'claimed', organization_id = ${organizationId},
      device_id = ${deviceId}, organization_name = 'Screens', veto_until = now() + interval '30 seconds' where id = ${mine.id}`;
    expect(await auth.findDevice(organizationId, deviceId)).toEqual({
      organizationId,
      deviceId,
      publicKeys: [mine.publicKey],
      isActive: true,
      revokedAt: null,
    });
    expect(await auth.findDevice(await makeOrganization(superuser, "Other"), deviceId)).toBeUndefined();
    expect(await auth.refusePairing(mine.deviceCodeHash)).toBe(true);
    expect(await auth.refusePairing(mine.deviceCodeHash)).toBe(false);
    expect(await auth.findDevice(organizationId, deviceId)).toMatchObject({
      isActive: false,
      publicKeys: [],
    });
    const [told] = await superuser`select event from tenant.outbox where organization_id = ${organizationId}`;
    expect(told?.event).toEqual({ subject: "device", ids: [deviceId], action: "refused" });
    const [kept] =
      await superuser`select action, actor_name from tenant.audit_events where organization_id = ${organizationId}`;
    expect(kept).toEqual({ action: "devices.refuse", actor_name: "Hall" });
  });
});

test("the role can touch no table, and no other role can take its place", async () => {
  const sql = openSuperuser(testDatabase.urls.vitrine_auth);
  try {
    for (const table of ["system.users", "system.sessions", "tenant.memberships", "tenant.api_keys"]) {
      await expect(sql.unsafe(`select * from ${table}`)).rejects.toMatchObject({ code: "42501" });
    }
  } finally {
    await sql.end();
  }
  await expect(openAuthDatabase({ url: testDatabase.superuserUrl })).rejects.toThrow(DatabaseUnusableError);
  await expect(openAuthDatabase({ url: testDatabase.urls.vitrine_app })).rejects.toThrow("vitrine_auth");
});
