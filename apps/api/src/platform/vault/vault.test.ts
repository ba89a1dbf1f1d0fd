import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AuthDatabase, openAuthDatabase } from "@vitrine/db/auth";
import { type Database, openDatabase } from "@vitrine/db/database";
import { type JobsDatabase, openJobsDatabase } from "@vitrine/db/jobs";
import { createTestDatabase, type TestDatabase } from "@vitrine/db/testing";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadSecrets, makeKey, saveSecrets } from "../secrets.ts";
import { changeDataKeys, changeKeyEncryptionKey } from "./change-keys.ts";
import { makeDataKeyStore } from "./data-key-store.ts";
import { makeKeyRing, requireKeyRing } from "./key-ring.ts";
import { SealBrokenError } from "./seal.ts";
import { makeVault, type Place } from "./vault.ts";

let testDatabase: TestDatabase;
let database: Database;
let authDatabase: AuthDatabase;
let jobs: JobsDatabase;
let superuser: postgres.Sql;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  superuser = postgres(testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  database = await openDatabase({ url: testDatabase.urls.vitrine_app });
  authDatabase = await openAuthDatabase({ url: testDatabase.urls.vitrine_auth });
  jobs = await openJobsDatabase({ url: testDatabase.urls.vitrine_jobs });
});
afterAll(async () => {
  for (const one of [database, authDatabase, jobs]) await one[Symbol.asyncDispose]();
  await superuser.end();
  await testDatabase[Symbol.asyncDispose]();
});

const KEY = makeKey();
const openVault = (...keys: [string, ...string[]]) =>
  makeVault({ ring: makeKeyRing(keys), store: makeDataKeyStore({ database, authDatabase }) });
const place = (organizationId: string | null, row = "a row"): Place => ({
  organizationId,
  table: "integrations",
  row,
  column: "credentials",
});
const text = (name: string) => Buffer.from(`the secret of ${name}`);

async function makeOrganization(): Promise<string> {
  const id = randomUUID();
  await superuser`insert into tenant.organizations (organization_id, name) values (${id}, 'Shop')`;
  return id;
}

test("what is sealed is read again in its place, by every process, and is not in the ciphertext", async () => {
  for (const owner of [null, await makeOrganization()]) {
    const sealed = await openVault(KEY).seal(place(owner), text("all"));
    expect(await openVault(KEY).open(place(owner), sealed)).toEqual(text("all"));
    expect(sealed.includes("secret")).toBe(false);
    expect(sealed).toHaveLength(text("all").length + 33);
    expect(await openVault(KEY).seal(place(owner), text("all"))).not.toEqual(sealed);
  }
});

test("in another organization, table, row or column it opens nothing", async () => {
  const [own, other] = [await makeOrganization(), await makeOrganization()];
  const vault = openVault(KEY);
  const home = place(own);
  const sealed = await vault.seal(home, text("own"));
  await vault.seal(place(other), text("other"));
  await vault.seal(place(null), text("nobody"));
  const elsewhere: Place[] = [
    { ...home, organizationId: other },
    { ...home, organizationId: null },
    { ...home, table: "webhooks" },
    { ...home, row: "another row" },
    { ...home, column: "settings" },
    { ...home, table: "integrationsa", row: " row" },
  ];
  for (const wrong of elsewhere)
    await expect(vault.open(wrong, sealed), JSON.stringify(wrong)).rejects.toThrow(SealBrokenError);
  expect(await vault.open(home, sealed)).toEqual(text("own"));
});

test("one changed bit, wherever it is, and every shortened text are refused", async () => {
  const vault = openVault(KEY);
  const home = place(await makeOrganization());
  const sealed = await vault.seal(home, text("bits"));
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    await expect(vault.open(home, changed), `bit ${bit}`).rejects.toThrow(SealBrokenError);
  }
  for (let length = 0; length < sealed.length; length += 1)
    await expect(vault.open(home, sealed.subarray(0, length))).rejects.toThrow(SealBrokenError);
});

test("a data key that was never made is refused by its number", async () => {
  const vault = openVault(KEY);
  const home = place(await makeOrganization());
  const sealed = await vault.seal(home, text("number"));
  sealed.writeUInt32BE(7, 1);
  await expect(vault.open(home, sealed)).rejects.toThrow("data key 7 is not here");
});

test("fifty that seal first at the same time share one data key", async () => {
  const organizationId = await makeOrganization();
  const sealed = await Promise.all(
    Array.from({ length: 50 }, (_, index) => openVault(KEY).seal(place(organizationId), text(`${index}`))),
  );
  expect(await numbersOf(organizationId)).toEqual([1]);
  const vault = openVault(KEY);
  for (const [index, one] of sealed.entries())
    expect(await vault.open(place(organizationId), one)).toEqual(text(`${index}`));
});

