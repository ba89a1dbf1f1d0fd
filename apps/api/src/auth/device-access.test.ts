import { deviceCredentials, organizations } from "@vitrine/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makePerson, type TestPerson } from "../device/testing/test-person.ts";
import { pairScreen } from "../device/testing/test-screen.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { makeDeviceAccess } from "./device-access.ts";

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
  const access = makeDeviceAccess({ database: server.services.database, clock });
  return { access, deviceId, binding: { organizationId, deviceId, publicKey: keys.publicKey } };
}

test("what the database said counts for five seconds and no longer", async () => {
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
