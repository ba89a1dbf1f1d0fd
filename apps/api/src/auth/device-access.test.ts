import { deviceCredentials, organizations } from "@vitrine/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makePerson, type TestPerson } from "../device/testing/test-person.ts";
import { openSession, pairScreen } from "../device/testing/test-screen.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { MAX_TRUST_MS, makeDeviceAccess, TRUST_MS } from "./device-access.ts";

let server: TestServer;
let person: TestPerson;
const clock = { ms: Date.now(), now: () => new Date(clock.ms), nowMs: () => clock.ms };
beforeAll(async () => {
  server = await startTestServer();
  person = await makePerson(server);
});
afterAll(() => server[Symbol.asyncDispose]());

async function makeCase() {
  const screen = await pairScreen(server.url, person.cookie);
  const { organizationId, deviceId, keys } = screen;
  const settled = { ms: 0 };
  const { database, devices } = server.services;
  const access = makeDeviceAccess({ database, clock, settledAtMs: () => settled.ms, onRevoked: () => {} });
  const { session } = devices.tokens.read(screen.token);
  const binding = { organizationId, deviceId, publicKey: keys.publicKey, session };
  return { access, deviceId, binding, settled, screen };
}

test("while changes are not read, what the database said counts for five seconds", async () => {
  const { access, binding, deviceId } = await makeCase();
  await access.require(binding);
  await server.services.database.batch(person.scope, (q) => [
    q
      .update(deviceCredentials)
      .set({ revokedAt: new Date() })
      .where(eq(deviceCredentials.deviceId, deviceId)),
  ]);
  clock.ms += 4_999;
  await access.require(binding);
  clock.ms += 1;
  await expect(access.require(binding)).rejects.toThrow("DEVICE_REVOKED");
});

test("while changes are read it counts for five minutes, since a revocation would be told", async () => {
  const { access, binding, deviceId, settled } = await makeCase();
  await access.require(binding);
  await server.services.database.batch(person.scope, (q) => [
    q
      .update(deviceCredentials)
      .set({ revokedAt: new Date() })
      .where(eq(deviceCredentials.deviceId, deviceId)),
  ]);
  const beganMs = clock.ms;
  for (const afterMs of [60_000, MAX_TRUST_MS - 1]) {
    clock.ms = beganMs + afterMs;
    settled.ms = clock.ms - TRUST_MS + 1;
    await access.require(binding);
  }
  settled.ms = clock.ms - TRUST_MS;
  await expect(access.require(binding)).rejects.toThrow("DEVICE_REVOKED");
});

test("a session that was opened here ends the one before at once, one opened elsewhere when it is heard of", async () => {
  const { access, binding, screen, settled } = await makeCase();
  settled.ms = clock.ms + 60_000;
  await access.require(binding);
  access.admit({ ...binding, session: "f".repeat(32) });
  await access.require(binding);
  const opened = await openSession(server.url, screen.keys, screen, { ticket: screen.ticket });
  await access.require(binding);
  access.forget(binding.deviceId);
  await expect(access.require(binding)).rejects.toThrow("DEVICE_SESSION_EXPIRED");
  await access.require(server.services.devices.tokens.read(opened.token));
  access.forget();
  await access.require(server.services.devices.tokens.read(opened.token));
});

test("a revocation that was told counts at once, also against a look-up that is under way", async () => {
  const { access, binding, deviceId } = await makeCase();
  const underWay = access.require(binding);
  access.revoke(deviceId);
  await expect(underWay).rejects.toThrow("DEVICE_REVOKED");
  await expect(access.require(binding)).rejects.toThrow("DEVICE_REVOKED");
});

test("a screen of an organization that is not active is put off, not revoked", async () => {
  const { access, binding } = await makeCase();
  const setActive = (isActive: boolean) =>
    server.services.database.batch(person.scope, (q) => [
      q
        .update(organizations)
        .set({ isActive })
        .where(eq(organizations.organizationId, person.organizationId)),
    ]);
  await setActive(false);
  await expect(access.require(binding)).rejects.toThrow("BUSY");
  await setActive(true);
  await access.require(binding);
});