test("a new data key seals from then on; what former ones sealed still opens", async () => {
  const organizationId = await makeOrganization();
  const vault = openVault(KEY);
  const before = await vault.seal(place(organizationId), text("before"));
  expect(await openVault(KEY).rotate(organizationId)).toBe(2);
  const after = await vault.seal(place(organizationId), text("after"));
  expect([before.readUInt32BE(1), after.readUInt32BE(1)]).toEqual([1, 2]);
  expect(await vault.open(place(organizationId), before)).toEqual(text("before"));
  expect(await openVault(KEY).open(place(organizationId), after)).toEqual(text("after"));
  const made = await changeDataKeys(jobs, vault);
  expect(made).toBeGreaterThan(1);
  expect(await numbersOf(organizationId)).toEqual([1, 2, 3]);
});

test("a data key put into another organization's row, or under a key that is not here, opens nothing", async () => {
  const [own, other] = [await makeOrganization(), await makeOrganization()];
  const sealed = await openVault(KEY).seal(place(own), text("own"));
  await openVault(KEY).seal(place(other), text("other"));
  await expect(openVault(makeKey()).open(place(own), sealed)).rejects.toThrow(
    /key-encryption key \w+ is not here/,
  );
  await superuser`update tenant.data_keys mine set wrapped = theirs.wrapped from tenant.data_keys theirs
    where mine.organization_id = ${own} and theirs.organization_id = ${other}`;
  await expect(openVault(KEY).open(place(own), sealed)).rejects.toThrow(SealBrokenError);
});

test("all data keys come under a new key-encryption key; what is sealed stays as it is, and the former key opens nothing", async () => {
  await superuser`truncate tenant.data_keys, system.data_keys`;
  const dataDir = mkdtempSync(join(tmpdir(), "vitrine-keys-"));
  try {
    const former = loadSecrets(dataDir);
    const [organizationId, closed] = [await makeOrganization(), await makeOrganization()];
    const sealed = new Map<string | null, Buffer>();
    for (const owner of [organizationId, closed, null]) {
      const vault = makeVault({
        ring: requireKeyRing([], former),
        store: makeDataKeyStore({ database, authDatabase }),
      });
      sealed.set(owner, await vault.seal(place(owner), text("kept")));
    }
    await superuser`update tenant.organizations set is_active = false where organization_id = ${closed}`;
    expect(await changeKeyEncryptionKey({ dataDir, keyEncryptionKeys: [] }, jobs)).toBe(3);
    const secrets = loadSecrets(dataDir);
    expect(secrets.keyEncryptionKeys).toHaveLength(1);
    expect(statSync(join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
    await opensAll(requireKeyRing([], secrets));
    await expect(opensAll(requireKeyRing([], former))).rejects.toThrow(SealBrokenError);

    const ofEnvironment = makeKey();
    const config = { dataDir, keyEncryptionKeys: [ofEnvironment] };
    expect(await changeKeyEncryptionKey(config, jobs)).toBe(3);
    expect(loadSecrets(dataDir).keyEncryptionKeys).toEqual([]);
    await opensAll(makeKeyRing([ofEnvironment]));
    expect(() => requireKeyRing([], loadSecrets(dataDir))).toThrow("VITRINE_KEY_ENCRYPTION_KEYS");
    expect(await changeKeyEncryptionKey(config, jobs)).toBe(0);

    async function opensAll(ring: ReturnType<typeof makeKeyRing>) {
      const vault = makeVault({ ring, store: makeDataKeyStore({ database, authDatabase }) });
      for (const [owner, one] of sealed) expect(await vault.open(place(owner), one)).toEqual(text("kept"));
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

test("no data key is in the database in the clear, and none is named by a failure", async () => {
  const key = randomBytes(32);
  const ring = makeKeyRing([KEY]);
  const wrapped = ring.wrap(null, 1, key);
  expect(wrapped.wrapped.includes(key)).toBe(false);
  expect(ring.unwrap(null, wrapped)).toEqual(key);
  const failure = await openVault(KEY)
    .open(place(null), Buffer.concat([Buffer.from([1, 0, 0, 0, 1]), key]))
    .catch((error: unknown) => String(error));
  for (const form of ["hex", "base64", "base64url"] as const)
    expect(failure).not.toContain(key.toString(form));
});

test("a data folder from before gets a key-encryption key of its own and keeps the rest", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "vitrine-keys-"));
  const { keyEncryptionKeys: _none, ...old } = loadSecrets(dataDir);
  saveSecrets(dataDir, JSON.parse(JSON.stringify(old)));
  expect(readFileSync(join(dataDir, "secrets.json"), "utf8")).not.toContain("keyEncryptionKeys");
  const { keyEncryptionKeys, ...kept } = loadSecrets(dataDir);
  expect(kept).toEqual(old);
  expect(keyEncryptionKeys).toHaveLength(1);
  expect(loadSecrets(dataDir).keyEncryptionKeys).toEqual(keyEncryptionKeys);
  rmSync(dataDir, { recursive: true });
});

async function numbersOf(organizationId: string): Promise<number[]> {
  const rows =
    await superuser`select number from tenant.data_keys where organization_id = ${organizationId} order by 1`;
  return rows.map((row) => row.number);
}
